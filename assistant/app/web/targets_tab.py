"""The 指标对照 tab: pick indicators, cities, years; a matrix, a chart, files to take away.

``build_targets_tab`` lays it out; ``redraw`` fills it; ``serve_targets`` answers its download links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from assistant.app.web.downloads import attachment, links, not_there
from assistant.app.web.targets_view import matrix_table
from assistant.app.web.year_chart import year_chart
from assistant.app.wording import title_of
from assistant.indicators import Matrix, MatrixRow, Standing, build_matrix
from assistant.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI

SHOWN_FIRST, CITIES_FIRST = 12, 8
_MOST_CHOICES = 2_000
_FILE_NAME, _ADDRESS = "指标对照", "targets"
FILES = (".xlsx", ".docx", ".md", ".txt")
_NO_CHART = '<p class="none">挑选一个指标，看它各年的数值。</p>'


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to pick: indicators (most cities first), cities, years, and the first picks."""

    indicators: tuple[str, ...]
    cities: tuple[str, ...]
    years: tuple[int, ...]

    @property
    def first_indicators(self) -> list[str]:
        """The indicators that are shown to somebody who picked none."""
        return list(self.indicators[:SHOWN_FIRST])

    @property
    def first_cities(self) -> list[str]:
        """The cities that are shown to somebody who picked none."""
        return list(self.cities[:CITIES_FIRST])


class Comparer:
    """What the tab asks of a library. Safe for many threads."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def choices(self) -> Choices:
        """Return what there is to pick in the library as it stands."""
        most_set = self._library.coverage()[:_MOST_CHOICES]
        names = tuple(one.indicator for one in most_set)
        return Choices(names, self._library.cities(), self._library.value_years())

    def matrix(
        self, indicators: Sequence[str], cities: Sequence[str], years: Sequence[int]
    ) -> Matrix:
        """Arrange what was picked; nothing picked means the first ones. Rows in the order picked."""
        choices = self.choices()
        names = list(indicators) or choices.first_indicators
        whose = [c for c in cities if c in choices.cities] or choices.first_cities
        values = self._library.indicator_values(cities=whose, indicators=names)
        return build_matrix(values, whose, years=tuple(years))

    def titles(self) -> dict[str, str]:
        """Return the documents' titles by id."""
        return {card.id: title_of(card) for card in self._library.documents()}

    def table(self, matrix: Matrix) -> str:
        """Draw the matrix as HTML."""
        return matrix_table(matrix, self.titles())

    def chart(self, matrix: Matrix, indicator: str | None) -> str:
        """Draw the years of one indicator of the matrix."""
        row = next((row for row in matrix.rows if row.indicator == indicator), None)
        return year_chart(row) if row else _NO_CHART

    def file(self, matrix: Matrix, ending: str) -> bytes:
        """Write the matrix as an Excel workbook, or as one of the files for reading."""
        if ending == ".xlsx":
            from assistant.app.exports import workbook_bytes

            return workbook_bytes(matrix, self.titles())
        from assistant.app.exports.comparison import comparison_report
        from assistant.app.exports.files import report_bytes

        return report_bytes(comparison_report(matrix, self._library), ending)


def serve_targets(application: FastAPI, library: Library) -> None:
    """Answer the tab's download links; call it before Gradio is mounted."""
    from fastapi import Query, Response

    comparer = Comparer(library)

    def take(
        ending: str,
        indicator: list[str] = Query([]),  # noqa: B008 - how FastAPI reads a repeated parameter
        city: list[str] = Query([]),  # noqa: B008
        year: list[int] = Query([]),  # noqa: B008
    ) -> Response:
        if f".{ending}" not in FILES:
            return not_there("没有这种格式。")
        content = comparer.file(comparer.matrix(indicator, city, year), f".{ending}")
        return attachment(content, _FILE_NAME, f".{ending}")

    listed = {"indicator": list[str], "city": list[str], "year": list[int]}
    take.__annotations__ = {"ending": str, **listed}
    application.get(f"/{_ADDRESS}.{{ending}}", response_class=Response)(take)


