"""Tokens: characters and bigrams for the terms leg, jieba's words where words matter."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.text.match import match_key

if TYPE_CHECKING:
    from jieba import Tokenizer

_RUNS = re.compile(r"\d+(?:\.\d+)?|[a-z]+|[㐀-鿿豈-﫿]+")


def terms(text: str) -> list[str]:
    """Split into what the terms leg indexes, in order.

    Han runs give their characters and bigrams, numbers stay as written (1.10 is one term), Latin
    words are lower-cased. Measured on 599 policy documents: better than words for finding passages.
    """
    found: list[str] = []
    for run in _RUNS.findall(match_key(text)):
        found.append(run) if run[0] < "㐀" else found.extend(_characters_and_bigrams(run))
    return found


def _characters_and_bigrams(run: str) -> list[str]:
    return [*run, *map("".join, zip(run, run[1:], strict=False))]


@cache
def _segmenter() -> Tokenizer:
    """Load jieba once (0.6 s the first time on a machine, less from its cache)."""
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    segmenter = jieba.Tokenizer()
    segmenter.initialize()
    own = Path(__file__).parent / "words.txt"
    for line in own.read_text(encoding="utf-8").splitlines():
        for word in line.split() if not line.startswith("#") else ():
            segmenter.add_word(match_key(word))
    return segmenter


@cache
def _dictionary() -> bytes:
    import jieba

    with jieba.get_module_res("dict.txt") as file:
        return bytes(file.read())


@cache
def _tag(word: str) -> str:
    """Return the part of speech that the segmenter's dictionary gives, empty for none."""
    start = _dictionary().find(b"\n" + word.encode() + b" ")
    if start < 0:
        return ""
    line = _dictionary()[start + 1 : start + 80].split(b"\n", 1)[0]
    return line.rsplit(b" ", 1)[-1].decode().strip()


def names_a_thing(word: str) -> bool:
    """Say whether ``word`` is a noun or a name by the segmenter's dictionary, or unknown to it."""
    tag = _tag(word)
    return len(word) > 1 and (not tag or tag.startswith(("n", "vn", "eng", "j", "l")))


def is_proper_name(word: str) -> bool:
    """Say whether ``word`` names a person, an organisation or a place by the dictionary."""
    return len(word) > 1 and _tag(word).startswith(("nr", "nt", "ns"))


def words(text: str) -> list[str]:
    """Split the match key of ``text`` into the dictionary's words, without spaces and punctuation.

    What the dictionary lacks comes out as characters: guessed words would look like rare ones.
    """
    cut = _segmenter().lcut(match_key(text), HMM=False)
    return [word for word in cut if _RUNS.search(word)]
