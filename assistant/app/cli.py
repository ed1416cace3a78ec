"""The command line: ``assistant COMMAND``. Each command lives in ``assistant.app.commands``."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import typer

from assistant.app.cli_help import ChineseCommand, ChineseGroup, usage_message
from assistant.app.commands import ask, documents, draft, index, search, serve, status, targets
from assistant.app.common import LibraryOption, say
from assistant.errors import AssistantError

ABOUT = "策问：政策文件问答助手。逐句引用，逐数核对；文件里没有的，就说没有。"
EXAMPLES = """
assistant index
assistant ask 湖州市2025年三级公立医院CMI值的目标是多少
assistant serve
"""
INTERRUPTED = 130

app = typer.Typer(
    cls=ChineseGroup,
    help=ABOUT,
    epilog=EXAMPLES,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
)


@app.callback()
def begin(context: typer.Context, library: LibraryOption = None) -> None:
    """Keep ``--library`` for the command; without a command show the help page."""
    context.obj = {"library": library}
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _add(name: str, module: Any, function: Any) -> None:
    examples = module.EXAMPLES[name]
    app.command(name, cls=ChineseCommand, epilog=examples)(function)


_add("ask", ask, ask.ask)
_add("search", search, search.search)
_add("targets", targets, targets.targets)
_add("draft", draft, draft.draft)
_add("index", index, index.index)
_add("status", status, status.status)
_add("show", documents, documents.show)
_add("remove", documents, documents.remove)
_add("serve", serve, serve.serve)


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0, or 2 for a user's error."""
    command = typer.main.get_command(app)
    try:
        return int(command.main(arguments, prog_name="assistant", standalone_mode=False) or 0)
    except (AssistantError, typer.TyperException) as error:
        wrong = str(error) if isinstance(error, AssistantError) else usage_message(error)
        say(" ".join(wrong.split()))
        return 2
    except (KeyboardInterrupt, typer.Abort):
        say("已中断。")
        return INTERRUPTED


def main() -> None:
    """Be the ``assistant`` program."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        sys.exit(run())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
