"""What every command shares: its options, opening the library, writing results."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.library import Library

LibraryOption = Annotated[
    Path | None,
    typer.Option("--library", metavar="目录", help="使用另一个文件库", show_default=False),
]
# What some readers of lines take for a line end, and a half of a character that UTF-8 cannot hold.
_LINE_ENDS = re.compile("[\x85\u2028\u2029\ud800-\udfff]")
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


def settings_for(context: typer.Context, library: Path | None) -> Settings:
    """Read the settings; ``--library`` after the command wins over the one before it."""
    return load_settings(library=library or (context.obj or {}).get("library"))


def open_library(settings: Settings) -> Library:
    """Open the library for reading; raises LibraryMissingError, LibraryMismatchError."""
    from assistant.library import Library

    return Library.open(settings.library, settings)


def write_json(value: Any, *, indent: int | None = None) -> None:
    """Write one JSON value and a line end to standard output, at once."""
    sys.stdout.write(json_text(value, indent=indent) + "\n")
    sys.stdout.flush()


def json_text(value: Any, *, indent: int | None = None) -> str:
    """Return the JSON of ``value``: Chinese as it is, one line (without ``indent``) to any reader."""
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return _LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", written)


def say(message: str) -> None:
    """Write a line to standard error."""
    print(message, file=sys.stderr, flush=True)
