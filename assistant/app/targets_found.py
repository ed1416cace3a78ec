"""The indicator values that a reader asks for: names as people write them, checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import QuestionError

if TYPE_CHECKING:
    from assistant.library import Library
    from assistant.types import IndicatorValue

_KINDS = {
    "baseline": "baseline",
    "target": "target",
    "achieved": "achieved",
    "基期": "baseline",
    "目标": "target",
    "实际": "achieved",
}
_NEAREST = 5


@dataclass(frozen=True, slots=True)
class TargetsWanted:
    """What is asked for, as it was written; an empty field does not narrow."""

    cities: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()


def find_targets(library: Library, wanted: TargetsWanted) -> tuple[IndicatorValue, ...]:
    """Read the values wanted. Raises QuestionError for a name that the library does not have."""
    from assistant.library import known_city

    return library.indicator_values(
        kinds=[_kind(one) for one in wanted.kinds],
        cities=[known_city(one, library) for one in wanted.cities],
        indicators=[_indicator(one, library) for one in wanted.indicators],
        years=wanted.years,
    )


def titles_of(library: Library) -> dict[str, str]:
    """Return the documents' titles by id; a document without one goes by its file's name."""
    return {card.id: card.title or card.source for card in library.documents()}


def _kind(wanted: str) -> str:
    if wanted not in _KINDS:
        raise QuestionError(f"没有「{wanted}」这种类别。可用：baseline、target、achieved。")
    return _KINDS[wanted]


def _indicator(wanted: str, library: Library) -> str:
    """Return the name that the table keeps for an indicator, however it is written."""
    from assistant.indicators import Lexicon
    from assistant.text.match import match_key

    names = library.indicators()
    known = Lexicon.load().known(wanted)
    if wanted in names or known:
        return wanted if wanted in names else known
    key = match_key(wanted)
    same = [name for name in names if match_key(name) == key]
    if same:
        return same[0]
    near = [name for name in names if key in match_key(name)][:_NEAREST]
    hint = f"相近的指标：{'、'.join(near)}。" if near else "不带 --indicator 可列出全部指标。"
    raise QuestionError(f"文件库中没有指标「{wanted}」。{hint}")
