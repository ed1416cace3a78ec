"""First vectors for the vocabulary: co-occurrence of the training text, and open token vectors.

Each source gives a block of columns with rows of length 1 (zeros for a token that it does not know).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers

from assistant.embedding.static import Vectors

Ids = NDArray[np.int64]


def cooccurrence_vectors(
    texts: Sequence[Ids],
    *,
    vocabulary: int,
    ignored: Ids,
    dimensions: int,
    seed: int,
    window: int = 8,
) -> Vectors:
    """Factor the positive PMI of tokens within ``window`` of each other (Levy et al., 2015).

    Frequent tokens are subsampled as in word2vec (t = 3e-4), a neighbour at distance d counts
    d**-0.5, contexts are smoothed with 0.75.
    """
    rng = np.random.default_rng(seed)
    counts = _neighbours(_subsampled(texts, vocabulary, ignored, rng), vocabulary, window)
    left, singular = _factor(_positive_pmi(counts), dimensions, rng)
    return unit_rows(left * np.sqrt(singular))


def word2vec_vectors(path: Path, tokens: Sequence[str], normalise: Callable[[str], str]) -> Vectors:
    """Read word2vec's binary format for ``tokens``; a word that is missing gets its characters' mean."""
    known: dict[str, Vectors] = {}
    for word, vector in _word2vec(path):
        known.setdefault(normalise(word), vector)
    length = len(next(iter(known.values())))
    vectors = np.zeros((len(tokens), length), np.float32)
    for index, token in enumerate(tokens):
        parts = [known[token]] if token in known else [known[one] for one in token if one in known]
        if parts:
            vectors[index] = np.mean(parts, axis=0)
    return unit_rows(vectors)


def language_model_vectors(path: Path, tokens: Sequence[str], *, dimensions: int) -> Vectors:
    """Average a GGUF language model's token embeddings over each token's pieces, and keep the
    ``dimensions`` directions of greatest variance."""
    import gguf

    reader = gguf.GGUFReader(path)
    pieces = [one.ids for one in _piece_tokenizer(reader).encode_batch(list(tokens))]
    needed = sorted({i for ids in pieces for i in ids})
    table = next(one for one in reader.tensors if one.name == "token_embd.weight")
    rows = gguf.dequantize(np.asarray(table.data[needed]), table.tensor_type).astype(np.float32)
    rows -= rows.mean(axis=0)
    place = {piece: index for index, piece in enumerate(needed)}
    means = np.stack([rows[[place[i] for i in ids]].mean(axis=0) for ids in pieces])
    means -= means.mean(axis=0)
    _, directions = np.linalg.eigh(means.T @ means)
    return unit_rows(means @ directions[:, ::-1][:, :dimensions])


def unit_rows(vectors: NDArray[np.floating]) -> Vectors:
    """Scale rows to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)


def _subsampled(
    texts: Sequence[Ids], vocabulary: int, ignored: Ids, rng: np.random.Generator
) -> Iterator[Ids]:
    """Yield the texts as one stream, -1 between them, without ignored and some frequent tokens."""
    share = np.bincount(np.concatenate(texts), minlength=vocabulary) / sum(map(len, texts))
    keep = np.minimum(1.0, np.sqrt(3e-4 / np.maximum(share, 1e-12)))
    keep[ignored] = 0.0
    for ids in texts:
        yield ids[rng.random(len(ids)) < keep[ids]]


def _neighbours(texts: Iterator[Ids], vocabulary: int, window: int) -> sp.csr_matrix:
    """Count the neighbours of each token, symmetric, weighted by distance."""
    gap = np.full(window, -1, np.int64)
    stream = np.concatenate([part for ids in texts for part in (ids, gap)])
    total = sp.csr_matrix((vocabulary, vocabulary), dtype=np.float32)
    for distance in range(1, window + 1):
        left, right = stream[:-distance], stream[distance:]
        both = (left >= 0) & (right >= 0)
        weight = np.full(int(both.sum()), distance**-0.5, np.float32)
        total = total + sp.coo_matrix((weight, (left[both], right[both])), total.shape).tocsr()
    return (total + total.T).tocsr()


def _positive_pmi(counts: sp.csr_matrix) -> sp.csr_matrix:
    """Turn counts into positive pointwise mutual information, contexts smoothed with 0.75."""
    entries = counts.tocoo()
    rows = np.asarray(counts.sum(axis=1)).ravel()
    contexts = rows**0.75
    scale = contexts.sum() / (rows[entries.row] * contexts[entries.col])
    values = np.log(entries.data * scale)
    positive = values > 0
    where = (entries.row[positive], entries.col[positive])
    return sp.csr_matrix((values[positive].astype(np.float32), where), shape=counts.shape)


def _factor(
    matrix: sp.csr_matrix, dimensions: int, rng: np.random.Generator
) -> tuple[Vectors, Vectors]:
    """Return the first left singular vectors and values (Halko et al., 2011; 3 power steps)."""
    dimensions = min(dimensions, matrix.shape[0] - 1)
    start = rng.standard_normal((matrix.shape[1], dimensions + 20)).astype(np.float32)
    basis = matrix @ start
    for _ in range(3):
        basis, _ = np.linalg.qr(basis)
        basis = matrix @ (matrix.T @ basis)
    basis, _ = np.linalg.qr(basis)
    left, singular, _ = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    return (basis @ left)[:, :dimensions], singular[:dimensions]


def _word2vec(path: Path) -> Iterator[tuple[str, Vectors]]:
    """Yield the words and vectors of a file in word2vec's binary format."""
    data = path.read_bytes()
    head, at = data.split(b"\n", 1)[0], data.index(b"\n") + 1
    count, length = map(int, head.split())
    for _ in range(count):
        end = data.index(b" ", at)
        word = data[at:end].lstrip(b"\n").decode("utf-8", errors="replace")
        at = end + 1 + 4 * length
        yield word, np.frombuffer(data, "<f4", length, end + 1)


def _piece_tokenizer(reader: object) -> Tokenizer:
    """Rebuild a byte-level BPE tokenizer from a GGUF file's fields."""
    fields = reader.fields  # type: ignore[attr-defined]
    pieces = fields["tokenizer.ggml.tokens"].contents()
    merges = [tuple(one.split(" ")) for one in fields["tokenizer.ggml.merges"].contents()]
    tokenizer = Tokenizer(models.BPE({piece: i for i, piece in enumerate(pieces)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    return tokenizer
