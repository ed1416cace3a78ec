"""Questions about a document itself: its number, dates, issuer, addressees, who gets a copy.

They are answered from the document's metadata and cited to the place where it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.statements import Outcome, Source, Statement
from assistant.library import DocumentCard
from assistant.retrieval.keywords import keywords, without_asking
from assistant.text.dates import find_dates
from assistant.text.match import find_all, match_key
from assistant.types import Document, Question, Reason, Span

_OF_A_DOCUMENT = r"(?:方案|通知|文件|报告|函|意见|办法|规划|计划|规定|决定|公告|通告|政策|细则|条例|提案|建议|[答回]复|文)"


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of documents: how it is asked for and what it is called in an answer."""

    name: str
    asked: re.Pattern[str]


_FACETS = (
    Facet("文号", re.compile(r"文号|发文字号|文件编号|几号文|第?几号(?:文|函)|哪个文号")),
    Facet(
        "失效日期",
        re.compile(
            r"失效(?:日期|时间)?|(?:哪[一]?[天日]|什么时候|何时).{0,3}(?:失效|到期|过期)|有效期"
            r"|(?:管|执行|实施|施行)(?:到|至)(?:哪|什么时候|何时|几)"
        ),
    ),
    Facet(
        "制定依据",
        re.compile(
            r"(?:依据|根据|按照)(?:的)?(?:是)?(?:什么|哪|啥)[^，。？?]{0,10}(?:定的?|制定|制订|出台|印发|编的?|编制)的?\s*[?？]?$"
            r"|(?:依据|根据).{0,14}(?:文件|要求|规定|精神)[^，。？?]{0,4}(?:定|制定|出台|编)|(?:制定|出台|编制)(?:的)?依据"
            r"|(?:依据|根据)(?:的)?(?:是)?(?:什么|啥)\s*[?？]?$"
        ),
    ),
    Facet("索引号", re.compile(r"索引号")),
    Facet(
        "发布日期",
        re.compile(
            r"发布(?:日期|时间)|(?:公开|网上|什么时[候间]|何时|哪[一]?[天日]|几[月号]).{0,8}发布|(?:公开)?发布.{0,6}(?:哪[一]?[天日]|什么时[候间]|何时)|公布.{0,4}(?:日期|时间|哪)"
        ),
    ),
    Facet(
        "成文日期",
        re.compile(
            r"成文(?:日期|时间)|落款(?!单位|机关)|(?:什么时[候间]|何时|哪[一]?[天日]).{0,4}成文|成文.{0,4}(?:哪|什么)"
        ),
    ),
    Facet(
        "印发日期",
        re.compile(
            r"印发(?:日期|时间)|(?:什么时[候间]|何时|哪[一]?[天日年]|几[月号]).{0,6}(?:印发|出台|下发|签发|制发)|(?:印发|出台|下发|签发|制发).{0,4}(?:哪[一]?[天日年月]|什么时|何时|几[月号年])|转发(?=[^，。；]{0,40}(?:哪一?[天日]|几月几|什么时|何时))|(?:哪一?[天日]|几月几|什么时[候间]?|何时)转发"
            rf"|{_OF_A_DOCUMENT}[^，。？?]{{0,4}}(?:哪[一]?[天日]|什么时[候间]|何时)(?:作|做)?(?:出|发|写)的"
        ),
    ),
    Facet(
        "发文机关",
        re.compile(
            rf"发文(?:机关|单位|部门)|发布机构|(?:谁|哪(?:个|些|家)?(?:部门|单位|机关|机构)?).{{0,3}}(?:印发|发布|出台|下发|发)(?:的|了|$)|{_OF_A_DOCUMENT}.{{0,6}}(?:谁|哪个(?:部门|单位|机关|机构))(?:印发|发布|出台|发)"
            r"|(?:谁|哪(?:个|些|家)?(?:部门|单位|机关|机构|局)).{0,3}(?:作|做|出|给)?(?:的|了)?(?:答复|回复)"
            r"|号(?:提案|建议).{0,3}(?:由|是)?(?:谁|哪.?(?:部门|单位|局))(?:办理|答复|承办|回复)"
        ),
    ),
    Facet("抄送", re.compile(r"抄送|抄报")),
    Facet(
        "主送",
        re.compile(
            r"主送|(?:发|印发|写|回复|答复|函复)给(?:了)?(?:谁|哪)|(?:提案|建议).{0,10}(?:谁|哪.{0,4}(?:单位|党派|界别|委员|代表)).{0,3}(?:提|写)|(?:谁|哪个单位).{0,3}提(?:的|出的?)(?:这.?|第?\d+号)?(?:提案|建议)|提案人|(?=.*(?:提案|建议)).*(?:(?:委员|代表)(?:是谁|叫(?:什么|啥)|姓什么)|哪.{0,2}(?:政协)?(?:委员|代表))"
        ),
    ),
    Facet(
        "附件",
        re.compile(
            r"附(?:了|有|带)?(?:的|件)?.{0,4}(?:哪|几|什么|多少)|(?:哪|几|什么|多少).{0,4}附[件表]|附[件表](?:是|有|包括|清单)"
        ),
    ),
    Facet("公开时限", re.compile(r"公开时限|公开.{0,4}(?:多久|多长时间|期限)")),
    Facet("公开方式", re.compile(r"公开(?:方式|属性|选项)|是否(?:主动)?公开")),
)
_LINES = {
    "抄送": re.compile(r"抄\s?[送报]\s?[:：]\s*(?P<value>[^\n]+(?:\n[^\n]+(?<=[。]))?)"),
    "失效日期": re.compile(
        r"失效(?:日期|时间)\s?[:：]\s*(?P<value>\S+)"
        r"|(?P<until>(?:自[^，。；;\n]{4,24}(?:施行|实施|执行|生效)[^，。；;\n]{0,4}[，,]\s*)?"
        r"有效期(?:限)?(?:为|至|到|自)?[^，。；;\n]{2,30})"
    ),
    "制定依据": re.compile(
        r"(?P<basis>(?:根据|依据|按照|为(?:深入|全面|认真|进一步|切实)?(?:贯彻|落实|推动|推进|加强|做好|加快))[^。\n]{4,300}?"
        r"(?:制定|制订|提出|形成|编制)(?:了)?(?:本|如下|以下|我|此)[^。\n]{0,14})"
    ),
    "附件": re.compile(
        r"^[ \t　]*附件?\s*[:：]\s*(?P<value>[^\n]+(?:\s*\n\s*\d{1,2}\s*[.．、][^\n]+)*)",
        re.MULTILINE,
    ),
    "公开时限": re.compile(r"公开时限\s?[:：]\s*(?P<value>\S+)"),
    "公开方式": re.compile(r"(?:信息公开选项|公开方式|公开属性|公开类别)\s?[:：]\s*(?P<value>\S+)"),
}
_ADDRESSEE = re.compile(r"^[ \t　]*(?P<value>[^\n。；;]{2,80})[:：][ \t　]*$", re.MULTILINE)
_HEAD_CHARS = 1500
_TITLED = re.compile(r"[《<]([^》>]{4,60})[》>]")


