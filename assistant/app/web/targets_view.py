"""The matrix of indicators as HTML: every value is a link to its words in the source; all escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from assistant.answering.table_wording import KIND_WORDS, plain, written
from assistant.app.target_words import SCOPES_DIFFER, scopes_differ, time_of
from assistant.app.web.cards import document_url
from assistant.app.web.markup import escape
from assistant.indicators import Matrix, MatrixCell, MatrixRow, Standing, bare_scope
from assistant.types import IndicatorValue

MOST_ROWS = 60
_LOOKS = {
    Standing.NUMBERS: "numbers",
    Standing.ONLY_WORDS: "only-words",
    Standing.NOT_SET: "not-set",
}
LEGEND = (
    '<p class="legend"><span class="numbers">有数值目标</span>'
    '<span class="only-words">仅有定性要求</span><span class="not-set">未设定</span>'
    "点击任一数值，打开原文并标亮所引的字句。</p>"
)


def matrix_table(matrix: Matrix, titles: Mapping[str, str]) -> str:
    """Lay out the matrix: a row for each indicator, a column for each city.

    ``titles`` are the documents' titles by id. Rows beyond ``MOST_ROWS`` are counted, not shown.
    """
    if not matrix.rows or not matrix.cities:
        return '<p class="none">没有符合条件的指标值。请换一些指标、城市或年份。</p>'
    heads = "".join(f'<th scope="col">{escape(city)}</th>' for city in matrix.cities)
    rows = "".join(_row(row, titles) for row in matrix.rows[:MOST_ROWS])
    beyond = len(matrix.rows) - MOST_ROWS
    more = f'<p class="none">另有 {beyond} 个指标未列出，请在上方挑选。</p>' if beyond > 0 else ""
    return (
        f'{LEGEND}<div class="matrix-frame"><table class="matrix"><thead><tr><th scope="col">指标</th>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>{more}"
    )


def _row(row: MatrixRow, titles: Mapping[str, str]) -> str:
    name = escape(plain(row.indicator))
    remark = f'<small class="scopes">{SCOPES_DIFFER}</small>' if scopes_differ(row) else ""
    cells = "".join(_cell(cell, titles) for cell in row.cells)
    return f'<tr><th scope="row">{name}{remark}</th>{cells}</tr>'


def _cell(cell: MatrixCell, titles: Mapping[str, str]) -> str:
    standing = cell.standing
    said = "".join(_groups(cell, titles))
    note = f"<b>{standing.value}</b>" if standing is not Standing.NUMBERS else ""
    city = escape(cell.city)
    return f'<td class="{_LOOKS[standing]}" data-head="{city}">{note}{said}</td>'


def _groups(cell: MatrixCell, titles: Mapping[str, str]) -> Sequence[str]:
    """Write a cell's values, those of one scope together under it."""
    ordered = sorted(cell.values, key=bare_scope)
    return [
        _group(scope, list(some), titles)
        for scope, some in groupby(ordered, key=lambda v: plain(bare_scope(v)))
    ]


def _group(scope: str, values: Sequence[IndicatorValue], titles: Mapping[str, str]) -> str:
    head = f'<small class="scope">{escape(scope)}</small>' if scope else ""
    return f'{head}<ul class="series">{"".join(_value(v, titles) for v in values)}</ul>'


def _value(value: IndicatorValue, titles: Mapping[str, str]) -> str:
    kind = KIND_WORDS[value.kind]
    title = titles.get(value.document_id, "")
    url = document_url(value.document_id, value.span.start, value.span.end)
    return (
        f'<li class="{value.kind.value}"><small>{escape(time_of(value))}</small>'
        f'<a class="open" href="{url}" target="_blank" rel="noopener" data-title="{escape(title)}" '
        f'title="{escape(f"{kind} · {title}：{plain(value.quote)}")}">{escape(written(value))}</a></li>'
    )
