"""``assistant serve``: the web page and the HTTP API."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.app.common import LibraryOption, settings_for

EXAMPLES = {"serve": "assistant serve\nassistant serve --port 8000"}


def serve(
    context: typer.Context,
    host: Annotated[
        str | None, typer.Option("--host", metavar="地址", help="监听的地址，默认 127.0.0.1")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="端口", min=1, max=65535, help="监听的端口，默认 7860"),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """启动网页，在浏览器中提问；同一端口有 HTTP 接口。"""
    from assistant.app.web.server import run
    from assistant.settings import load_settings

    base = settings_for(context, library)
    run(load_settings(library=base.library, host=host, port=port))
