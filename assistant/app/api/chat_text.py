"""A conversation's messages become a question; an answer becomes text for any front end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.app.api.access import Json
from assistant.app.api.chat_models import ChatMessage
from assistant.app.api.errors import RequestError
from assistant.types import Sentence

_MOST_TURNS, _LONGEST_TURN = 20, 1000
_ACTIVE = re.compile(r"[\\<\[\]]")
_TEXT_PARTS = ("text", "input_text")


def question_and_history(messages: Sequence[ChatMessage]) -> tuple[str, list[str], str]:
    """Return the last user message, the earlier ones (the latest 20), and all text that was sent.

    An earlier turn that was too long for a question was refused then: there is nothing in it to
    refer to. Raises RequestError where there is no user message, or the last has more than text.
    """
    turns = [message for message in messages if message.role == "user"]
    if not turns:
        raise RequestError(
            "messages 中没有 user 消息。请把问题写在最后一条 user 消息里。", param="messages"
        )
    question = _text(turns[-1])
    if _has_more_than_text(turns[-1]):
        raise RequestError("只能读文字。请去掉消息中的图片、音频或文件。", param="messages")
    earlier = [text for turn in turns[:-1] if len(text := _text(turn)) <= _LONGEST_TURN]
    return question, earlier[-_MOST_TURNS:], "".join(map(_text, messages))


def _text(message: ChatMessage) -> str:
    if isinstance(message.content, str) or message.content is None:
        return message.content or ""
    return "\n".join(part.text or "" for part in message.content if part.type in _TEXT_PARTS)


def _has_more_than_text(message: ChatMessage) -> bool:
    parts = message.content if isinstance(message.content, list) else []
    return any(part.type not in _TEXT_PARTS for part in parts)


def marked(sentence: Sentence) -> str:
    """Return a sentence followed by its citation marks."""
    return harmless(sentence.text) + "".join(f"[{number}]" for number in sentence.citations)


def sources_text(citations: Sequence[Json]) -> str:
    """List the sources, one line each; empty where nothing is cited."""
    if not citations:
        return ""
    return "来源：\n\n" + "\n".join(map(_source, citations))


def _source(citation: Json) -> str:
    parts = filter(None, (citation["number_of_document"], *citation["heading_path"]))
    where = f"《{citation['title']}》　{' › '.join(parts)}".strip()
    quote = " ".join(citation["quote"].split())
    return f"- [{citation['number']}] {harmless(where)}：“{harmless(quote)}”"


def harmless(text: str) -> str:
    """Escape what makes links, images and tags: front ends show the text as Markdown."""
    return _ACTIVE.sub(lambda found: f"\\{found[0]}", text)