def facet_asked(question: Question) -> Facet | None:
    """Return the property of a document that the question asks for, if it asks for one."""
    text = match_key(question.focus or question.standalone)
    for facet in _FACETS:
        if facet.asked.search(text):
            return facet
    return None


def others_named(question: Question, cards: Sequence[DocumentCard]) -> tuple[str, ...]:
    """Return the documents that the question names and that are none of ``cards``, as match keys.

    They are named by number, or by title in 《》. What they are is known at most from what the
    documents say of them.
    """
    if question.documents:
        return ()
    known = [match_key(card.title) for card in cards]
    titles = _TITLED.findall(match_key(question.standalone))
    unknown = (title for title in titles if not any(_shortens(title, each) for each in known))
    return (*map(match_key, question.unknown_numbers), *unknown)


def _shortens(title: str, whole: str) -> bool:
    """Say whether the characters of ``title`` stand in ``whole`` in order (《水利方案》)."""
    rest = iter(whole)
    return all(char in rest for char in title)


def titles_fit(
    facet: Facet, question: Question, cards: Sequence[DocumentCard]
) -> list[DocumentCard]:
    """Return the documents whose title, number or kind the rest of the question names best."""
    rest = facet.asked.sub(" ", match_key(question.standalone))
    rest = re.sub(rf"[这那该本](?:个|份|篇|些)?{_OF_A_DOCUMENT}?|网上", " ", rest)
    words = [word.word for word in keywords(rest, without=question.cities)]
    scored = [(sum(_named(word, card) for word in words), card) for card in cards]
    best = max((score for score, _ in scored), default=0)
    return [card for score, card in scored if score == best] if best or not words else []


