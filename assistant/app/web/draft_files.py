"""The download links of the 起草答复 tab: a kept version as Word, Markdown or plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.app.web.desk import Desk
from assistant.app.web.downloads import attachment, not_there
from assistant.drafting import DraftStore
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from fastapi import FastAPI, Response


def serve_drafts(application: FastAPI, desk: Desk) -> None:
    """Answer the links; call it before Gradio is mounted."""
    from fastapi import Response

    def take(name: str, version: int, ending: str, sources: str = "list") -> Response:
        return _file(desk, name, version, f".{ending}", sources)

    take.__annotations__ = {"name": str, "version": int, "ending": str, "sources": str}
    application.get("/drafts/{name}/{version}.{ending}", response_class=Response)(take)


def _file(desk: Desk, name: str, version: int, ending: str, sources: str) -> Response:
    from assistant.app.exports.files import MEDIA_TYPES
    from assistant.app.exports.letters import letter_bytes
    from assistant.drafting.word import SOURCES

    if ending not in MEDIA_TYPES or sources not in SOURCES:
        return not_there("没有这种格式。")
    try:
        draft = DraftStore(desk.settings.library).read(name, version)
    except AssistantError as error:
        return not_there(str(error))
    content = letter_bytes(draft, desk.library, ending, sources=sources)
    return attachment(content, f"答复 {draft.proposal.title}（第{version}稿）", ending)
