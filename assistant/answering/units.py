"""Units: the smallest stretches that can be quoted as an answer, with what they stand under.

A sentence of a passage is a unit; a very long sentence gives one for each of its parts between
semicolons. A table row of short cells is one unit; in a row of long cells each cell is one, read under
its column head and beside its row's labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answering.replies import Exchange, exchanges
from assistant.text.dates import find_years
from assistant.text.match import match_key
from assistant.text.scales import is_scale
from assistant.text.sentences import sentences
from assistant.types import Cell, Hit, Passage, Span

_LONG_SENTENCE_CHARS, _VERY_LONG_SENTENCE_CHARS = 110, 260
_LONG_CELL_CHARS, _SENTENCE_CELL_CHARS = 24, 60
_TOPIC_CHARS = 40
_ENTRY = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、])"
)
_STOP = re.compile(r"[；;]\s*")
_STOP_BEFORE_ITEM = re.compile(r"[；;]\s*(?=[二三四五六七八九十]是)")
# 做好以下几项工作。 announces; 控制在5%以下。 does not.
_ANNOUNCES = re.compile(
    r"(?:(?:以下|下列)(?=[几各一二三四五六七八九十\d]|[^。]{1,12}[：:]\s*$)[^。]{0,12}|如下)[。：:]?\s*$"
)
_CONDITION = re.compile(r"\s*[（(][一二三四五六七八九十\d]+[)）][^。]{2,80}的[；;。]?\s*$")
_BROKEN = re.compile(r"(?<=[㐀-鿿])[^\S\n]+(?=[㐀-鿿])")  # 龙  头, as a line was wrapped
_OR = re.compile(r"([㐀-鿿])[(（]([㐀-鿿])[)）]([㐀-鿿])")
NO_HEAD = "单元格"  # stands for the head of a column that has none


@dataclass(frozen=True, slots=True)
class Stretch:
    """What can be quoted of a passage, apart from any question.

    ``key`` is the match key of ``text``, ``context`` the key of what it stands under, ``lead`` the key
    of the words before it in its passage (for a year or a subject named there). ``column`` is the head
    of a table cell. ``is_asked`` marks a question that the text itself quotes before it replies.
    """

    span: Span
    text: str
    key: str
    context: str
    lead: str = ""
    column: str = ""
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a passage that was hit."""

    hit: Hit
    stretch: Stretch

    @property
    def passage(self) -> Passage:
        """The passage that the unit lies in."""
        return self.hit.passage

    @property
    def span(self) -> Span:
        """Where the unit stands in its document."""
        return self.stretch.span

    @property
    def text(self) -> str:
        """The unit's words, verbatim."""
        return self.stretch.text

    @property
    def key(self) -> str:
        """The match key of the words."""
        return self.stretch.key

    @property
    def context(self) -> str:
        """The match key of what the unit stands under."""
        return self.stretch.context

    @property
    def lead(self) -> str:
        """The match key of the words before it in its passage."""
        return self.stretch.lead

    @property
    def column(self) -> str:
        """The head of the column, for a table cell."""
        return self.stretch.column

    @property
    def is_asked(self) -> bool:
        """Say whether the unit belongs to a question that the text quotes."""
        return self.stretch.is_asked

    @property
    def is_condition(self) -> bool:
        """Say whether the unit is an item that only names a case (（一）未按照规定巡查的；)."""
        return bool(_CONDITION.match(self.text))

    @property
    def is_row(self) -> bool:
        """Say whether the unit is a whole table row."""
        return self.passage.is_row and not self.column


def units_of(hits: Sequence[Hit], *, whole_sentences: bool = False) -> tuple[Unit, ...]:
    """Split the passages of ``hits`` into units, in the order of the hits.

    ``whole_sentences`` cuts only sentences that are longer than anybody would quote.
    """
    longest = _VERY_LONG_SENTENCE_CHARS if whole_sentences else _LONG_SENTENCE_CHARS
    return tuple(Unit(hit, each) for hit in hits for each in _stretches(hit.passage, longest))


@lru_cache(maxsize=4096)
def _stretches(passage: Passage, longest: int) -> tuple[Stretch, ...]:
    """Split one passage; remembered, since popular passages are hit again and again."""
    return tuple(_split(passage, longest))


