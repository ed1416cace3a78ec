"""The years of one indicator as a drawing: a line for each city, dashed where a target has no year.

Plain SVG, escaped, no script. Values of different units share no axis: those of the unit that most
values have are drawn, the others are named under the drawing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.table_wording import KIND_WORDS, plain, when, written
from assistant.app.web.markup import escape
from assistant.indicators import MatrixRow, bare_scope
from assistant.types import IndicatorValue, ValueKind

WIDTH, HEIGHT = 860, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 300, 20, 34
_TICKS, _INSET = 4, 28
_INKS = ("#1d4f91", "#b5482a", "#2f7d4f", "#7a4fa3", "#9a6b00", "#00788a", "#a33a6b", "#57606c")
MOST_LINES = len(_INKS)


@dataclass(frozen=True, slots=True)
class Line:
    """One city's values for one scope: points by year, and targets that have no year."""

    city: str
    scope: str
    points: tuple[IndicatorValue, ...]
    timeless: tuple[IndicatorValue, ...]

    @property
    def name(self) -> str:
        """The words of the legend."""
        levels = "、".join(f"{KIND_WORDS[v.kind]}{written(v)}" for v in self.timeless)
        named = f"{self.city}（{self.scope}）" if self.scope else self.city
        return f"{named} {levels}".strip()


@dataclass(frozen=True, slots=True)
class _Axes:
    years: tuple[int, ...]
    low: Decimal
    high: Decimal

    def x(self, year: int) -> float:
        first, last = self.years[0], self.years[-1]
        share = (year - first) / (last - first) if last > first else 0.5
        return _LEFT + _INSET + share * (WIDTH - _LEFT - _RIGHT - 2 * _INSET)

    def y(self, value: Decimal) -> float:
        share = float((value - self.low) / (self.high - self.low))
        return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)


def year_chart(row: MatrixRow) -> str:
    """Draw the numbers of one indicator over the years; a sentence where there are none to draw."""
    numbers = [v for cell in row.cells for v in cell.values if v.value is not None]
    if not numbers:
        return '<p class="none">这一指标没有数值，无法绘图。</p>'
    unit = Counter(v.unit for v in numbers).most_common(1)[0][0]
    lines = lines_of([v for v in numbers if v.unit == unit])[:MOST_LINES]
    left_out = [v for v in numbers if v.unit != unit]
    axes = _axes(lines)
    drawn = "".join(_line(line, ink, axes) for line, ink in zip(lines, _INKS, strict=False))
    title = escape(plain(row.indicator) + (f"（{unit}）" if unit else ""))
    return (
        f'<figure class="years"><figcaption>{title}：各年数值</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">'
        f"{_grid(axes)}{drawn}{_legend(lines)}</svg>{_left_out(left_out)}</figure>"
    )


def lines_of(values: Sequence[IndicatorValue]) -> list[Line]:
    """Put values together by city and scope, the points in order of years."""
    keys = dict.fromkeys((v.city, plain(bare_scope(v))) for v in values)
    return [
        _line_of(*key, [v for v in values if (v.city, plain(bare_scope(v))) == key]) for key in keys
    ]


def _line_of(city: str, scope: str, values: list[IndicatorValue]) -> Line:
    dated = sorted((v for v in values if v.year is not None), key=lambda v: v.year or 0)
    return Line(city, scope, tuple(dated), tuple(v for v in values if v.year is None))


def _axes(lines: Sequence[Line]) -> _Axes:
    values = [
        v.value for line in lines for v in (*line.points, *line.timeless) if v.value is not None
    ]
    years = sorted({v.year for line in lines for v in line.points if v.year}) or [0, 1]
    low, high = min(values), max(values)
    room = (high - low) / 5 or abs(high) / 10 or Decimal(1)
    return _Axes((years[0], *years[1:]), low - room, high + room)


def _grid(axes: _Axes) -> str:
    steps = [axes.low + (axes.high - axes.low) * n / _TICKS for n in range(_TICKS + 1)]
    levels = "".join(
        f'<line class="rule" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{axes.y(s):.1f}" y2="{axes.y(s):.1f}"/>'
        f'<text x="{_LEFT - 8}" y="{axes.y(s) + 4:.1f}" text-anchor="end">{_tick(s, axes)}</text>'
        for s in steps
    )
    years = "".join(
        f'<text x="{axes.x(year):.1f}" y="{HEIGHT - 10}" text-anchor="middle">{year}</text>'
        for year in axes.years
        if year > 1
    )
    return levels + years


def _tick(value: Decimal, axes: _Axes) -> str:
    spread = axes.high - axes.low
    places = 0 if spread >= 20 else 1 if spread >= 2 else 2
    return f"{value:.{places}f}"


def _line(line: Line, ink: str, axes: _Axes) -> str:
    path = " ".join(
        f"{axes.x(v.year or 0):.1f},{axes.y(v.value or Decimal(0)):.1f}" for v in line.points
    )
    joined = f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2"/>'
    points = "".join(_point(line, v, ink, axes) for v in line.points)
    levels = "".join(_level(line, v, ink, axes) for v in line.timeless)
    return (joined if len(line.points) > 1 else "") + points + levels


def _point(line: Line, value: IndicatorValue, ink: str, axes: _Axes) -> str:
    x, y = axes.x(value.year or 0), axes.y(value.value or Decimal(0))
    inside = ink if value.kind is ValueKind.TARGET else "var(--paper, #fff)"
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{inside}" stroke="{ink}" stroke-width="2">'
        f"<title>{escape(_told(line, value))}</title></circle>"
        f'<text class="said" x="{x:.1f}" y="{y - 9:.1f}" text-anchor="middle">{escape(written(value))}</text>'
    )


def _level(line: Line, value: IndicatorValue, ink: str, axes: _Axes) -> str:
    y = axes.y(value.value or Decimal(0))
    return (
        f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{ink}" '
        f'stroke-width="1.5" stroke-dasharray="6 4"><title>{escape(_told(line, value))}</title></line>'
    )


def _told(line: Line, value: IndicatorValue) -> str:
    return f"{line.city} {line.scope} {when(value)}{KIND_WORDS[value.kind]} {written(value)}"


def _legend(lines: Sequence[Line]) -> str:
    return "".join(
        f'<circle cx="{WIDTH - _RIGHT + 18}" cy="{_TOP + 14 + 20 * i}" r="5" fill="{ink}"/>'
        f'<text x="{WIDTH - _RIGHT + 30}" y="{_TOP + 18 + 20 * i}">{escape(line.name)}</text>'
        for i, (line, ink) in enumerate(zip(lines, _INKS, strict=False))
    ) + (
        f'<text x="{WIDTH - _RIGHT + 12}" y="{HEIGHT - _BOTTOM}">实心为目标，空心为基期、实际；虚线未写明年份</text>'
    )


def _left_out(values: Sequence[IndicatorValue]) -> str:
    if not values:
        return ""
    listed = "、".join(dict.fromkeys(f"{v.city} {written(v)}" for v in values))
    return f'<p class="none">计量单位不同，未画入图中：{escape(listed)}。</p>'
