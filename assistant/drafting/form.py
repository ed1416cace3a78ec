"""The fixed phrases of a reply: title, addressee, opening, closing, what is left to the user."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafting.proposal import Paragraph, Proposal, Section, Wish, to_fill_in
from assistant.drafting.wording import FORM, PLACEHOLDER
from assistant.text.places import city_of
from assistant.types import Sentence

_SEVERAL = re.compile(r"[、，,\s]+|等")
_NAME = re.compile(r"[㐀-鿿]{2,4}|[㐀-鿿]{2,8}·[㐀-鿿]{2,8}")
_BODY = re.compile(
    r"^[全省市区县]|(?:会|联|局|委|院|部|厅|处|司|社|党|团|组|校|所|站|中心|公司|集团|大学|界|支部|总支)$"
)
_BY_DEPUTY = re.compile(r"^\s*(?:建议人|领衔代表)\s*[：:]", re.MULTILINE)
DISCLOSURES, CATEGORIES = ("主动公开", "依申请公开", "不予公开"), ("A", "B", "C")


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
    of_congress = "人大" in session or "人民代表大会" in session
    return "建议" if of_congress or _BY_DEPUTY.search(proposal.text) else "提案"


def title_of_reply(proposal: Proposal, wish: Wish) -> str:
    """Return 广州市…关于市政协…第…号提案答复的函, with marks for what is not known."""
    number = wish.number or to_fill_in("提案编号")
    session = wish.session or to_fill_in("届次")
    return f"{wish.body}关于{session}{number}{kind_of(proposal, wish)}答复的函"


def addressee_of(proposal: Proposal, wish: Wish) -> str:
    """Return 主送: whom the user names, else the proposer; a person is 委员 or 代表."""
    named = wish.addressee or proposal.proposer
    if not named:
        return to_fill_in("提案人")
    bare = named.rstrip("：: ")
    whose = "代表" if kind_of(proposal, wish) == "建议" else "委员"
    return f"{bare}{whose}" if _are_people(bare) and not bare.endswith(("委员", "代表")) else bare


def numbered(number: str) -> str:
    """Return 第1048号 for 1048; what is written with words stays."""
    bare = number.strip()
    return f"第{bare}号" if re.fullmatch(r"[A-Za-z]?\d{1,8}", bare) else bare


def opening(proposal: Proposal, wish: Wish) -> Section:
    """Return 收悉与办理情况."""
    who = _you(proposal, wish)
    title = proposal.title.strip("《》")
    number = f"（{wish.number}）" if wish.number else ""
    received = f"{who}提出的《{title}》{number}收悉。"
    with_others = f"会同{'、'.join(wish.co_bodies)}" if wish.co_bodies else ""
    studied = f"经{with_others}认真研究办理，现答复如下："
    return _section((received, studied))


def _you(proposal: Proposal, wish: Wish) -> str:
    named = addressee_of(proposal, wish)
    if not _are_people(named):
        return "贵单位"
    return "你们" if _SEVERAL.search(named) else "您"


def _are_people(named: str) -> bool:
    """Say whether an addressee is one or more persons' names, with or without what they are."""
    bare = re.sub(r"(?:等\S{0,4})?(?:政协|人大)?(?:委员|代表|同志|先生|女士)?$", "", named.strip())
    names = [name for name in _SEVERAL.split(bare) if name]
    return bool(names) and all(_NAME.fullmatch(n) and not _BODY.search(n) for n in names)


def closing(proposal: Proposal, wish: Wish) -> Section:
    """Return the courtesy."""
    thanks = f"衷心感谢{_you(proposal, wish)}对我市工作的关心和支持，欢迎继续提出宝贵意见和建议。"
    return Section("", (*_section((thanks,)).paragraphs, *_section(("专此函复。",)).paragraphs))


def _section(lines: Sequence[str]) -> Section:
    said = tuple(Sentence(line, (), PLACEHOLDER if "〔" in line else FORM) for line in lines)
    return Section("", (Paragraph(said),))


def remarks_of(wish: Wish) -> tuple[str, ...]:
    """Return the lines that the user completes: 公开属性, 办理类别, 签发人, 联系人."""
    return (
        f"公开属性：{wish.disclosure or to_fill_in('／'.join(DISCLOSURES))}",
        f"办理类别：{wish.category or to_fill_in('／'.join(CATEGORIES))}",
        f"签发人：{wish.signatory or to_fill_in('签发人')}",
        f"联系人及电话：{wish.contact or to_fill_in('联系人及电话')}",
    )


def colophon_of(wish: Wish) -> tuple[str, str]:
    """Return the lines of 版记: whom copies go to; the issuing office, a tab, the date of issue."""
    copies = "、".join(wish.co_bodies) or to_fill_in("抄送单位")
    return f"抄送：{copies}", f"{wish.body}办公室\t{to_fill_in('印发日期')}印发"
