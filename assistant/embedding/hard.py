"""Hard negatives from the terms leg: passages that share a question's words and do not answer it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]

from assistant.embedding.pairs import IdPair, Ids

K1, B = 1.2, 0.75
COMMON = 0.1  # a token in more than this share of the passages is no sign of anything
AT_ONCE = 256
HardPair = tuple[Ids, Ids, Ids]


def with_hard_negatives(
    pairs: Sequence[IdPair], passages: Sequence[Ids], *, vocabulary: int, rng: Random
) -> tuple[HardPair, ...]:
    """Give each pair one of the 3 best passages by BM25 that share less than half of its own.

    ``passages`` are searched; the pair's own passage is told by its tokens, since a made pair's
    passage is a part of one.
    """
    held = _bm25(passages, vocabulary).T.tocsr()
    found: list[HardPair] = []
    for start in range(0, len(pairs), AT_ONCE):
        part = pairs[start : start + AT_ONCE]
        scores = (_counts([question for question, _ in part], vocabulary) @ held).toarray()
        for (question, passage), row in zip(part, scores, strict=True):
            best = [passages[i] for i in np.argpartition(-row, 6)[:6] if row[i] > 0]
            wrong = [one for one in best if not _same(one, passage)]
            if wrong:
                found.append((question, passage, rng.choice(wrong[:3])))
    return tuple(found)


def _same(one: Ids, other: Ids) -> bool:
    """Say whether the shorter text's tokens stand in the other for the most part."""
    few, many = sorted((set(one.tolist()), set(other.tolist())), key=len)
    return len(few & many) > 0.5 * len(few)


def _bm25(passages: Sequence[Ids], vocabulary: int) -> sp.csr_matrix:
    """Weigh the tokens of ``passages`` (Robertson and Zaragoza, 2009)."""
    counts = _counts(passages, vocabulary)
    frequency = np.diff(counts.tocsc().indptr)
    rarity = np.log1p((len(passages) - frequency + 0.5) / (frequency + 0.5))
    rarity[frequency > COMMON * len(passages)] = 0.0
    lengths = np.array([len(ids) for ids in passages])
    damping = K1 * (1 - B + B * lengths / max(1.0, lengths.mean()))
    counts.data = (
        counts.data * (K1 + 1) / (counts.data + np.repeat(damping, np.diff(counts.indptr)))
    )
    return (counts @ sp.diags(rarity.astype(np.float32))).tocsr()


def _counts(texts: Sequence[Ids], vocabulary: int) -> sp.csr_matrix:
    """Count tokens: (texts, vocabulary)."""
    rows = np.repeat(np.arange(len(texts)), [len(ids) for ids in texts])
    ones = np.ones(len(rows), np.float32)
    counts = sp.csr_matrix((ones, (rows, np.concatenate(texts))), (len(texts), vocabulary))
    counts.sum_duplicates()
    return counts
