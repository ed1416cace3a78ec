"""The points of a proposal as HTML: how far each is covered, on what, and what to pin or leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from assistant.app.drafts_text import COVERAGE_WORDS
from assistant.app.terminal import one_line
from assistant.app.web.cards import Cards, document_url
from assistant.app.web.markup import escape
from assistant.app.wording import title_of
from assistant.drafting import Coverage, CoveredPoint, Draft
from assistant.text.match import match_key
from assistant.types import Citation, Passage, Span

_LOOKS = {Coverage.SUPPORTED: "numbers", Coverage.PARTLY: "only-words", Coverage.MISSING: "not-set"}
_QUOTE_CHARS = 90


def points_view(
    draft: Draft, cards: Cards, near: Mapping[int, tuple[Passage, ...]], excluded: Mapping[str, str]
) -> str:
    """List the points, what is left to fill in, the documents used, and what was left out."""
    from assistant.app.web.draft_view import placeholders_view

    points = "".join(
        _point(number, point, draft, cards, near.get(number, ()))
        for number, point in enumerate(draft.points, start=1)
    )
    return (
        f'<h3>要点与依据</h3><ol class="points">{points}</ol>'
        f'<h3>待补充</h3><ul class="to-fill-in">{placeholders_view(draft)}</ul>'
        f"{_documents(draft, cards)}{_excluded(excluded)}"
    )


def _point(
    number: int, point: CoveredPoint, draft: Draft, cards: Cards, near: Iterable[Passage]
) -> str:
    used = [c for c in _used(draft, number) if not _is_title(c, cards)]
    pinned = {pin.place for pin in draft.wish.pinned}
    taken = "".join(_citation(c, number, cards, c.passage_id in pinned) for c in used)
    other = "".join(_near(passage, number, cards) for passage in near)
    return (
        f'<li><p><span class="{_LOOKS[point.coverage]} coverage">'
        f"{COVERAGE_WORDS[point.coverage]}</span> {escape(point.topic)}</p>"
        f"{_folded(f'used-{number}', f'所用依据 {len(used)} 段', taken)}"
        f"{_folded(f'near-{number}', '相近段落，未采用', other)}</li>"
    )


def _used(draft: Draft, number: int) -> tuple[Citation, ...]:
    """Return one citation for each passage that the section on a point rests on, in order."""
    numbers = [
        n
        for section in draft.sections
        for paragraph in section.paragraphs
        if paragraph.point == number
        for sentence in paragraph.sentences
        for n in sentence.citations
    ]
    known = {citation.number: citation for citation in draft.citations}
    by_passage: dict[str, Citation] = {}
    for one in numbers:
        by_passage.setdefault(known[one].passage_id, known[one])
    return tuple(by_passage.values())


def _is_title(citation: Citation, cards: Cards) -> bool:
    """Say whether a document's title is cited, which stands for its name and is no passage to choose."""
    card = cards.get(citation.document_id)
    return card is not None and _dense(citation.quote) == _dense(card.title)


def _dense(text: str) -> str:
    return "".join(match_key(text).split())


def _folded(key: str, head: str, items: str) -> str:
    if not items:
        return ""
    return (
        f'<details data-key="{key}"><summary>{head}</summary>'
        f'<ul class="passages">{items}</ul></details>'
    )


def _citation(citation: Citation, number: int, cards: Cards, is_pinned: bool) -> str:
    place = (citation.document_id, citation.span)
    pin = (
        _button("include", "取消固定", citation.passage_id)
        if is_pinned
        else _button("pin", "固定", citation.passage_id, number)
    )
    flag = '<b class="pinned">已固定</b> ' if is_pinned else ""
    out = _button("exclude", "排除", citation.passage_id)
    return _item(f"{flag}[{citation.number}]", place, citation.quote, cards, f"{pin}{out}")


def _near(passage: Passage, number: int, cards: Cards) -> str:
    place = (passage.document_id, passage.span)
    return _item("", place, passage.text, cards, _button("pin", "固定", passage.id, number))


def _item(head: str, place: tuple[str, Span], words: str, cards: Cards, buttons: str) -> str:
    document_id, span = place
    card = cards.get(document_id)
    title = escape(one_line(title_of(card)) if card else document_id)
    url = document_url(document_id, span.start, span.end)
    quote = one_line(words)
    short = quote if len(quote) <= _QUOTE_CHARS else f"{quote[:_QUOTE_CHARS]}……"
    return (
        f'<li><p class="from">{head} {title}</p><p class="quote">{escape(short)}</p>'
        f'<p class="tools">{buttons}<a class="open" href="{escape(url)}" target="_blank" '
        'rel="noopener">原文</a></p></li>'
    )


def _button(do: str, words: str, place: str, section: int = 0) -> str:
    where = f' data-section="{section}"' if section else ""
    return (
        f'<button type="button" class="tool" data-do="{do}" data-place="{escape(place)}"{where} '
        f'data-doing="正在更新草稿…">{words}</button>'
    )


def _documents(draft: Draft, cards: Cards) -> str:
    uses = Counter(citation.document_id for citation in draft.citations)
    items = "".join(
        f'<li><p class="from">{escape(one_line(title_of(cards[one])) if one in cards else one)}</p>'
        f'<p class="tools"><span>引用 {times} 处</span>{_button("exclude", "不用这份文件", one)}</p></li>'
        for one, times in uses.most_common()
    )
    return _folded("documents", f"所用文件 {len(uses)} 份", items)


def _excluded(excluded: Mapping[str, str]) -> str:
    items = "".join(
        f'<li><p class="quote">{escape(words)}</p><p class="tools">'
        f"{_button('include', '恢复', place)}</p></li>"
        for place, words in excluded.items()
    )
    return _folded("excluded", f"已排除 {len(excluded)} 项", items)
