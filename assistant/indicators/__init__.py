"""A document's indicator values: lexicon, extraction, comparison."""

from assistant.indicators.compare import (
    CityValues,
    Comparison,
    Difference,
    Obstacle,
    ahead,
    bare_scope,
    change,
    compare,
    difference,
    shared_indicators,
)
from assistant.indicators.extract import extract
from assistant.indicators.lexicon import Entry, Lexicon, find_indicators
from assistant.indicators.matrix import (
    Coverage,
    Matrix,
    MatrixCell,
    MatrixRow,
    Standing,
    build_matrix,
)

__all__ = [
    "CityValues",
    "Comparison",
    "Coverage",
    "Difference",
    "Entry",
    "Lexicon",
    "Matrix",
    "MatrixCell",
    "MatrixRow",
    "Obstacle",
    "Standing",
    "ahead",
    "bare_scope",
    "build_matrix",
    "change",
    "compare",
    "difference",
    "extract",
    "find_indicators",
    "shared_indicators",
]
