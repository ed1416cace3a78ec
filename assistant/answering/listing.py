"""Whole lists: the sub-headings of a section, the numbered entries of a paragraph (一是…二是…)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.expectation import count_asked, counts_what_is_asked
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query, coverage
from assistant.answering.statements import Source, Statement
from assistant.answering.units import announces
from assistant.answering.wording import label_less
from assistant.text.match import match_key
from assistant.text.sentences import sentences
from assistant.types import Document, Heading, Intent, Question, Span

_ORDINAL = re.compile(r"(?:^|[。；;：:，,\n])\s*(?P<mark>[一二三四五六七八九十]是)")
_ORDINALS = [f"{n}是" for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")]
_LONG_ITEM_CHARS = 80
# What a colon announces is a list; that chapters are what was meant needs their number to fit.
_ANNOUNCED, _CHAPTERS = 0.12, 0.6
# 哪些模式 asks for the list whose every item is a 模式.
_ALIKE_ITEMS = 0.18
_RIGHT_COUNT, _WRONG_COUNT = 0.2, -0.3
# A list is meant where it fits well and hardly worse than the best sentence; or where it fits plainly
# better than any other list, and a sentence hardly better than it. A bare topic must be its title.
_FITS, _MARGIN = 0.62, 0.15
_FITS_ALONE, _AHEAD, _BEHIND_A_UNIT = 0.3, 0.15, 0.3
_SURE_UNIT, _IS_TITLE = 0.72, 0.85


@dataclass(frozen=True, slots=True)
class Listed:
    """A list found in a document: what it is a list of, its items as spans, how well it fits."""

    document: Document
    title: str
    path: tuple[str, ...]
    items: tuple[Span, ...]
    score: float


def find_lists(query: Query, question: Question, documents: Sequence[Document]) -> list[Listed]:
    """Return the lists of ``documents`` that fit the question, best first."""
    wanted = count_asked(match_key(question.focus or question.standalone))
    found = [
        Listed(
            one.document,
            one.title,
            one.path,
            one.items,
            one.score + _count_fit(wanted, len(one.items)),
        )
        for document in documents
        for one in (*_by_headings(query, document), *_by_ordinals(query, document))
    ]
    return sorted(found, key=lambda one: -one.score)


def is_meant(listed: Sequence[Listed], question: Question, best: Candidate | None) -> bool:
    """Say whether the best of ``listed`` answers, rather than the ``best`` unit."""
    if not listed:
        return False
    score, following = listed[0].score, listed[1].score if len(listed) > 1 else 0.0
    if best is None or announces(best.unit.text):
        best_unit, relevance = 0.0, 0.0
    else:
        best_unit, relevance = best.score, best.relevance
    if best and counts_what_is_asked(question, best.unit.text):
        return False
    if question.intent is not Intent.LIST:
        return score >= max(_IS_TITLE, best_unit - _MARGIN)
    if score >= max(_FITS, best_unit - _MARGIN):
        return True
    ahead = score >= max(_FITS_ALONE, following + _AHEAD) and listed[0].path != ()
    return ahead and score >= best_unit - _BEHIND_A_UNIT and relevance < _SURE_UNIT


def say_list(listed: Listed) -> Statement:
    """Name all items in one sentence, each cited to its own place."""
    text = listed.document.text
    items = [
        label_less(re.sub(r"\s*\n\s*", "", span.of(text))).rstrip("。；;，, ")
        for span in listed.items
    ]
    sources = tuple(
        Source(listed.document.id, "", span, span.of(text), listed.path) for span in listed.items
    )
    return Statement(f"{label_less(listed.title).rstrip('。：: ')}：{'；'.join(items)}。", sources)


def _count_fit(wanted: int | None, count: int) -> float:
    if wanted is None:
        return 0.0
    return _RIGHT_COUNT if wanted == count else _WRONG_COUNT


def _by_headings(query: Query, document: Document) -> Iterator[Listed]:
    about = match_key(f"{document.title}")
    yield from _chapters(query, document)
    for heading in document.outline:
        children = [h for h in _children(document, heading) if h.title]
        if len(children) < 2:
            continue
        title = f"{heading.label}{heading.title}"
        lead = document.text[heading.span.end : children[0].span.start][:400]
        alike = _said_by_all(query, children)
        title_key = f"{match_key(title)} {alike}"
        score = coverage(query, key=title_key, above=about)
        score = max(score, 0.95 * coverage(query, key=title_key + match_key(lead), above=about))
        if lead.rstrip().endswith(("：", ":")):
            score += _ANNOUNCED
        if alike and len(children) > 2:
            score += _ALIKE_ITEMS
        path = tuple(f"{h.label}{h.title}" for h in document.outline if _is_above(h, heading))
        yield Listed(document, heading.title or title, path, tuple(h.span for h in children), score)


def _chapters(query: Query, document: Document) -> Iterator[Listed]:
    """The chapters of the whole document are a list too, for a question that counts them."""
    top = min((h.level for h in document.outline), default=0)
    chapters = [h for h in document.outline if h.level == top and h.title]
    if len(chapters) > 1:
        key = f"{match_key(document.title)} {_said_by_all(query, chapters)}"
        score = _CHAPTERS * coverage(query, key=key)
        yield Listed(document, document.title, (), tuple(h.span for h in chapters), score)


def _said_by_all(query: Query, headings: Sequence[Heading]) -> str:
    """Return the question's words that every heading has: 哪些模式 asks for （一）自主供给模式 and its like."""
    titles = [match_key(heading.title) for heading in headings]
    words = (one.keyword.word for one in query.wanted)
    return " ".join(word for word in words if all(word in title for title in titles))


