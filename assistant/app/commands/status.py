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
    from dataclasses import asdict

    from assistant.app.json_output import card_json
    from assistant.app.terminal import status_text

    with open_library(settings_for(context, library)) as opened:
        numbers, cards = opened.status(), opened.documents()
        if json:
            documents = [card_json(card) for card in cards]
            figures = asdict(numbers)
            figures["fingerprint"] = dict(numbers.fingerprint)
            figures["settings"] = {key: str(value) for key, value in numbers.settings}
            write_json({**figures, "documents": numbers.documents, "document_list": documents})
        else:
            typer.echo(status_text(numbers, cards))
