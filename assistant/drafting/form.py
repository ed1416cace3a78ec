"""The fixed phrases of a reply: title, addressee, opening, closing, what is left to the user."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.drafting.proposal import Paragraph, Proposal, Section, Wish, to_fill_in
from assistant.drafting.wording import FORM, PLACEHOLDER
from assistant.text.places import city_of
from assistant.types import Sentence


def asked_city(wanted: str, proposal: Proposal, cities: Sequence[str]) -> str:
    """Return the replying city by its short name: as wanted, else the first that the proposal names."""
    if wanted:
        return next((c for c in (wanted, wanted.removesuffix("市")) if c in cities), "")
    named = [c for c in cities if c in proposal.text]
    if len(named) > 1:
        title = [c for c in named if c in proposal.title or c in proposal.proposer]
        named = title or sorted(named, key=lambda city: -proposal.text.count(city))
    return named[0] if named else city_of(proposal.text) if not cities else ""


def body_of(body: str, city: str) -> str:
    """Return the replying body with its city's name (市卫生健康委 → 广州市卫生健康委)."""
    if not body:
        return to_fill_in("答复单位")
    return f"{city}{body}" if body.startswith("市") and city else body


def kind_of(proposal: Proposal, wish: Wish) -> str:
    """Return 建议 for a deputy's suggestion to the people's congress, else 提案."""
    session = f"{wish.session}{proposal.session}"
    return "建议" if "人大" in session or "人民代表大会" in session else "提案"


def title_of_reply(proposal: Proposal, wish: Wish) -> str:
    """Return 广州市…关于市政协…第…号提案答复的函, with marks for what is not known."""
    number = wish.number or to_fill_in("提案编号")
    session = wish.session or to_fill_in("届次")
    return f"{wish.body}关于{session}{number}{kind_of(proposal, wish)}答复的函"


def addressee_of(proposal: Proposal) -> str:
    """Return 主送: the proposer."""
    return proposal.proposer or to_fill_in("提案人")


def opening(proposal: Proposal, wish: Wish) -> Section:
    """Return 收悉与办理情况."""
    who = "您" if _is_person(proposal.proposer) else "贵单位"
    title = proposal.title.strip("《》")
    number = f"（{wish.number}）" if wish.number else ""
    received = f"{who}提出的《{title}》{number}收悉。"
    with_others = f"会同{'、'.join(wish.co_bodies)}" if wish.co_bodies else ""
    studied = f"经{with_others}认真研究办理，现答复如下："
    return _section((received, studied))


def _is_person(proposer: str) -> bool:
    first = proposer.split("、")[0].split("等")[0].strip()
    return 0 < len(first.removesuffix("委员").removesuffix("代表")) <= 4


def closing() -> Section:
    """Return the courtesy and what the body decides for itself."""
    return _section(("衷心感谢对我市工作的关心和支持，欢迎继续提出宝贵意见和建议。", "专此函复。"))


def _section(lines: Sequence[str]) -> Section:
    said = tuple(Sentence(line, (), PLACEHOLDER if "〔" in line else FORM) for line in lines)
    return Section("", (Paragraph(said),))


def remarks_of(wish: Wish) -> tuple[str, ...]:
    """Return the lines that the user completes: 公开属性, 办理类别, 签发人, 联系人."""
    return (
        f"公开属性：{to_fill_in('主动公开／依申请公开／不予公开')}",
        f"办理类别：{to_fill_in('A／B／C')}",
        f"签发人：{wish.signatory or to_fill_in('签发人')}",
        f"联系人及电话：{to_fill_in('联系人及电话')}",
    )
