"""The export of an answer in the chat: answers are kept for a while, links lead to their files."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from assistant.app.web.downloads import attachment, links, not_there
from assistant.types import Answer

if TYPE_CHECKING:
    from fastapi import FastAPI, Response

    from assistant.app.web.desk import Desk

MOST_KEPT = 2_000
"""Answers that can be exported; older ones leave, so that memory does not grow without bound."""
_GONE = "这条回答已不在内存中（服务可能已重启）。请回到问答页重新提问，再导出。"


class AnswerFiles:
    """The answers that were given, by keys that cannot be guessed. Safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Answer] = OrderedDict()

    def keep(self, answer: Answer) -> str:
        """Keep an answer; returns its key."""
        key = secrets.token_urlsafe(12)
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return key

    def find(self, key: str) -> Answer | None:
        """Return a kept answer, None where it has gone."""
        with self._lock:
            return self._kept.get(key)


def export_links(key: str) -> str:
    """Write the links under an answer; empty without a key."""
    return f'<p class="export">导出 {links(f"answers/{key}")}</p>' if key else ""


def serve_answers(application: FastAPI, desk: Desk) -> None:
    """Answer the links; call it before Gradio is mounted."""
    from fastapi import Response

    def take(key: str, ending: str) -> Response:
        return _file(desk, key, f".{ending}")

    take.__annotations__ = {"key": str, "ending": str}
    application.get("/answers/{key}.{ending}", response_class=Response)(take)


def _file(desk: Desk, key: str, ending: str) -> Response:
    from assistant.app.exports.answers import answer_report
    from assistant.app.exports.files import MEDIA_TYPES, report_bytes

    answer = desk.answers.find(key)
    if answer is None or ending not in MEDIA_TYPES:
        return not_there(_GONE if answer is None else "没有这种格式。")
    content = report_bytes(answer_report(answer, desk.library), ending)
    return attachment(content, answer.question.text, ending)
