"""Sentences edited in the browser: saved without drawing the page anew, so that nobody is interrupted."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from assistant.app.web.draft_room import DraftRoom, Edit, Opened, place_of
from assistant.app.web.draft_view import is_to_fill, placeholders_view, remark_of
from assistant.errors import AssistantError

MOST_CHARS = 4_000
"""The most that a sentence may hold; a longer one is refused, and stays in the browser."""
log = logging.getLogger(__name__)


def saver(room: DraftRoom) -> Callable[[Any], dict[str, Any]]:
    """Make the function that the page calls with what was typed; it never raises."""

    def save_edits(sent: Any) -> dict[str, Any]:
        try:
            edits = tuple(map(_edit, sent["edits"]))
            opened = room.edit(str(sent["draft"]), int(sent["version"]), edits)
        except AssistantError as error:
            return {"error": str(error)}
        except (KeyError, TypeError, ValueError):
            log.exception("无法读取页面送来的修改")
            return {"error": "修改没有保存，请刷新页面再试（所改文字仍在本机）。"}
        return _told(opened, edits)

    return save_edits


def _edit(sent: Mapping[str, Any]) -> Edit:
    words = str(sent["words"])
    if len(words) > MOST_CHARS:
        raise AssistantError(f"一句最多 {MOST_CHARS} 字，请分成几句。")
    return Edit(int(sent["at"]), str(sent["before"]), words)


def _told(opened: Opened, edits: tuple[Edit, ...]) -> dict[str, Any]:
    """Tell the page what became of each sentence."""
    draft = opened.draft
    told = []
    for edit in edits:
        now = Edit(edit.at, " ".join(edit.words.split()), edit.words)
        at = place_of(draft, now)
        if at is not None:
            sentence = draft.sentences[at]
            remark, look = remark_of(sentence)
            told.append(
                {"at": at, "asked": edit.words, "text": sentence.text, "remark": remark,
                 "look": look, "to_fill": is_to_fill(sentence)}
            )  # fmt: skip
    return {
        "version": opened.kept.version,
        "sentences": told,
        "placeholders": placeholders_view(draft),
    }
