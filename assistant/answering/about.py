"""Questions about a document itself: its number, dates, issuer, addressees, who gets a copy.

They are answered from the document's metadata and cited to the place where it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answering.facets import OF_A_DOCUMENT, Facet
from assistant.answering.statements import Outcome, Source, Statement
from assistant.library import DocumentCard
from assistant.retrieval.keywords import keywords, without_asking
from assistant.text.dates import find_dates
from assistant.text.match import find_all, match_key
from assistant.types import Document, Question, Reason, Span

_LINES = {
    "抄送": re.compile(r"抄\s?[送报]\s?[:：]\s*(?P<value>[^\n]+(?:\n[^\n]+(?<=[。]))?)"),
    "失效日期": re.compile(
        r"失效(?:日期|时间)\s?[:：]\s*(?P<value>\S+)"
        r"|(?P<until>(?:自[^，。；;\n]{4,24}(?:施行|实施|执行|生效)[^，。；;\n]{0,4}[，,]\s*)?"
        r"有效期(?:限)?(?:为|至|到|自)?[^，。；;\n]{2,30})"
    ),
    "施行日期": re.compile(
        rf"(?:本{OF_A_DOCUMENT}|(?<=现予)(?:公布|发布|印发)|负责解释)[^。；;\n]{{0,24}}?(?P<force>(?:自|从|于)[^。；;，,\n]{{2,22}}?[日月]起?后?(?:正式)?(?:施行|实施|执行|生效|试行)[^。\n]{{0,40}})"
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
_HEAD_CHARS, _NAMES_IT = 1500, 0.75
_TITLED = re.compile(r"[《<]([^》>]{4,60})[》>]")


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
    rest = re.sub(rf"[这那该本](?:个|份|篇|些)?{OF_A_DOCUMENT}?|网上", " ", rest)
    words = [word.word for word in keywords(rest, without=question.cities)]
    scored = [(sum(_named(word, card) for word in words), card) for card in cards]
    best = max((score for score, _ in scored), default=0)
    if facet.of_rules and best < _NAMES_IT * sum(map(len, words)):
        return []  # of rules that a document but speaks of
    return [card for score, card in scored if score == best] if best or not words else []


def _named(word: str, card: DocumentCard) -> float:
    about = match_key(f"{card.title} {card.kind} {card.number} {card.issuer}")
    return float(len(word)) if word in about else 0.0


def answer_about(facet: Facet, documents: Sequence[Document]) -> Outcome | None:
    """Answer ``facet`` for each of ``documents``; refuse where none of them states it.

    None where the sentences may tell it: what something is based on, when what is no rule itself
    comes into force.
    """
    found = [list(_statements(facet, document)) for document in documents]
    is_rule = len(documents) == 1 and re.search(OF_A_DOCUMENT, documents[0].title)
    if not all(found) and (facet.is_told or (facet.of_rules and not is_rule)):
        return None
    if statements := [statement for each in found for statement in each]:
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
