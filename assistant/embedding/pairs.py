"""Make question/passage pairs from text itself, as token ids.

A sentence, or a part of one, stands for a question, and the rest of its section is the passage; so
do titles and headings. Some get a question's ending (…怎么办), some lose tokens at random: what is
left must be found by meaning and not by the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.embedding.reading import Pair, Section

Ids = NDArray[np.int64]
IdPair = tuple[Ids, Ids]

ENDINGS = (
    "怎么办", "如何处理", "应当如何处理", "是否可以", "可以吗", "需要承担什么责任", "有什么规定",
    "应当怎么做", "是什么", "有哪些", "由谁负责", "怎么认定", "应该怎么办呢", "有效吗", "谁来承担",
    "什么情况下", "如何计算", "多长时间",
)  # fmt: skip
SHORTEST = 3  # tokens on either side of a pair
_SENTENCE_END = re.compile(r"(?<=[。；！？\n])")
_NUMBERED = re.compile(r"^第.{1,4}[章节编]|^[一二三四五六七八九十]+、")


@dataclass(frozen=True, slots=True)
class TokenSection:
    """A section as token ids: title, heading without its number, sentences."""

    title: Ids
    heading: Ids
    sentences: tuple[Ids, ...]

    @property
    def whole(self) -> Ids:
        """All sentences as one."""
        return np.concatenate([*self.sentences, np.zeros(0, np.int64)])


@dataclass(frozen=True, slots=True)
class Style:
    """How made questions differ from the text: share with an ending, share of tokens dropped."""

    endings: tuple[Ids, ...]
    with_ending: float
    dropped: float


def token_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Ids]:
    """Tokenise ``texts``; unknown tokens (id 0) are left out."""
    ids: list[Ids] = []
    for start in range(0, len(texts), 1000):
        for one in tokenizer.encode_batch_fast(
            list(texts[start : start + 1000]), add_special_tokens=False
        ):
            ids.append(np.array([i for i in one.ids if i > 0], np.int64))
    return ids


def tokenise_sections(
    tokenizer: Tokenizer, sections: Sequence[Section]
) -> tuple[TokenSection, ...]:
    """Cut sections into sentences and tokenise them."""
    cut = [[one for one in _SENTENCE_END.split(part.text) if one.strip()] for part in sections]
    sentences = iter(token_ids(tokenizer, [one for part in cut for one in part]))
    titles = token_ids(tokenizer, [part.title for part in sections])
    headings = token_ids(tokenizer, [_NUMBERED.sub("", part.heading) for part in sections])
    return tuple(
        TokenSection(title, heading, tuple(next(sentences) for _ in part))
        for title, heading, part in zip(titles, headings, cut, strict=True)
    )


def tokenise_pairs(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> tuple[IdPair, ...]:
    """Tokenise question/passage pairs."""
    questions = token_ids(tokenizer, [pair.question for pair in pairs])
    passages = token_ids(tokenizer, [pair.passage for pair in pairs])
    return tuple(zip(questions, passages, strict=True))


def makers(
    sections: Sequence[TokenSection], pairs: Sequence[IdPair], style: Style, rng: Random
) -> dict[str, Callable[[], IdPair]]:
    """Return one function for each kind of pair that the material allows; each call draws one."""
    titled = [one for one in sections if len(one.title) and len(one.whole) > 4 * SHORTEST]
    plain = [one for one in sections if not len(one.title) and len(one.sentences) > 3]
    several = [one for one in titled if len(one.sentences) > 1]
    headed = [one for one in titled if len(one.heading) > 1]
    known: dict[str, tuple[Sequence[object], Callable[[], IdPair | None]]] = {
        "sentence": (several, lambda: _sentence(rng.choice(several), style, rng)),
        "clause": (titled, lambda: _clause(rng.choice(titled), style, rng)),
        "heading": (headed, lambda: _heading(rng.choice(headed), style, rng)),
        "news": (plain, lambda: _surroundings(rng.choice(plain), style, rng)),
        "question": (pairs, lambda: rng.choice(pairs)),
    }
    return {kind: _until_long(draw) for kind, (source, draw) in known.items() if source}


def _until_long(draw: Callable[[], IdPair | None]) -> Callable[[], IdPair]:
    """Repeat ``draw`` until both sides are long enough; give up after 1,000 attempts."""

    def pair() -> IdPair:
        for _ in range(1000):
            drawn = draw()
            if drawn and min(map(len, drawn)) >= SHORTEST:
                return drawn
        raise ValueError("the training text has no pairs of this kind: its sections are too short")

    return pair


def _sentence(section: TokenSection, style: Style, rng: Random) -> IdPair:
    """A sentence, and the rest of its section (a fifth of the time with it)."""
    at = rng.randrange(len(section.sentences))
    rest = [one for i, one in enumerate(section.sentences) if i != at or rng.random() < 0.2]
    question = section.sentences[at]
    if rng.random() < style.with_ending and len(question) > SHORTEST:
        question = _asked(question[: rng.randrange(SHORTEST, len(question))], style, rng)
    return _thinned(question, style, rng), np.concatenate(rest) if rest else question


def _clause(section: TokenSection, style: Style, rng: Random) -> IdPair | None:
    """One end of a sentence, and the other with the rest of its section."""
    at = rng.randrange(len(section.sentences))
    sentence = section.sentences[at]
    if len(sentence) < 2 * SHORTEST + 2:
        return None
    cut = rng.randrange(SHORTEST, len(sentence) - SHORTEST)
    asked, left = sentence[:cut], sentence[cut:]
    if rng.random() < 0.4:
        asked, left = left, asked
    rest = [left, *(one for i, one in enumerate(section.sentences) if i != at)]
    if rng.random() < 0.3:
        rest.append(asked)
    if rng.random() < style.with_ending:
        asked = _asked(asked, style, rng)
    return _thinned(asked, style, rng), np.concatenate(rest)


def _heading(section: TokenSection, style: Style, rng: Random) -> IdPair:
    """A heading, with or without its document's title, and the section."""
    with_title = rng.random() < 0.5
    asked = np.concatenate([section.title, section.heading]) if with_title else section.heading
    if rng.random() < style.with_ending:
        asked = _asked(asked, style, rng)
    return asked, section.whole


def _surroundings(section: TokenSection, style: Style, rng: Random) -> IdPair:
    """A sentence, and the three before and after it."""
    at = rng.randrange(len(section.sentences))
    around = section.sentences[max(0, at - 3) : at] + section.sentences[at + 1 : at + 4]
    return _thinned(section.sentences[at], style, rng), np.concatenate(around)


def _asked(ids: Ids, style: Style, rng: Random) -> Ids:
    """Add a question's ending."""
    return np.concatenate([ids, rng.choice(style.endings)])


def _thinned(ids: Ids, style: Style, rng: Random) -> Ids:
    """Drop tokens at random from all but the shortest questions."""
    if not style.dropped or len(ids) < 4:
        return ids
    kept = [one for one in ids.tolist() if rng.random() > style.dropped]
    return np.array(kept, np.int64) if kept else ids
