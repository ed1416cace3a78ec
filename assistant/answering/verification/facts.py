"""Facts: the numbers of a text, each with what it is about, its years, its place and its kind.

The same reading serves a claim and what it cites, so that two ways of writing one fact are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answering.verification.frames import subject_pairs
from assistant.text.dates import FoundYear, find_years
from assistant.text.numbers import Quantity, quantities
from assistant.text.places import Place, find_places
from assistant.types import ValueKind

_STOP = re.compile(r"[。!?\n]|[,;](?!\d{3}(?!\d))")
_SENTENCE_STOP = re.compile(r"[。!?\n]")
_AFTER = re.compile(r"[^,;。!?\n、()\d]{0,14}")
_SHORT, _HEAD_CHARS = 3, 6
_LABEL_END = re.compile(r"[.、](?=[㐀-鿿])")
_BARE_LINE = re.compile(r"[\s≥≤><=+\-\d.,%‰]*(?:左右|以上|以下)?")
_KINDS = re.compile(
    r"(?P<baseline>基期|基线|现状|基数|起点)"
    r"|(?P<target>(?<!达到)(?<!完成)(?<!实现)(?<!已超)目标|力争|争取|确保|(?<![截直止])(?:到|至)20\d\d年|将(?=达|提|增|建|实|新|降)|预计|拟)"
    r"|(?P<achieved>实际|(?<![经而])已(?!经批准)|截至|截止|同比|环比|[较比]上年|[达完实][到成现]了|新增了|以来)"
)
_FROM = re.compile(r"(?:从|由)[^,;。、\n]{0,12}$")
_MOVES = re.compile(r"^[^,;。\n]{0,8}?(?:提[高升]|增|上升|下降|降|减|压缩|缩短|扩大|调整|变)")
_REACHED = re.compile(
    r"(?:从|由)[^,;。\n]{0,24}(?:提[高升]|增[加长]|上升|下降|降低?|减少?|压缩|缩短|扩大)(?:到|至)\s*$"
)
_THEN_DONE = re.compile(r"^[^。\n\d]{0,6}已[超达完实]")


@dataclass(frozen=True, slots=True)
class Fact:
    """A number and what it says.

    ``core`` are the word pairs right at it, ``about`` also those that it takes from before where the
    core is short (门诊患者上转260557人次,下转77859人次); ``sentence`` are the words it stands in; ``weak`` marks
    a number that stands alone on its line (a table cell without its heads), ``reached`` the second of
    从 … 提升到 …. ``position`` is where in
    the text it stands.
    """

    quantity: Quantity
    core: frozenset[str]
    about: frozenset[str]
    sentence: str
    years: tuple[int, ...]
    kind: ValueKind | None
    reached: bool
    place: str
    weak: bool
    position: int


@lru_cache(maxsize=4096)
def facts_of(text: str) -> tuple[Fact, ...]:
    """Read the facts of a text (a match key), in order."""
    return tuple(_distributed(list(_read(text)), text))


def _read(text: str) -> Iterator[Fact]:
    found = [q for q in quantities(text) if not _is_label(q, text)]
    if not found:
        return
    stops = [match.end() for match in _STOP.finditer(text)]
    years, places = find_years(text, bare=True), find_places(text)
    end, subject = 0, ""
    for quantity in found:
        start = quantity.span.start
        before, subject = subject, _subject(text, end, start, stops, subject)
        after = _AFTER.match(text, max(quantity.span.end, quantity.whole.end))
        core = subject_pairs(f"{subject}\n{after[0] if after else ''}")
        short = len(subject_pairs(subject)) <= _SHORT and "。" not in text[end:start]
        about = core | subject_pairs(before) if short else core
        if short and before != subject:
            subject = f"{before}\n{subject}"
        end = max(quantity.span.end, quantity.whole.end)
        yield _fact(text, quantity, (core, about), years, places)


def _is_label(quantity: Quantity, text: str) -> bool:
    """Say whether a number only numbers what follows it: 13.管理费用占比."""
    return not quantity.unit and bool(_LABEL_END.match(text, quantity.span.end))


def _subject(text: str, begin: int, start: int, stops: list[int], before: str) -> str:
    """Return the last stretch before ``start`` that says what the number is about."""
    cuts = [begin, *(stop for stop in stops if begin < stop <= start), start]
    for left, right in zip(reversed(cuts[:-1]), reversed(cuts[1:]), strict=True):
        if subject_pairs(text[left:right]):
            return text[left:right]
    ended = "。" in text[begin:start]
    return "" if ended else before


def _fact(
    text: str,
    quantity: Quantity,
    words: tuple[frozenset[str], frozenset[str]],
    years: tuple[FoundYear, ...],
    places: tuple[Place, ...],
) -> Fact:
    start, stop = quantity.span.start, quantity.span.end
    left = max((m.end() for m in _SENTENCE_STOP.finditer(text, 0, start)), default=0)
    right = _SENTENCE_STOP.search(text, stop)
    whole = quantity.whole
    line = text[left : right.start() if right else len(text)]
    here = [place.name for place in places if left <= place.span.start < start]
    return Fact(
        quantity,
        *words,
        line,
        _years_at(years, left, start) or _years_of_line(text, years, start),
        _kind_at(text[left : whole.start], text[whole.start : start], text[stop : stop + 30]),
        bool(_REACHED.search(text[left:start])),
        here[-1] if here else "",
        bool(_BARE_LINE.fullmatch(line)),
        start,
    )


def _years_at(years: tuple[FoundYear, ...], left: int, start: int) -> tuple[int, ...]:
    before = [year for year in years if left <= year.span.start < start]
    if not before:
        return ()
    last = before[-1]
    if last.period:
        return tuple(range(last.period[0], last.period[1] + 1))
    return (last.year,)


def _years_of_line(text: str, years: tuple[FoundYear, ...], start: int) -> tuple[int, ...]:
    """Return the year that a line is headed by: a cell's column (2023年目标)."""
    line = text.rfind("\n", 0, start) + 1
    headed = [year for year in years if line <= year.span.start < min(start, line + _HEAD_CHARS)]
    return (headed[0].year,) if len(headed) == 1 and not headed[0].period else ()


