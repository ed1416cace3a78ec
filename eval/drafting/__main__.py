"""``python -m eval.drafting``: draft every proposal, grade, and hold the gates."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from assistant.library import Library
from assistant.settings import load_settings
from eval.drafting.measure import Figures, load_cases, measure, reply_compared

COMPARED = "guangzhou-alliance"


def main() -> int:
    """Print the figures; returns 1 where a gate does not hold."""
    with tempfile.TemporaryDirectory(prefix="drafting-") as folder:
        settings = load_settings(library=Path(folder) / "library")
        Library.build(settings.library, settings)
        with Library.open(settings.library, settings) as library:
            figures = measure(library, load_cases())
            _show(figures)
            case = next(case for case in load_cases() if case.id == COMPARED)
            found, headings = reply_compared(library, case)
            print(f"the real reply's points, that reply taken out: {found} of {headings}")
    for broken in figures.broken():
        print(f"GATE LOST: {broken}", file=sys.stderr)
    return 1 if figures.broken() else 0


def _show(figures: Figures) -> None:
    for name, value in figures.shares().items():
        print(f"{name:<36} {value * 100:6.1f} %")
    print(f"{'slowest draft, ms':<36} {figures.slowest_ms:6.0f}")
    for wrong in figures.wrong:
        print(f"  {wrong}")


if __name__ == "__main__":
    sys.exit(main())
