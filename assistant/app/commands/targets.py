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
from assistant.errors import AssistantError, QuestionError

if TYPE_CHECKING:
    from assistant.library import Library
    from assistant.types import IndicatorValue

EXAMPLES = {
    "targets": """
assistant targets --indicator CMI
assistant targets --city 湖州 --year 2025 --kind target --json
assistant targets --city 湖州 --city 广元 --xlsx 指标对照.xlsx
"""
}
_KINDS = {
    "baseline": "baseline",
    "target": "target",
    "achieved": "achieved",
    "基期": "baseline",
    "目标": "target",
    "实际": "achieved",
}
_NEAREST = 5


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
        list[int] | None, typer.Option("--year", metavar="年份", help="只列这一年（可重复）")
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
    library: LibraryOption = None,
) -> None:
    """列出文件中的指标值：哪个城市、哪一年、基期与目标，各有出处。"""
    kinds = [_kind(one) for one in kind or ()]
    with open_library(settings_for(context, library)) as opened:
        cities = [_city(one, opened) for one in city or ()]
        values = opened.indicator_values(
            cities=cities,
            indicators=[_indicator(one, opened) for one in indicator or ()],
            years=year or (),
            kinds=kinds,
        )
        titles = {card.id: card.title or card.source for card in opened.documents()}
        cities = cities or list(opened.cities())
    if csv is not None:
        _write(csv, _csv(values, titles), len(values))
    if xlsx is not None:
        _write(xlsx, _workbook(values, cities, titles), len(values))
    if json:
        _print_json(values, titles)
    elif csv is None and xlsx is None:
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


def _write(path: Path, content: bytes, count: int) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise AssistantError(
            f"无法写入「{path}」（{error.strerror}）。请检查文件夹是否存在、文件是否被打开。"
        ) from error
    say(f"已写入「{path}」，共 {count} 个指标值。")


def _kind(wanted: str) -> str:
    if wanted not in _KINDS:
        raise QuestionError(f"没有「{wanted}」这种类别。可用：baseline、target、achieved。")
    return _KINDS[wanted]


def _city(wanted: str, library: Library) -> str:
    cities = library.cities()
    found = next((c for c in (wanted, wanted.removesuffix("市")) if c in cities), None)
    if found is None:
        raise QuestionError(f"文件库中没有「{wanted}」的文件。现有城市：{'、'.join(cities)}。")
    return found


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