def _kind_at(before: str, binding: str, after: str) -> ValueKind | None:
    if _FROM.search(before + binding) and _MOVES.search(after):
        return ValueKind.BASELINE
    if _THEN_DONE.search(after):
        return ValueKind.ACHIEVED
    found = list(_KINDS.finditer(before + binding))
    if found and found[-1].lastgroup:
        return ValueKind(found[-1].lastgroup)
    return None


def _expanded(years: tuple[FoundYear, ...]) -> tuple[int, ...]:
    """Return each year named, and each of a range, once and in order."""
    spans = (range(y.period[0], y.period[1] + 1) if y.period else (y.year,) for y in years)
    return tuple(dict.fromkeys(year for span in spans for year in span))


_EACH = re.compile(r"分别")
_ITEMS = re.compile(r"[、和与及]|以及")


def _distributed(facts: list[Fact], text: str) -> Iterator[Fact]:
    """Give each value of a 分别 list its own item: years of a range, or the things listed before it."""
    eaches = [match.start() for match in _EACH.finditer(text)]
    for fact in facts:
        each = max((place for place in eaches if place < fact.position), default=-1)
        between = text[each : fact.position]
        if each < 0 or re.search(r"[;。\n]", between):
            yield fact
            continue
        group = [f for f in facts if each < f.position and not _ends(text, each, f.position)]
        yield _with_item(fact, group.index(fact), len(group), text, each)


def _ends(text: str, each: int, position: int) -> bool:
    return bool(re.search(r"[;。\n]", text[each:position])) or "分别" in text[each + 2 : position]


def _with_item(fact: Fact, index: int, count: int, text: str, each: int) -> Fact:
    left = max((m.end() for m in _STOP.finditer(text, 0, each)), default=0)
    named = find_years(text[left:each])
    years = _expanded(named) if named else fact.years
    if len(years) == count > 1:
        return replace(fact, years=(years[index],))
    items = [item for item in _ITEMS.split(text[left:each]) if item.strip()]
    if len(items) != count or count < 2:
        return fact
    words = subject_pairs(items[index])
    return replace(fact, core=words, about=words) if words else fact
