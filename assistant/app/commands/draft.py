"""``assistant draft``: a proposal becomes a draft reply, on the screen, as JSON, or as a file."""

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
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.drafting import Draft
    from assistant.library import Library
    from assistant.settings import Settings

EXAMPLES = {
    "draft": """
assistant draft 提案.docx --city 广州 --body 市卫生健康委 --out 答复.docx
assistant draft 提案.txt --city 湖州 --json
"""
}


def draft(
    context: typer.Context,
    proposal: Annotated[
        Path, typer.Argument(metavar="提案", help="提案文件：txt、docx、pdf 等（- 为标准输入）")
    ],
    city: Annotated[str, typer.Option("--city", metavar="城市", help="由哪个城市答复")] = "",
    body: Annotated[
        str, typer.Option("--body", metavar="单位", help="答复单位，如 市卫生健康委")
    ] = "",
    number: Annotated[str, typer.Option("--number", metavar="编号", help="提案编号")] = "",
    session: Annotated[str, typer.Option("--session", metavar="届次", help="会议届次")] = "",
    with_body: Annotated[
        list[str] | None, typer.Option("--with", metavar="单位", help="会办单位（可重复）")
    ] = None,
    signatory: Annotated[str, typer.Option("--signatory", metavar="姓名", help="签发人")] = "",
    date: Annotated[str, typer.Option("--date", metavar="日期", help="成文日期")] = "",
    exclude: Annotated[
        list[str] | None,
        typer.Option("--exclude", metavar="文件编号", help="不使用这份文件（可重复）"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件", help="写成 .docx、.md 或 .txt")
    ] = None,
    sources: Annotated[
        str, typer.Option("--sources", metavar="方式", help="Word 中的来源：list 附表、none 不附")
    ] = "list",
    json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """起草提案答复：逐句注明出处；文件里没有的留作待补充。"""
    from assistant.drafting import Drafter, Wish

    if sources not in ("list", "none"):
        raise AssistantError(f"没有「{sources}」这种来源方式。可用：list、none。")
    settings = settings_for(context, library)
    text = _read(proposal, settings)
    wish = Wish(
        city=city, body=body, number=number, session=session, co_bodies=tuple(with_body or ()),
        signatory=signatory, date=date, excluded=tuple(exclude or ()),
    )  # fmt: skip
    with open_library(settings) as opened:
        for wrong in (one for one in wish.excluded):
            opened.document(wrong)
        written = Drafter(opened).draft(text, wish)
        if out is not None:
            _write(out, written, opened, with_sources=sources == "list")
        if json:
            _print_json(written, opened)
        elif out is None:
            _print_text(written, opened)


def _read(path: Path, settings: Settings) -> str:
    if str(path) == "-":
        return typer.get_text_stream("stdin", encoding="utf-8").read()
    from assistant.drafting import read_proposal_file

    return read_proposal_file(path, max_bytes=settings.max_file_mb * 1024 * 1024)


def _print_json(written: Draft, library: Library) -> None:
    from assistant.app.drafts_json import draft_json

    write_json(draft_json(written, library))


def _print_text(written: Draft, library: Library) -> None:
    from assistant.app.drafts_text import draft_text

    typer.echo(draft_text(written, library))


def _write(path: Path, written: Draft, library: Library, *, with_sources: bool) -> None:
    from assistant.app.exports.letters import letter_bytes

    content = letter_bytes(written, library, path.suffix.lower(), with_sources=with_sources)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise AssistantError(
            f"无法写入「{path}」（{error.strerror}）。请检查文件夹是否存在、文件是否被打开。"
        ) from error
    say(f"已写入「{path}」，{len(written.placeholders)} 处待补充。")
