"""jieba's dictionary, read as far as it is needed: to cut a text takes the words of its characters.

jieba itself reads all 350,000 words at first use (0.5 s and 90 MB), or a copy of them that it leaves in
the machine's shared folder for temporary files.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from functools import cache
from pathlib import Path

import jieba

from assistant.text.match import match_key

TOTAL_COUNT = (
    60_101_967  # of all words of jieba 0.42.1's dictionary in the text that it was made of
)


class Segmenter(jieba.Tokenizer):  # type: ignore[misc]
    """Cut text as jieba does; with ``own_words``, by the words of ``words.txt`` besides."""

    def __init__(self, *, own_words: bool = True) -> None:
        super().__init__()
        self.FREQ: dict[str, int] = {}
        self.total = TOTAL_COUNT
        self.initialized = True
        self._own_words = _own_words() if own_words else {}
        self._tags: dict[str, str] = {}
        self._read: set[str] = set()
        self._with_own_words: set[str] = set()

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:
        """Return for each offset of ``sentence`` the last offsets of the words that begin there."""
        for char in set(sentence) - self._with_own_words:
            self._read_block(char)
            for word in self._own_words.get(char, ()):
                self._add(word, max(self.FREQ.get(word, 0), self._least_count(word)))
            self._with_own_words.add(char)
        found: dict[int, list[int]] = super().get_DAG(sentence)
        return found

    def entry(self, word: str) -> tuple[int, str]:
        """Return how often the dictionary counted ``word`` and its part of speech; 0 for one it lacks."""
        self.get_DAG(word[0])
        return self.FREQ.get(word, 0), self._tags.get(word, "")

    def _read_block(self, char: str) -> None:
        """Read the dictionary's words that begin with ``char``."""
        if char in self._read:
            return
        for line in _block(char).decode().splitlines():
            word, count, tag = line.split(" ")
            self._add(word, int(count))
            self._tags[word] = tag
        self._read.add(char)

    def _add(self, word: str, count: int) -> None:
        self.FREQ[word] = count
        for end in range(
            1, len(word)
        ):  # jieba looks no further where a word's beginning is missing
            self.FREQ.setdefault(word[:end], 0)

    def _least_count(self, word: str) -> int:
        """Return the count from which ``word`` is likelier than the likeliest of its cuts into others."""
        for char in word:
            self._read_block(char)
        best = [0.0]
        for end in range(1, len(word) + 1):
            counts = ((start, self.FREQ.get(word[start:end]) or 0) for start in range(end))
            cuts = (
                best[start] + math.log((count or 1) / self.total)
                for start, count in counts
                if count or end - start == 1
            )
            best.append(max(cuts))
        return int(math.exp(best[-1]) * self.total) + 1


@cache
def _own_words() -> dict[str, list[str]]:
    """Read words.txt: its words by their first character."""
    found: dict[str, list[str]] = {}
    own = Path(__file__).parent / "words.txt"
    for line in own.read_text(encoding="utf-8").splitlines():
        for word in map(match_key, () if line.startswith("#") else line.split()):
            found.setdefault(word[0], []).append(word)
    return found


@cache
def _dictionary() -> bytes:
    with jieba.get_module_res("dict.txt") as file:
        return b"\n" + bytes(file.read())


def _block(char: str) -> bytes:
    """Return the dictionary's lines that begin with ``char``, for a letter those of all letters.

    They are in the order of their first characters, behind all those that have Latin letters.
    """
    data, key = _dictionary(), char.encode()
    han = data.find("\n一".encode())
    if char < "一":
        return data[1 : han + 1]

    def line_behind(offset: int) -> int:
        return data.find(b"\n", offset) + 1

    def first_char_behind(offset: int) -> bytes:
        start = line_behind(offset)
        return data[start : start + len(key)]

    offsets = range(data.rfind(b"\n", 0, -1) + 1)
    first = bisect_left(offsets, key, han, key=first_char_behind)
    last = bisect_right(offsets, key, first, key=first_char_behind)
    return data[line_behind(first) : line_behind(last)]