def download_links(indicators: Sequence[str], cities: Sequence[str], years: Sequence[int]) -> str:
    """Write the links that take away what is picked, one for each kind of file."""
    picked = [("indicator", one) for one in indicators] + [("city", one) for one in cities]
    query = urlencode([*picked, *(("year", year) for year in years)])
    return f'<p class="export">导出 {links(_ADDRESS, FILES, query=query)}</p>'


@dataclass(frozen=True, slots=True)
class TargetsTab:
    """The parts of the tab that others fill or listen to; fill ``drawn`` with ``redraw``."""

    comparer: Comparer
    indicators: Any
    cities: Any
    years: Any
    table: Any
    charted: Any
    chart: Any
    download: Any

    @property
    def picks(self) -> list[Any]:
        """What the reader picked."""
        return [self.indicators, self.cities, self.years]

    @property
    def drawn(self) -> list[Any]:
        """What is redrawn when the page opens or the library changed."""
        return [*self.picks, self.table, self.charted, self.chart, self.download]


def build_targets_tab(library: Library) -> TargetsTab:
    """Lay the tab out inside the current Blocks and wire it up."""
    tab = _lay_out(Comparer(library))
    _wire(tab)
    return tab


def redraw(tab: TargetsTab) -> tuple[Any, ...]:
    """Fill ``drawn`` for the library as it stands."""
    import gradio as gr

    choices = tab.comparer.choices()
    names, cities = choices.first_indicators, choices.first_cities
    return (
        gr.update(choices=list(choices.indicators), value=names),
        gr.update(choices=list(choices.cities), value=cities),
        gr.update(choices=[str(year) for year in choices.years], value=[]),
        *_draw(tab.comparer, names, cities, (), None),
    )


def _draw(
    comparer: Comparer,
    indicators: Sequence[str],
    cities: Sequence[str],
    years: Sequence[str],
    charted: str | None,
) -> tuple[Any, ...]:
    """Draw table, list to chart, chart and download link for what is picked."""
    import gradio as gr

    wanted = tuple(int(year) for year in years or () if str(year).isdigit())
    matrix = comparer.matrix(indicators or (), cities or (), wanted)
    names = [row.indicator for row in matrix.rows]
    fullest = max(matrix.rows, key=points, default=None)
    first = fullest.indicator if fullest else None
    now = charted if charted in names else first
    return (
        comparer.table(matrix),
        gr.update(choices=names, value=now),
        comparer.chart(matrix, now),
        download_links(indicators or (), cities or (), wanted),
    )


def points(row: MatrixRow) -> tuple[int, int]:
    """Count the cities with a number as target, and the numbers that stand for a year."""
    setters = sum(cell.standing is Standing.NUMBERS for cell in row.cells)
    values = (value for cell in row.cells for value in cell.values)
    return setters, sum(v.value is not None and v.year is not None for v in values)


def _lay_out(comparer: Comparer) -> TargetsTab:
    import gradio as gr

    with gr.Column(elem_id="targets"):
        with gr.Row(elem_id="target-picks"):
            indicators = _picker("指标", "pick-indicators", scale=5)
            cities = _picker("城市", "pick-cities", scale=3)
            years = _picker("年份（不选为全部）", "pick-years", scale=2)
        table = gr.HTML(elem_id="matrix", apply_default_css=False)
        with gr.Row(elem_id="target-chart"):
            charted = gr.Dropdown([], label="各年数值图", elem_id="pick-chart", min_width=280)
            download = gr.HTML(elem_id="download-targets", apply_default_css=False)
        chart = gr.HTML(elem_id="year-chart", apply_default_css=False)
    return TargetsTab(comparer, indicators, cities, years, table, charted, chart, download)


def _picker(label: str, name: str, *, scale: int) -> Any:
    import gradio as gr

    return gr.Dropdown(
        [], multiselect=True, label=label, elem_id=name, scale=scale, min_width=160, filterable=True
    )


def _wire(tab: TargetsTab) -> None:
    import gradio as gr

    def picked(
        indicators: list[str], cities: list[str], years: list[str], charted: str | None
    ) -> tuple[Any, ...]:
        return _draw(tab.comparer, indicators, cities, years, charted)

    changes = [pick.input for pick in (*tab.picks, tab.charted)]
    inputs, outputs = [*tab.picks, tab.charted], tab.drawn[len(tab.picks) :]
    gr.on(changes, picked, inputs, outputs, show_progress="hidden", api_name=False)