def _split(passage: Passage, longest: int) -> Iterator[Stretch]:
    context = match_key(" ".join(passage.heading_path))
    if not passage.is_row:
        yield from _of_sentences(passage, context, longest)
        return
    header = match_key(" ".join(passage.header))
    labels = match_key(" ".join(c.text for c in passage.cells if len(c.text) <= _LONG_CELL_CHARS))
    if not _is_prose_row(passage):
        yield _stretch(passage, passage.span, f"{context} {header} {labels}")
        return
    content = ""  # what the row says without years, which its years' cells take for said
    for cell in passage.cells:
        if passage.span.contains(cell.span) and cell.text.strip():
            above = f"{context} {labels} {match_key(cell.header)}"
            of_year = bool(find_years(cell.header))
            yield from _of_cell(passage, cell, f"{above} {content}" if of_year else above)
            content = content if of_year else f"{content} {match_key(cell.text)}"


def _is_prose_row(passage: Passage) -> bool:
    """Say whether the row's cells hold sentences, rather than a name and its values."""
    lengths = [len(cell.text) for cell in passage.cells]
    several = sum(length > _LONG_CELL_CHARS for length in lengths) > 1
    return several or max(lengths) > _SENTENCE_CELL_CHARS


def _of_cell(passage: Passage, cell: Cell, context: str) -> Iterator[Stretch]:
    start = passage.span.start
    local = Span(cell.span.start - start, cell.span.end - start)
    for sentence in sentences(passage.text, local):
        yield _stretch(passage, _moved(sentence, start), context, column=cell.header or NO_HEAD)


def _of_sentences(passage: Passage, context: str, longest: int) -> Iterator[Stretch]:
    lead, item = "", ""
    told = exchanges(passage.text)
    for part in _whole_replies(passage.text, told, longest):
        if _ENTRY.match(part.of(passage.text)):
            item = ""
        asked = [one for one in told if one.reply and one.reply.contains(part)]
        replied = [match_key(one.question.of(passage.text)) for one in asked]
        above = " ".join(filter(None, (context, item, *replied)))
        stretch = _stretch(passage, _moved(part, passage.span.start), above, lead=lead)
        is_asked = any(one.question.contains(part) for one in told)
        yield replace(stretch, is_asked=True) if is_asked else stretch
        lead = f"{lead} {stretch.key}"
        if is_topic(stretch.text):
            item = stretch.key


def _whole_replies(text: str, told: Sequence[Exchange], longest: int) -> Iterator[Span]:
    """Yield the parts of the sentences of ``text``; a short reply stays in one piece."""
    whole = [one.reply for one in told if one.reply and len(one.reply) <= _LONG_SENTENCE_CHARS]
    for sentence in sentences(text):
        reply = next((span for span in whole if span.contains(sentence)), None)
        if reply is None:
            yield from _parts(text, sentence, longest)
        elif sentence.start == reply.start:
            yield reply


def is_topic(sentence: str) -> bool:
    """Say whether a sentence only names the topic of those after it (三是推动针灸数字化升级。)."""
    return len(sentence) <= _TOPIC_CHARS and bool(_ENTRY.match(sentence))


def announces(sentence: str) -> bool:
    """Say whether a sentence only announces what follows it (重点做好以下几项工作。)."""
    return bool(_ANNOUNCES.search(sentence))


def _parts(text: str, sentence: Span, longest: int) -> Iterator[Span]:
    """Cut a sentence of more than ``longest`` characters at its semicolons, a short one before 二是.

    A scale of cases stays whole.
    """
    stops = _STOP if len(sentence) > longest else _STOP_BEFORE_ITEM
    is_cut = len(sentence) > _TOPIC_CHARS and stops.search(text, sentence.start, sentence.end)
    if not is_cut or is_scale(sentence.of(text)):
        yield sentence
        return
    start = sentence.start
    for match in stops.finditer(text[sentence.start : sentence.end]):
        end = sentence.start + match.end()
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, sentence.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        begin = start + len(piece) - len(piece.lstrip())
        yield Span(begin, begin + len(piece.strip()))


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _stretch(
    passage: Passage, span: Span, context: str, *, lead: str = "", column: str = ""
) -> Stretch:
    start = passage.span.start
    text = passage.text[span.start - start : span.end - start]
    return Stretch(span, text, _key(text), context, lead, column)


def _key(text: str) -> str:
    """Return the match key, with what a bracket inside of a word leaves open: 处(科)室 is 科室 too."""
    key = _BROKEN.sub("", match_key(text))
    also = (f" {a}{c} {b}{c}" for a, b, c in _OR.findall(key))
    return key + "".join(also)
