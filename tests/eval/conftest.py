"""Fixtures of the evaluation's tests; the repository's root is where ``eval`` is imported from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from memory_shelf import GUANGYUAN, HUZHOU, MemoryShelf, implementation_plan

ROOT = Path(__file__).parents[2]
for folder in (ROOT, ROOT / "tests" / "answering"):  # eval itself, and the tests' model server
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))


@pytest.fixture
def shelf() -> MemoryShelf:
    """Two plans of two cities that set the same indicators."""
    return MemoryShelf(
        implementation_plan("gy", "广元", GUANGYUAN), implementation_plan("hz", "湖州", HUZHOU)
    )
