"""Contrastive training of token vectors: a question near its passage, far from the others'."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch.nn import functional

from assistant.embedding.hard import HardPair
from assistant.embedding.pairs import IdPair, Ids
from assistant.embedding.static import Vectors

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the training needs to know.

    ``mix`` weighs the kinds of pairs; every batch is of one kind, so that its other passages are
    like the right one. ``hard`` is the weight of batches with a hard negative for each question.
    """

    steps: int
    batch: int
    rate: float
    temperature: float
    mix: Mapping[str, float]
    hard: float
    warm_up: int = 20


def train_vectors(
    start: Vectors,
    makers: Mapping[str, Callable[[], IdPair]],
    hard_pairs: Sequence[HardPair],
    recipe: Recipe,
    *,
    rng: Random,
    report: Report,
) -> Vectors:
    """Train the token vectors ``start`` and return them; the same seed gives the same vectors."""
    torch.set_num_threads(1)
    torch.manual_seed(rng.randrange(2**31))
    table = torch.nn.EmbeddingBag.from_pretrained(
        torch.from_numpy(start.copy()), freeze=False, mode="sum", sparse=True
    )
    optimiser = torch.optim.SparseAdam(list(table.parameters()), lr=recipe.rate)
    mean_loss = 0.0
    for step in range(recipe.steps):
        _set_rate(optimiser, recipe, step)
        loss = _loss(table, _batch(makers, hard_pairs, recipe, rng), recipe.temperature)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()  # type: ignore[no-untyped-call]
        now = float(loss.detach())
        mean_loss = 0.95 * mean_loss + 0.05 * now if step else now
        if (step + 1) % 50 == 0:
            report(f"step {step + 1} of {recipe.steps}: loss {mean_loss:.3f}")
    return np.asarray(table.weight.detach().numpy(), np.float32)


def _set_rate(optimiser: torch.optim.Optimizer, recipe: Recipe, step: int) -> None:
    """Warm up, then fall to 0 in a straight line."""
    share = min(1.0, (step + 1) / recipe.warm_up) * (1 - step / recipe.steps)
    for group in optimiser.param_groups:
        group["lr"] = recipe.rate * share


def _batch(
    makers: Mapping[str, Callable[[], IdPair]],
    hard_pairs: Sequence[HardPair],
    recipe: Recipe,
    rng: Random,
) -> tuple[list[Ids], list[Ids]]:
    """Draw one batch: questions, and passages in their order with any hard negatives after them."""
    kinds = [kind for kind in recipe.mix if kind in makers]
    weights = [recipe.mix[kind] for kind in kinds]
    if hard_pairs:
        kinds, weights = [*kinds, ""], [*weights, recipe.hard]
    kind = rng.choices(kinds, weights)[0]
    if not kind:
        drawn = [rng.choice(hard_pairs) for _ in range(recipe.batch)]
        return [one[0] for one in drawn], [one[1] for one in drawn] + [one[2] for one in drawn]
    pairs = [makers[kind]() for _ in range(recipe.batch)]
    return [question for question, _ in pairs], [passage for _, passage in pairs]


def _loss(
    table: torch.nn.EmbeddingBag, batch: tuple[list[Ids], list[Ids]], temperature: float
) -> torch.Tensor:
    """InfoNCE (van den Oord et al., 2018), question to passage and, at half weight, back."""
    questions, passages = (functional.normalize(_bag(table, side), dim=1) for side in batch)
    scores = questions @ passages.T / temperature
    right = torch.arange(len(questions))
    back = scores[:, : len(questions)].T
    forward = functional.cross_entropy(scores, right)
    return forward + 0.5 * functional.cross_entropy(back, right)


def _bag(table: torch.nn.EmbeddingBag, texts: Sequence[Ids]) -> torch.Tensor:
    """Add up the token vectors of each text."""
    starts = np.cumsum([0, *(len(ids) for ids in texts[:-1])])
    ids = torch.from_numpy(np.concatenate(texts))
    return torch.as_tensor(table(ids, torch.from_numpy(starts)))