def _children(document: Document, heading: Heading) -> list[Heading]:
    below = [
        h
        for h in document.outline
        if h.span.start > heading.span.start and heading.section.contains(h.section)
    ]
    level = min((h.level for h in below), default=0)
    return [h for h in below if h.level == level]


def _is_above(outer: Heading, inner: Heading) -> bool:
    return outer.section.contains(inner.section)


def _by_ordinals(query: Query, document: Document) -> Iterator[Listed]:
    """Find runs 一是…二是…三是… and what they stand under."""
    marks = [(m.start("mark"), m["mark"]) for m in _ORDINAL.finditer(document.text)]
    run: list[int] = []
    for position, mark in [*marks, (len(document.text), "一是")]:
        if run and mark == "一是":
            if len(run) > 1:
                yield _listed_run(query, document, run, position)
            run = []
        if mark == _ORDINALS[len(run)] if len(run) < len(_ORDINALS) else False:
            run.append(position)


def _listed_run(query: Query, document: Document, run: list[int], limit: int) -> Listed:
    above = [h for h in document.outline if h.section.start <= run[0] < h.section.end]
    end = max(run[-1], min([limit, *(h.section.end for h in above[-1:])]))
    ends = [*run[1:], _end_of_last(document.text, run[-1], end)]
    items = tuple(_item(document.text, start, stop) for start, stop in zip(run, ends, strict=True))
    lead = document.text[document.text.rfind("\n", 0, run[0]) + 1 : run[0]][-120:]
    if not lead.strip() and above:
        lead = above[-1].title  # the list is all that the section says
    title = re.split(r"[。；;]", lead.rstrip("。；;：:，, "))[-1] or (
        above[-1].title if above else ""
    )
    over = match_key(" ".join(f"{h.label}{h.title}" for h in above) + document.title)
    score = coverage(query, key=match_key(lead), above=over, title=match_key(document.title))
    path = tuple(f"{h.label}{h.title}" for h in above)
    return Listed(document, title, path, items, score)


def _end_of_last(text: str, start: int, limit: int) -> int:
    """The last item ends with its sentence; the items before it end where the next begins."""
    return next((span.end for span in sentences(text, Span(start, limit))), limit)


def _item(text: str, start: int, end: int) -> Span:
    """Return the item, or only its first sentence, which names it, when it goes on."""
    if end - start > _LONG_ITEM_CHARS:
        end = next((span.end for span in sentences(text, Span(start, end))), end)
    return Span(start, start + len(text[start:end].rstrip()))
