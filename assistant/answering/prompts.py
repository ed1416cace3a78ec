"""Prompts: files of Chinese text with declared slots."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SLOTS: Mapping[str, frozenset[str]] = {
    "system": frozenset(),
    "answer": frozenset({"passages", "question"}),
    "repair": frozenset({"passages", "sentence", "reason"}),
    "rewrite": frozenset({"history", "question"}),
    "draft_system": frozenset(),
    "draft": frozenset({"passages", "topic", "city"}),
}
"""The slots of each prompt file."""
_SLOT = re.compile(r"\{([a-z_]+)\}")
_HERE = Path(__file__).resolve()
_FOLDERS = (_HERE.parents[1] / "prompts", _HERE.parents[2] / "prompts")


def fill(name: str, **words: str) -> str:
    """Fill the prompt's slots; words that look like slots stay as they are. Raises ValueError."""
    if words.keys() != SLOTS[name]:
        raise ValueError(f"prompt {name} takes {sorted(SLOTS[name])}, not {sorted(words)}")
    return _SLOT.sub(lambda match: words[match[1]], text_of(name)).strip()


@cache
def text_of(name: str) -> str:
    """Read a prompt: from the package where it is installed, else from the project's folder."""
    folder = next(folder for folder in _FOLDERS if (folder / f"{name}.txt").is_file())
    return (folder / f"{name}.txt").read_text(encoding="utf-8")