def _named(word: str, card: DocumentCard) -> float:
    about = match_key(f"{card.title} {card.kind} {card.number} {card.issuer}")
    return float(len(word)) if word in about else 0.0


def answer_about(facet: Facet, documents: Sequence[Document]) -> Outcome:
    """Answer ``facet`` for each of ``documents``; refuse where none of them states it."""
    statements = [s for document in documents for s in _statements(facet, document)]
    if statements:
        return Outcome(tuple(statements))
    names = "、".join(f"《{d.title}》" for d in documents[:3])
    return Outcome((Statement(f"{names}的文本中没有载明{facet.name}。"),), Reason.NOT_IN_DOCUMENTS)


def _statements(facet: Facet, document: Document) -> Iterator[Statement]:
    for value, span in _stated(facet.name, document):
        source = Source(document.id, "", span, span.of(document.text), ("文件信息",))
        told = re.match(r"(?:成文|发布|公布|印发)日期", source.quote)
        name = told.group() if told and facet.name.endswith("日期") else facet.name
        yield Statement(f"《{document.title}》{name}：{value}。", (source,))
        return


def _stated(name: str, document: Document) -> Iterator[tuple[str, Span]]:
    """Yield what the document states of the property, with where."""
    if name in _LINES:
        for match in _LINES[name].finditer(document.text):
            yield (
                re.sub(r"\s*\n\s*", "；", match[match.lastgroup or "value"].strip()).rstrip("。"),
                Span(*match.span()),
            )
    elif name == "主送":
        for match in _ADDRESSEE.finditer(document.text[:_HEAD_CHARS]):
            span = Span(*match.span("value"))
            if not any(span.overlaps(apart) for apart in document.apparatus):
                yield match["value"].strip(), span
    elif name.endswith("日期"):
        yield from _stated_date(name, document)
    else:
        value = {
            "文号": document.number,
            "索引号": document.index_number,
            "发文机关": document.issuer,
        }[name]
        for span in find_all(document.text, value) if value else ():
            yield value, span


def _stated_date(name: str, document: Document) -> Iterator[tuple[str, Span]]:
    signed, printed, published = document.signed, document.printed, document.published
    preferred = {
        "发布日期": (published, printed, signed),
        "成文日期": (signed,),
        "印发日期": (printed, signed, published),
    }[name]
    for day in preferred:
        if day:
            lines = [(s, _line_around(document.text, s)) for s in _places_of(day, document.text)]
            labelled = [pair for pair in lines if pair[1].of(document.text).startswith(name[:2])]
            for span, line in labelled or lines:
                yield span.of(document.text), line


def _places_of(day: date, text: str) -> Iterator[Span]:
    yield from (found.span for found in find_dates(text) if found.date == day)


def _line_around(text: str, span: Span) -> Span:
    """Widen to the words on the same line that belong to the date (发布日期:…印发)."""
    start = max(text.rfind("\n", 0, span.start), span.start - 12) + 1
    label = re.search(
        r"(?:成文|发布|公布|印发)(?:日期|时间)\s?[:：]?\s*$", text[start : span.start]
    )
    end = span.end + 2 if text[span.end : span.end + 2] == "印发" else span.end
    return Span(start + label.start() if label else span.start, end)


def is_about_documents(question: Question) -> bool:
    """Say whether nothing but a document is named beside the property (no task, no indicator)."""
    rest = re.sub(
        r"印发|发布|成文|文号|日期|时间|公开|网上|抄送|主送|单位|部门|机关",
        "",
        without_asking(question.standalone),
    )
    return len(rest) < 60 and not question.indicators
