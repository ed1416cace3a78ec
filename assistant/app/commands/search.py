"""``assistant search``: the passages that retrieval finds, without an answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.app.common import (
    JsonOption,
    LibraryOption,
    open_library,
    settings_for,
    write_json,
)
from assistant.errors import QuestionError

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.app.batch import BatchRow

EXAMPLES = {
    "search": """
assistant search 药学门诊 --k 5
assistant search --batch queries.jsonl --json
"""
}


def search(
    context: typer.Context,
    query: Annotated[
        list[str] | None, typer.Argument(metavar="词句", help="要找的词句", show_default=False)
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", metavar="文件", help="逐行检索的 JSONL 文件（id 与 query）"),
    ] = None,
    k: Annotated[int, typer.Option("--k", metavar="数", min=1, max=200, help="最多几段")] = 10,
    city: Annotated[str, typer.Option("--city", metavar="城市", help="只查这个城市的文件")] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="种类", help="只查这种文件，如 方案")] = "",
    json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """检索原文段落，按相关程度排列，不作回答。"""
    from assistant.answering import Assistant
    from assistant.app.batch import read_rows
    from assistant.app.json_output import hits_json
    from assistant.app.terminal import hits_text
    from assistant.library import known_city, known_kind

    asked = " ".join(query or ())
    if bool(asked.strip()) == (batch is not None):
        raise QuestionError("请给出要找的词句，或用 --batch 指定批量文件（二者选一）。")
    with open_library(settings_for(context, library)) as opened:
        if city:
            city = known_city(city, opened)  # before a batch tells it of every row
        if kind:
            kind = known_kind(kind, opened)
        assistant = Assistant(opened)
        if batch is None:
            hits = assistant.search(asked, k=k, city=city, kind=kind)
            write_json(hits_json(hits, opened)) if json else typer.echo(hits_text(hits, opened))
            return
        for row in read_rows(batch, key="query"):
            write_json(_hits_row(assistant, row, k, city, kind))


def _hits_row(
    assistant: Assistant, row: BatchRow, k: int, city: str, kind: str
) -> dict[str, object]:
    from assistant.app.json_output import hits_json

    told: dict[str, object] = {"id": row.id, "query": row.text}
    if row.error:
        return {**told, "error": row.error}
    try:
        hits = assistant.search(row.text, k=k, city=city, kind=kind)
    except QuestionError as error:
        return {**told, "error": str(error)}
    return {**told, "hits": hits_json(hits, assistant.library)}
