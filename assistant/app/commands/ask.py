"""``assistant ask``: one question, or a batch."""

from __future__ import annotations

from dataclasses import dataclass
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
from assistant.errors import QuestionError

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.app.batch import BatchRow
    from assistant.library import Library
    from assistant.types import Answer

EXAMPLES = {
    "ask": """
assistant ask 湖州市2025年三级公立医院CMI值的目标是多少
assistant ask 那广元呢 --history 湖州市四级手术占比的目标是多少
assistant ask --batch questions.jsonl --json > answers.jsonl
assistant ask 湖州市四级手术占比的目标是多少 --out 回答.docx
assistant --library 另一个目录 ask 牵头单位是谁 --json
"""
}


def ask(
    context: typer.Context,
    question: Annotated[
        list[str] | None, typer.Argument(metavar="问题", help="要问的问题", show_default=False)
    ] = None,
    history: Annotated[
        list[str] | None,
        typer.Option("--history", metavar="问题", help="先前问过的问题，可重复，由远及近"),
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", metavar="文件", help="逐行提问的 JSONL 文件（- 为标准输入）"),
    ] = None,
    city: Annotated[str, typer.Option("--city", metavar="城市", help="只查这个城市的文件")] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="种类", help="只查这种文件，如 方案")] = "",
    extractive: Annotated[
        bool, typer.Option("--extractive", help="直接摘录，不用语言模型（设置了模型时）")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件", help="写成 .docx、.md 或 .txt")
    ] = None,
    json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """提一个问题，得到逐句带出处的回答；文件里没有的会说明没有。"""
    from assistant.answering import Assistant
    from assistant.library import known_city, known_kind

    asked = " ".join(question or ())
    if bool(asked.strip()) == (batch is not None):
        raise QuestionError("请给出一个问题，或用 --batch 指定批量文件（二者选一）。")
    if out is not None:
        _require_writable(out, is_batch=batch is not None)
    with open_library(settings_for(context, library)) as opened:
        if city:
            city = known_city(city, opened)  # before a batch tells it of every row
        if kind:
            kind = known_kind(kind, opened)
        asking = Asking(Assistant(opened), city, kind, extractive)
        if batch is not None:
            _ask_batch(asking, batch)
        else:
            _ask_one(asking, asked, tuple(history or ()), json, out)


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom to ask, and how every question of this run is asked."""

    assistant: Assistant
    city: str
    kind: str
    extractive: bool

    @property
    def library(self) -> Library:
        """The library that is asked."""
        return self.assistant.library

    def ask(self, question: str, history: tuple[str, ...]) -> Answer:
        """Answer one question; raises QuestionError."""
        return self.assistant.ask(
            question, history, city=self.city, kind=self.kind, extractive=self.extractive
        )


def _ask_one(
    asking: Asking, question: str, history: tuple[str, ...], as_json: bool, out: Path | None
) -> None:
    answer = asking.ask(question, history)
    if out is not None:
        _write(out, answer, asking.library)
    if as_json:
        from assistant.app.json_output import answer_json

        write_json(answer_json(answer, asking.library))
    elif out is None:
        from assistant.app.terminal import answer_text

        typer.echo(answer_text(answer, asking.library))


def _require_writable(out: Path, *, is_batch: bool) -> None:
    """Say before anything is asked that there is no such kind of file."""
    from assistant.app.exports.files import require_ending

    if is_batch:
        raise QuestionError("--out 写一个问题的回答，不能与 --batch 同用。批量请用 --json。")
    require_ending(out.suffix)


def _write(path: Path, answer: Answer, library: Library) -> None:
    from assistant.app.exports.answers import answer_report
    from assistant.app.exports.files import report_bytes, write_file

    write_file(path, report_bytes(answer_report(answer, library), path.suffix))
    say(f"已写入「{path}」，{len(answer.citations)} 条引文。")


def _ask_batch(asking: Asking, path: Path) -> None:
    from assistant.app.batch import read_rows

    for row in read_rows(path, key="question"):
        write_json(_answer_row(asking, row))


def _answer_row(asking: Asking, row: BatchRow) -> dict[str, object]:
    from assistant.app.json_output import answer_json

    if row.error:
        return {"id": row.id, "error": row.error}
    try:
        answer = asking.ask(row.text, row.history)
    except QuestionError as error:
        return {"id": row.id, "question": row.text, "error": str(error)}
    return answer_json(answer, asking.library, row_id=row.id)
