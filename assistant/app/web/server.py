"""The server: FastAPI with the documents' routes and the API, the Gradio page mounted at the root."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.app.web.document_view import POLICY, document_page, missing_page
from assistant.app.web.headers import ChinesePage, SafeHeaders
from assistant.errors import AssistantError, DocumentNotFoundError
from assistant.library import Library
from assistant.settings import Settings
from assistant.types import Span

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.app.web.desk import Desk

HERE = Path(__file__).parent
_STYLES = ("page.css", "targets.css", "draft.css")


def run(settings: Settings) -> None:
    """Serve the page until interrupted. Raises LibraryMissingError, LibraryMismatchError."""
    require_free(settings.host, settings.port)
    with Library.open(settings.library, settings) as library:
        application = build(library, settings)
        import uvicorn

        print(
            f"策问已启动：http://{settings.host}:{settings.port}（按 Ctrl+C 停止）", file=sys.stderr
        )
        uvicorn.run(
            application,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            timeout_graceful_shutdown=3,
        )


def build(library: Library, settings: Settings) -> FastAPI:
    """Build the application around an open library."""
    keep_quiet()
    import gradio as gr
    from fastapi import FastAPI

    from assistant.app.api import add_api
    from assistant.app.api.guard import OwnPagesOnly
    from assistant.app.web import answer_files, draft_files, page, targets_tab
    from assistant.app.web.desk import Desk
    from assistant.app.web.theme import theme

    desk = Desk(library, settings)
    application = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    _add_documents(application, desk)
    answer_files.serve_answers(application, desk)
    targets_tab.serve_targets(application, library)
    draft_files.serve_drafts(application, desk)
    add_api(application, desk)
    application.add_middleware(ChinesePage)
    application.add_middleware(OwnPagesOnly, names=(settings.host, *settings.hosts.split(",")))
    application.add_middleware(SafeHeaders)
    threading.Thread(target=desk.warm_up, name="warm-up", daemon=True).start()
    return gr.mount_gradio_app(  # type: ignore[no-any-return]
        application,
        page.build(desk),
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        theme=theme(),
        css="\n".join((HERE / name).read_text(encoding="utf-8") for name in _STYLES),
        js="() => window.cewen && window.cewen.restoreTheme()",
        head=f"<script>{(HERE / 'page.js').read_text(encoding='utf-8')}</script>",
        max_file_size=settings.max_file_bytes,
        footer_links=[],
        run_history=False,
        show_error=True,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
    )


def keep_quiet() -> None:
    """Turn off, before Gradio is imported, whatever would ask the outside for something."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["GRADIO_RUN_HISTORY"] = "False"
    os.environ["FASTAPI_OTEL_AUTO_CONFIGURE"] = "false"
    os.environ.setdefault("LANGSMITH_TRACING", "false")


def _add_documents(application: FastAPI, desk: Desk) -> None:
    from fastapi.responses import HTMLResponse

    def show(document_id: str, start: int = 0, end: int = 0, theme: str = "") -> HTMLResponse:
        return HTMLResponse(*_document(desk, document_id, start, end, theme), _DOCUMENT_HEADERS)

    application.get("/documents/{document_id}", response_class=HTMLResponse)(show)


_DOCUMENT_HEADERS = {"Content-Security-Policy": f"{POLICY}; frame-ancestors 'self'"}


def _document(desk: Desk, document_id: str, start: int, end: int, theme: str) -> tuple[str, int]:
    """Return a document's page and its status code."""
    card = desk.cards().get(document_id)
    try:
        if card is None:
            raise DocumentNotFoundError(document_id)
        document = desk.library.document(document_id)
    except DocumentNotFoundError:
        return missing_page(document_id), 404
    inside = 0 <= start < end <= len(document.text)
    return document_page(card, document, Span(start, end) if inside else None, theme), 200


def require_free(host: str, port: int) -> None:
    """Check that the port can be listened on; raises AssistantError with what to do."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AssistantError(
                f"无法在 {host}:{port} 启动（{error.strerror}）。"
                "请关闭占用该端口的程序，或用 --port 换一个端口。"
            ) from error
