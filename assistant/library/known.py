"""Cities and kinds of document as people write them, brought to those that a library has."""

from __future__ import annotations

from assistant.errors import QuestionError
from assistant.library.library import Library
from assistant.text.controls import require_whole
from assistant.text.match import match_key


def known_city(wanted: str, library: Library) -> str:
    """Return the library's name of a city (湖州 for 湖州市). Raises QuestionError where it has none."""
    require_whole(wanted)
    cities, key = library.cities(), match_key(wanted).strip()
    found = next((c for c in cities if match_key(c) in (key, key.removesuffix("市"))), None)
    if found is None:
        raise QuestionError(f"文件库中没有「{wanted}」的文件。现有城市：{_listed(cities)}。")
    return found


def known_kind(wanted: str, library: Library) -> str:
    """Return a kind of document that the library has. Raises QuestionError where it has none such."""
    require_whole(wanted)
    kinds, key = library.kinds(), match_key(wanted).strip()
    if key not in kinds:
        raise QuestionError(f"文件库中没有「{wanted}」这种文件。现有种类：{_listed(kinds)}。")
    return key


def _listed(names: tuple[str, ...]) -> str:
    return "、".join(names) or "（无）"
