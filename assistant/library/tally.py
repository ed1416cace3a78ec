"""Count what an index run does to files, and tell whoever watches."""

from __future__ import annotations

import time

from assistant.library.reports import IndexProgress, IndexReport, ProgressCallback, SkippedFile


class Tally:
    """The run's counts; ``done`` of ``total`` files."""

    def __init__(self, progress: ProgressCallback | None) -> None:
        self._started, self._progress = time.monotonic(), progress
        self._counts = {"added": 0, "changed": 0, "unchanged": 0, "removed": 0}
        self._skipped: list[SkippedFile] = []
        self.done = self.total = 0
        self.corpus_left_out = False

    def tell(self, source: str, outcome: str) -> None:
        """Tell the watcher, after the outcome is durable."""
        if self._progress is not None:
            self._progress(IndexProgress(self.done, self.total, source, outcome))

    def count(self, source: str, outcome: str) -> None:
        """Count an outcome and tell it."""
        self._counts[outcome] += 1
        self.tell(source, outcome)

    def unchanged(self, files: int) -> None:
        """Count files that were not looked at."""
        self._counts["unchanged"] += files

    def skip(self, *files: SkippedFile) -> None:
        """Note files that gave no document."""
        self._skipped.extend(files)

    def report(self, passages: int) -> IndexReport:
        """Sum up; ``passages`` are now in the library."""
        seconds = time.monotonic() - self._started
        skipped = tuple(self._skipped)
        return IndexReport(
            **self._counts,
            skipped=skipped,
            passages=passages,
            seconds=seconds,
            corpus_left_out=self.corpus_left_out,
        )
