"""What the shipped model is compared with: BM25, latent semantic analysis, a transformer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]

from assistant.text.tokens import terms
from eval.embedding.sets import Scores

Encode = Callable[[Sequence[str]], Scores]


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


def latent_semantic_analysis(texts: Sequence[str], *, dimensions: int, seed: int = 0) -> Encode:
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

    return encode


def sentence_transformer(folder: Path) -> Encode:
    """Load a transformer by sentence-transformers; text is lower-cased for its eyes."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder))

    def encode(texts: Sequence[str]) -> Scores:
        lowered = [text.lower() for text in texts]
        vectors = model.encode(lowered, normalize_embeddings=True, batch_size=8)
        return np.asarray(vectors, np.float32)

    return encode


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
