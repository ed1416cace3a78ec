"""How cells of the workbook look: heads, numbers, words only, nothing set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.types import IndicatorValue, Relation, ValueKind

KIND_ORDER = (ValueKind.BASELINE, ValueKind.ACHIEVED, ValueKind.TARGET)
_SIGNS = {Relation.AT_LEAST: "≥", Relation.AT_MOST: "≤", Relation.ABOUT: "约"}


@dataclass(frozen=True, slots=True)
class Manner:
    """Colours as RRGGBB (empty: none), and how the words stand."""

    ink: str = "1C2430"
    paper: str = ""
    bold: bool = False
    italic: bool = False
    centred: bool = False


HEAD = Manner("FFFFFF", "1D4F91", bold=True, centred=True)
NAME = Manner(bold=True)
NUMBER = Manner(centred=True)
ONLY_WORDS = Manner("7A4A00", "FFF3D6", italic=True)
NOT_SET = Manner("8A94A3", "F1F3F6", centred=True)
PLAIN = Manner()


@cache
def _parts(manner: Manner) -> tuple[Any, Any, Any, Any]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side(style="thin", color="D5DBE3")
    fill = PatternFill("solid", fgColor=manner.paper) if manner.paper else PatternFill()
    across = "center" if manner.centred else "left"
    return (
        Font(name="微软雅黑", size=10, color=manner.ink, bold=manner.bold, italic=manner.italic),
        fill,
        Alignment(
            horizontal=across, vertical="center" if manner.centred else "top", wrap_text=True
        ),
        Border(left=side, right=side, top=side, bottom=side),
    )


def dress(cell: Any, manner: Manner) -> None:
    """Give a cell its look."""
    cell.font, cell.fill, cell.alignment, cell.border = _parts(manner)


def number_format(value: IndicatorValue) -> str:
    """Return the format that shows a number with its digits, its unit, and how it binds."""
    assert value.value is not None
    exponent = value.value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    digits = f"0.{'0' * places}" if places else "0"
    sign = f'"{_SIGNS[value.relation]}"' if value.relation in _SIGNS else ""
    unit = value.unit.replace('"', "")
    return f'{sign}{digits}"{unit}"' if unit else f"{sign}{digits}"
