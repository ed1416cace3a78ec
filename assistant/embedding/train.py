"""Train a static embedding model from plain files: ``python -m assistant.embedding.train``.

Vocabulary, first vectors, contrastive training, int8 weights: one command, one seed. MODEL_CARD.md
in the shipped model's folder gives the command that made it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.embedding.export import write_model
from assistant.embedding.initial import (
    cooccurrence_vectors,
    language_model_vectors,
    word2vec_vectors,
)
from assistant.embedding.pairs import (
    ENDINGS,
    Ids,
    Style,
    makers,
    token_ids,
    tokenise_pairs,
    tokenise_sections,
)
from assistant.embedding.reading import (
    Pair,
    Section,
    read_pairs,
    read_passages,
    read_sections,
    without,
)
from assistant.embedding.static import Vectors
from assistant.embedding.vocabulary import build_tokenizer, dictionary_words, simplifier

MIX = {"sentence": 2.0, "clause": 5.0, "heading": 2.0, "news": 1.0, "question": 2.0}
UNWEIGHTED = 7  # [UNK], five number classes, rare characters: rows of zeros
OPTIONS = ("dimensions", "steps", "batch", "seed", "mined", "hard", "least", "common")
COOCCURRENCE, LANGUAGE_MODEL = 300, 384  # columns
SIF = 3e-4  # a in a / (a + p), Arora et al. (2017)


@dataclass(frozen=True, slots=True)
class Material:
    """What a model is trained on: paths, each a file or a folder."""

    text: tuple[Path, ...]
    pairs: tuple[Path, ...] = ()
    exclude: tuple[Path, ...] = ()
    word_vectors: Path | None = None
    language_model: Path | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes and rates; the defaults made the shipped model."""

    dimensions: int = 384
    steps: int = 500
    batch: int = 512
    rate: float = 2e-3
    temperature: float = 0.06
    hard: float = 2.0
    mined: int = 20_000
    with_ending: float = 0.6
    dropped: float = 0.2
    least: int = 3
    common: int = 100
    seed: int = 0
    mix: dict[str, float] = field(default_factory=lambda: dict(MIX))


Report = Callable[[str], None]


def train(material: Material, plan: Plan, out: Path, *, report: Report) -> str:
    """Train a model and write it to ``out``, and its untrained start beside it as ``out``-start.

    Returns the model's name. Raises SettingsError for a path that cannot be read.
    """
    sections, pairs = _read(material, report)
    texts = [one.text for one in sections] + [text for one in pairs for text in _both(one)]
    texts = list(dict.fromkeys(texts))
    tokenizer = build_tokenizer(texts, dictionary_words(), least=plan.least, common=plan.common)
    report(f"vocabulary: {tokenizer.get_vocab_size()} tokens")
    start = _start(tokenizer, token_ids(tokenizer, texts), material, plan, report)
    write_model(out.with_name(f"{out.name}-start"), tokenizer, start, name="static-zh-start")
    vectors = _trained(tokenizer, start, sections, pairs, plan, report)
    return write_model(out, tokenizer, vectors, name="static-zh")


def _read(material: Material, report: Report) -> tuple[tuple[Section, ...], tuple[Pair, ...]]:
    """Read text and pairs, and leave out what shares its wording with the excluded texts."""
    normalise = simplifier().normalize_str
    excluded = read_passages(material.exclude)
    everything = read_sections(material.text)
    sections = without(everything, excluded, normalise)
    report(f"sections: {len(sections)}, left out: {len(everything) - len(sections)}")
    asked = read_pairs(material.pairs)
    pieces = [Section("", "", pair.passage) for pair in asked]
    allowed = {one.text for one in without(dict.fromkeys(pieces), excluded, normalise)}
    pairs = tuple(pair for pair in asked if pair.passage in allowed)
    report(f"pairs: {len(pairs)}, left out: {len(asked) - len(pairs)}")
    return sections, pairs


def _both(pair: Pair) -> tuple[str, str]:
    return pair.passage, pair.question


