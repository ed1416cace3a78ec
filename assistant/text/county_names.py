"""Counties in a text, by their full names and by short ones (石城县: 石城; 阿拉善左旗: 阿左旗, 左旗).

The one place that says when words are short for a county: where no longer name of a place has them, and they are

- its own name, of which the segmenter's dictionary knows nothing else: it has hardly met it (石城) or has it
  for a place's or a person's (花都, not 和平). The segmenter must cut it out (和硕 is none in 博士和硕士), unless
  documents of that county are kept and the word is rare (增城中医院, cut into 增, 城中, 医院). A text that says
  nothing else may be any county's name;
- an abbreviation of it, or a banner's side, where documents of it are kept: others are so abbreviated, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from assistant.text.counties import county_of, label
from assistant.text.places import Place, county_full_names, find_places, is_place, places_in
from assistant.text.tokens import cuts, is_proper_name, is_rare
from assistant.types import Span

_PEOPLES = (
    "满|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔"
    "|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各"
)
_OWN_NAME = re.compile(
    rf"^(?P<name>.{{2,}}?)(?:(?:(?:{_PEOPLES})族)+自治[县旗]|新区|林区|[县区市旗])$"
)
_KINDS = "县区市旗"
_SIDES = frozenset("左右中前后")
_LEAST_ABBREVIATION, _LONGEST_NAME = 3, 15


def find_counties(text: str, labels: Collection[str] = ()) -> tuple[Place, ...]:
    """Find the counties that ``text`` names, in order: those in full, where there are none those in short."""
    whole = tuple(place for place in places_in(text) if place.level == "county")
    return whole or find_short_counties(text, labels)


def find_short_counties(text: str, labels: Collection[str] = ()) -> tuple[Place, ...]:
    """Find the counties that ``text`` names in short, in order: each where it is written.

    ``labels`` are those under which documents are kept: of several counties so called it is one of them.
    """
    ends, places = cuts(text), find_places(text)
    found: list[Place] = []
    for start in range(len(text)):
        if found and start < found[-1].span.end:
            continue
        spans = (
            span
            for span in _perhaps_short(text, start)
            if not any(place.span.contains(span) for place in places)
        )
        called = ((span, _called(text, span, ends, labels)) for span in spans)
        found += islice((replace(county, span=span) for span, county in called if county), 1)
    return tuple(found)


def spell_counties(text: str, labels: Collection[str]) -> str:
    """Write the counties among ``labels`` in full where ``text`` has them in short (石城, 阿左旗)."""
    short = find_short_counties(text, labels)
    return in_full(text, [county for county in short if label(county) in labels])


def in_full(text: str, short: Sequence[Place]) -> str:
    """Write each of ``short``, counties found in ``text``, under its label, in order."""
    for county in reversed(short):
        before, after = text[: county.span.start], text[county.span.end :]
        is_placed = bool(county.city) and before.removesuffix("市").endswith(county.city)
        text = before + (county.full if is_placed else label(county)) + after
    return text


def _perhaps_short(text: str, start: int) -> Iterator[Span]:
    """Return what may be a short name and begins at ``start``, the longest first."""
    for end in range(min(start + _LONGEST_NAME, len(text)), start + 1, -1):
        if text[start:end] in _full_names() or text[end - 1] in _KINDS:
            yield Span(start, end)


def _called(text: str, span: Span, ends: Collection[int], labels: Collection[str]) -> Place | None:
    """Return the county that the words at ``span`` are short for, None for none."""
    short = span.of(text)
    kept = (county for county in map(county_of, labels) if county)
    full_names = _full_names().get(short, ())
    if not full_names:
        return next((county for county in kept if _abbreviates(short, county.full)), None)
    own = next((county for county in kept if county.full in full_names), None)
    if span.start in ends and span.end in ends:
        is_name = is_rare(short) or is_proper_name(short)
    else:
        is_name = bool(own and places_in(own.full)) and is_rare(short)  # not 市中区: 湖州市中医院
    return own or county_of(full_names[0]) if is_name or short == text else None


@cache
def _full_names() -> dict[str, tuple[str, ...]]:
    """Index the full names by the counties' own: those of counties before those of districts."""
    found: dict[str, tuple[str, ...]] = {}
    matches = filter(None, map(_OWN_NAME.match, county_full_names()))
    for own in sorted(matches, key=lambda own: _KINDS.index(own.string[-1])):
        if not is_place(own["name"]):
            found[own["name"]] = (*found.get(own["name"], ()), own.string)
    return found


def _abbreviates(short: str, full: str) -> bool:
    """Say whether ``short`` is the side of the banner ``full``, or its ends and some between them."""
    if len(short) < _LEAST_ABBREVIATION:
        return short[0] in _SIDES and short[1] == "旗" and full.endswith(short)
    rest = iter(full)
    ends_alike = short[0] == full[0] and short[-1] == full[-1]
    return ends_alike and len(short) < len(full) and all(char in rest for char in short)
