"""Means with bootstrap intervals, and percentiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2000
SEED = 20261121


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over ``count`` questions with its 95 % interval (percentile bootstrap)."""

    mean: float
    low: float
    high: float
    count: int


def estimate(scores: Sequence[float], *, resamples: int = RESAMPLES, seed: int = SEED) -> Estimate:
    """Return the mean and its interval; NaN when there are no scores.

    The percentile bootstrap of Efron (1979), resampling questions.
    """
    if not scores:
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    values = np.asarray(scores, dtype=np.float64)
    draws = np.random.default_rng(seed).integers(0, len(values), (resamples, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), (2.5, 97.5))
    return Estimate(float(values.mean()), float(low), float(high), len(values))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` (0 to 1) of ``values`` lie; NaN when there are none."""
    return float(np.percentile(values, share * 100)) if values else float("nan")


def median(values: Sequence[float]) -> float:
    """Return the median; NaN when there are none."""
    return percentile(values, 0.5)