def _start(
    tokenizer: Tokenizer, texts: Sequence[Ids], material: Material, plan: Plan, report: Report
) -> Vectors:
    """Join the first vectors of all sources, weigh tokens by rarity, keep ``dimensions`` columns."""
    size = tokenizer.get_vocab_size()
    tokens = [tokenizer.id_to_token(index) or "" for index in range(size)]
    marks = np.arange(UNWEIGHTED)
    blocks = [
        cooccurrence_vectors(
            texts,
            vocabulary=size,
            ignored=marks,
            dimensions=min(COOCCURRENCE, 2 * plan.dimensions),
            seed=plan.seed,
        )
    ]
    report("co-occurrence vectors: done")
    if material.word_vectors:
        normalise = simplifier().normalize_str
        blocks.append(0.7 * word2vec_vectors(material.word_vectors, tokens, normalise))
        report("word vectors: done")
    if material.language_model:
        blocks.append(
            language_model_vectors(material.language_model, tokens, dimensions=LANGUAGE_MODEL)
        )
        report("language model's token vectors: done")
    return _weighted(np.hstack(blocks), _shares(texts, tokens), plan.dimensions)


def _shares(texts: Sequence[Ids], tokens: Sequence[str]) -> NDArray[np.float64]:
    """Estimate each token's share of running text: 0.7 training text, 0.3 general counts."""
    seen = np.bincount(np.concatenate(texts), minlength=len(tokens)).astype(float)
    words = dictionary_words()
    general = np.array([words.get(token, 0) for token in tokens], float)
    share = 0.7 * seen / seen.sum() + 0.3 * general / max(1.0, float(general.sum()))
    return np.asarray(share, np.float64)


def _weighted(vectors: Vectors, shares: NDArray[np.float64], dimensions: int) -> Vectors:
    """Centre, weigh by SIF, and keep the first principal directions; mean squared length 1."""
    centred = vectors - shares @ vectors / shares.sum()
    weights = SIF / (SIF + shares)
    weights[:UNWEIGHTED] = 0.0
    weighed = centred * weights[:, None]
    _, directions = np.linalg.eigh(weighed.T @ weighed)
    kept = weighed @ directions[:, ::-1][:, :dimensions]
    return np.asarray(kept / np.sqrt((kept**2).sum(axis=1).mean()), np.float32)


def _trained(
    tokenizer: Tokenizer,
    start: Vectors,
    sections: Sequence[Section],
    pairs: Sequence[Pair],
    plan: Plan,
    report: Report,
) -> Vectors:
    """Run the contrastive training over made and given pairs."""
    from assistant.embedding.contrast import Recipe, train_vectors
    from assistant.embedding.hard import with_hard_negatives

    rng = Random(plan.seed)
    cut = tokenise_sections(tokenizer, sections)
    given = tokenise_pairs(tokenizer, pairs)
    style = Style(tuple(token_ids(tokenizer, ENDINGS)), plan.with_ending, plan.dropped)
    draw = makers(cut, given, style, rng)
    kinds = [kind for kind in ("sentence", "clause") if kind in draw]
    made = [draw[rng.choice(kinds)]() for _ in range(plan.mined if plan.hard and kinds else 0)]
    passages = [one.whole for one in cut] + [passage for _, passage in given]
    pool = [*made, *given] if plan.hard else []
    hard = with_hard_negatives(pool, passages, vocabulary=len(start), rng=rng)
    report(f"pairs with a hard negative: {len(hard)}")
    recipe = Recipe(plan.steps, plan.batch, plan.rate, plan.temperature, plan.mix, plan.hard)
    vectors = train_vectors(start, draw, hard, recipe, rng=rng, report=report)
    vectors[:UNWEIGHTED] = 0.0
    return vectors


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m assistant.embedding.train", description=__doc__
    )
    many: dict[str, Any] = {"nargs": "+", "type": Path, "metavar": "PATH"}
    parser.add_argument("--text", required=True, help="files or folders of text", **many)
    parser.add_argument("--pairs", default=[], help="files with questions and passages", **many)
    parser.add_argument("--exclude", default=[], help="texts to keep out of the training", **many)
    parser.add_argument("--word-vectors", type=Path, help="vectors in word2vec's binary format")
    parser.add_argument("--language-model", type=Path, help="a GGUF file, for its token vectors")
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    for name in OPTIONS:
        default = getattr(Plan(), name)
        parser.add_argument(f"--{name}", type=type(default), default=default)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Train from the command line; 0, or 2 with one line on standard error for a wrong path."""
    from assistant.errors import AssistantError

    given = _parser().parse_args(arguments)
    material = Material(
        tuple(given.text),
        tuple(given.pairs),
        tuple(given.exclude),
        given.word_vectors,
        given.language_model,
    )
    plan = Plan(**{name: getattr(given, name) for name in OPTIONS})
    began = time.process_time()

    def report(line: str) -> None:
        print(f"{time.process_time() - began:6.0f} s  {line}", flush=True)

    try:
        name = train(material, plan, given.out, report=report)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"wrote {name} to {given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
