"""``assistant status``: what the library holds and how it was built."""

from __future__ import annotations

import typer

from assistant.app.common import (
    JsonOption,
    LibraryOption,
    open_library,
    settings_for,
    write_json,
)

EXAMPLES = {"status": "assistant status\nassistant status --json"}


def status(context: typer.Context, json: JsonOption = False, library: LibraryOption = None) -> None:
    """显示文件库里有哪些文件、多少段落、由什么设置建立。"""
    from assistant.app.status_json import status_json
    from assistant.app.terminal import status_text

    with open_library(settings_for(context, library)) as opened:
        numbers, cards = opened.status(), opened.documents()
        if json:
            write_json(status_json(numbers, cards))
        else:
            typer.echo(status_text(numbers, cards))
