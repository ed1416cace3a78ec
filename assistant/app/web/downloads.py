"""Files that the page hands out: named for the reader, never shown inside the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.app.exports.files import KIND_NAMES, MEDIA_TYPES
from assistant.app.web.markup import escape
from assistant.app.web.uploads import safe_name

if TYPE_CHECKING:
    from fastapi import Response

_MOST_NAME_CHARS = 40
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {**MEDIA_TYPES, ".xlsx": _XLSX}
_NAMES = {**KIND_NAMES, ".xlsx": "Excel"}


def attachment(content: bytes, name: str, ending: str) -> Response:
    """Answer with a file to keep; ``name`` is what it is about, cut and made safe."""
    from fastapi import Response

    named = quote(safe_name(f"{name[:_MOST_NAME_CHARS]}{ending}"))
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{named}"}
    return Response(content, media_type=_TYPES[ending], headers=headers)


def not_there(words: str) -> Response:
    """Answer that there is no such file, in words for the reader."""
    from fastapi import Response

    return Response(words, 404, media_type="text/plain; charset=utf-8")


def links(address: str, endings: Sequence[str] = tuple(KIND_NAMES), *, query: str = "") -> str:
    """Write a link for each kind of file at ``address`` with the ending added."""
    after = f"?{escape(query)}" if query else ""
    return "".join(
        f'<a class="take" href="{escape(address + ending)}{after}" target="_blank" '
        f'rel="noopener">{_NAMES[ending]}</a>'
        for ending in endings
    )
