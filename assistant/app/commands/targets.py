"""``assistant targets``: the indicator values of the library, one row a value."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.app.common import (
    JsonOption,
    LibraryOption,
    open_library,
    say,
    settings_for,
    write_json,
)
from assistant.app.targets_found import TargetsWanted, find_targets, titles_of

if TYPE_CHECKING:
    from assistant.library import Library
    from assistant.types import IndicatorValue

EXAMPLES = {
    "targets": """
assistant targets --indicator CMI
assistant targets --city 湖州 --year 2025 --kind target --json
assistant targets --city 湖州 --city 广元 --xlsx 指标对照.xlsx
assistant targets --indicator CMI --out 对照.docx
"""
}


def targets(
    context: typer.Context,
    city: Annotated[
        list[str] | None, typer.Option("--city", metavar="城市", help="只列这个城市（可重复）")
    ] = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option("--indicator", metavar="指标", help="只列这个指标，可用别名如 CMI（可重复）"),
    ] = None,
    year: Annotated[
        list[int] | None,
        typer.Option("--year", metavar="年份", min=0, max=9999, help="只列这一年（可重复）"),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind", metavar="类别", help="baseline 基期、target 目标、achieved 实际（可重复）"
        ),
    ] = None,
    json: JsonOption = False,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="文件", help="写成 CSV 文件")] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="文件", help="写成 Excel 对照表，附来源")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件", help="写成 .docx、.md 或 .txt 对照表")
    ] = None,
    library: LibraryOption = None,
) -> None:
    """列出文件中的指标值：哪个城市、哪一年、基期与目标，各有出处。"""
    from assistant.library import known_city

    wanted = TargetsWanted(
        tuple(city or ()), tuple(indicator or ()), tuple(year or ()), tuple(kind or ())
    )
    from assistant.app.exports.files import require_ending

    if out is not None:
        require_ending(out.suffix)
    with open_library(settings_for(context, library)) as opened:
        values = find_targets(opened, wanted)
        titles = titles_of(opened)
        cities = [known_city(one, opened) for one in wanted.cities] or list(opened.cities())
        if out is not None:
            _write(out, _report(values, cities, opened, out.suffix), len(values))
    if csv is not None:
        _write(csv, _csv(values, titles), len(values))
    if xlsx is not None:
        _write(xlsx, _workbook(values, cities, titles), len(values))
    if json:
        _print_json(values, titles)
    elif not any((csv, xlsx, out)):
        _print_text(values, titles)


def _print_json(values: tuple[IndicatorValue, ...], titles: dict[str, str]) -> None:
    from assistant.app.exports import target_row

    write_json([target_row(value, titles) for value in values])


def _print_text(values: tuple[IndicatorValue, ...], titles: dict[str, str]) -> None:
    from assistant.app.targets_text import targets_text

    typer.echo(targets_text(values, titles))


def _csv(values: tuple[IndicatorValue, ...], titles: dict[str, str]) -> bytes:
    from assistant.app.exports import csv_bytes

    return csv_bytes(values, titles)


def _workbook(
    values: tuple[IndicatorValue, ...], cities: list[str], titles: dict[str, str]
) -> bytes:
    from assistant.app.exports import workbook_bytes
    from assistant.indicators import build_matrix

    return workbook_bytes(build_matrix(values, cities), titles)


def _report(
    values: tuple[IndicatorValue, ...], cities: list[str], library: Library, ending: str
) -> bytes:
    from assistant.app.exports.comparison import comparison_report
    from assistant.app.exports.files import report_bytes
    from assistant.indicators import build_matrix

    return report_bytes(comparison_report(build_matrix(values, cities), library), ending)


def _write(path: Path, content: bytes, count: int) -> None:
    from assistant.app.exports.files import write_file

    write_file(path, content)
    say(f"已写入「{path}」，共 {count} 个指标值。")
