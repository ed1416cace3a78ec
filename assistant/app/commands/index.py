"""``assistant index``: build or bring up to date the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.app.common import JsonOption, LibraryOption, say, settings_for, write_json

if TYPE_CHECKING:
    from assistant.library import IndexProgress, IndexReport

EXAMPLES = {
    "index": """
assistant index
assistant index 新方案.docx 附件/
assistant --library 另一个目录 index 文件夹/
"""
}


def index(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="路径…",
            help="另外加入的文件或文件夹；不写则更新语料目录与先前加入的（新库先加入文件的，只更新加入的）",
            show_default=False,
        ),
    ] = None,
    json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """建立或更新文件库；没有变化的文件不会重新处理。"""
    from assistant.library import Library

    settings = settings_for(context, library)
    with _progress_bar() as show:
        report = Library.build(settings.library, settings, paths or None, progress=show)
    write_json(_report_json(report)) if json else typer.echo(_report_text(report))
    if report.corpus_left_out:
        say(_left_out(settings.corpus / "documents"))


@contextmanager
def _progress_bar() -> Iterator[Callable[[IndexProgress], None]]:
    """Show a bar on standard error; where that is no terminal, nothing moves."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    tail = TextColumn("{task.fields[source]}", markup=False)
    with Progress(*columns, tail, console=Console(stderr=True)) as bar:
        task = bar.add_task("正在建立索引", total=None, source="")

        def show(step: IndexProgress) -> None:
            bar.update(task, completed=step.done, total=step.total, source=step.source)

        yield show


def _report_text(report: IndexReport) -> str:
    counts = (
        f"新增 {report.added}，更新 {report.changed}，未变 {report.unchanged}，"
        f"移除 {report.removed}，跳过 {len(report.skipped)}"
    )
    lines = [f"{counts}。共 {report.passages} 段，用时 {report.seconds:.1f} 秒。"]
    lines += [f"  跳过「{s.path.name}」：{s.reason}。{s.remedy}。" for s in report.skipped]
    return "\n".join(lines)


def _left_out(folder: Path) -> str:
    return (
        f"这个文件库是从另外加入的文件建起的，没有更新语料目录「{folder}」。"
        f"要加入或更新它，请运行 assistant index {folder}。"
    )


def _report_json(report: IndexReport) -> dict[str, object]:
    return {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "skipped": [
            {"path": str(s.path), "reason": s.reason, "remedy": s.remedy} for s in report.skipped
        ],
        "passages": report.passages,
        "seconds": round(report.seconds, 3),
    }
