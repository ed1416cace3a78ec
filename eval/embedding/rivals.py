"""What is compared: the product's embedders, latent semantic analysis, BM25."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]

from assistant.library.embedders import Embedder
from assistant.library.embedders.static import StaticEmbedder
from assistant.text.tokens import terms
from eval.embedding.sets import Scores

Encode = Callable[[Sequence[str]], Scores]


@dataclass(frozen=True, slots=True)
class Encoder:
    """What turns text into unit vectors; ``weight`` is the fusion's when the product uses it."""

    name: str
    passages: Encode
    questions: Encode
    weight: float


def of_embedder(name: str, embedder: Embedder) -> Encoder:
    """Measure an embedder of the product as it is used: questions one at a time."""

    def questions(texts: Sequence[str]) -> Scores:
        return np.stack([embedder.embed_query(text) for text in texts])

    return Encoder(name, embedder.embed, questions, embedder.meaning_weight)


def bm25_scores(
    passages: Sequence[str], questions: Sequence[str], *, k1: float = 1.2, b: float = 0.75
) -> Scores:
    """Score (questions, passages) by BM25 over characters, bigrams, numbers and Latin words."""
    places: dict[str, int] = {}
    counts = _term_counts(passages, places, grow=True)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    frequency = np.diff(counts.tocsc().indptr)
    rarity = np.log1p((len(passages) - frequency + 0.5) / (frequency + 0.5))
    damping = k1 * (1 - b + b * lengths / lengths.mean())
    held = counts.copy()
    held.data = held.data * (k1 + 1) / (held.data + np.repeat(damping, np.diff(held.indptr)))
    asked = _term_counts(questions, places, grow=False)
    return np.asarray((asked @ sp.diags(rarity) @ held.T).toarray(), np.float32)


def latent_semantic_analysis(texts: Sequence[str], *, dimensions: int, seed: int = 0) -> Encoder:
    """Train TF-IDF and SVD on ``texts`` over the terms leg's terms; return the encoder."""
    from sklearn.decomposition import TruncatedSVD  # type: ignore[import-untyped]
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

    weigh = TfidfVectorizer(analyzer=terms, min_df=3, max_features=60_000, sublinear_tf=True)
    reduce = TruncatedSVD(dimensions, n_iter=2, random_state=seed)
    reduce.fit(weigh.fit_transform(texts))

    def encode(some: Sequence[str]) -> Scores:
        vectors = reduce.transform(weigh.transform(some))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)

    return Encoder(f"LSA, {dimensions} dimensions", encode, encode, StaticEmbedder.meaning_weight)


def _term_counts(texts: Sequence[str], places: dict[str, int], *, grow: bool) -> sp.csr_matrix:
    """Count terms; unknown ones get a column of their own (``grow``) or are left out."""
    entries: list[tuple[int, int, float]] = []
    for row, text in enumerate(texts):
        for term, count in Counter(terms(text)).items():
            if grow:
                places.setdefault(term, len(places))
            if term in places:
                entries.append((row, places[term], float(count)))
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return sp.csr_matrix((values, (rows, columns)), shape=(len(texts), len(places)))
