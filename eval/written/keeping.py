"""What was answered, kept beside the rows (and not in git), so that it can be judged again by better rules."""

from __future__ import annotations

import pickle
from pathlib import Path

from eval.written.asking import Asked


class Keeper:
    """Holds answers under a folder, by system, question, model and version of what answers."""

    def __init__(self, folder: Path, system: str, model: str, version: str) -> None:
        self._folder = folder / system / f"{Path(model).name}-{version}"
        self._keeps = bool(version) and not version.endswith("+")

    def get(self, question_id: str) -> Asked | None:
        """Return what was answered before, if it was; never what changed files answered."""
        path = self._path(question_id)
        if not self._keeps or not path.is_file():
            return None
        asked = pickle.loads(path.read_bytes())  # written by this program, on this machine
        return asked if isinstance(asked, Asked) else None

    def put(self, question_id: str, asked: Asked) -> None:
        """Keep an answer."""
        if self._keeps:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._path(question_id).write_bytes(pickle.dumps(asked))

    def _path(self, question_id: str) -> Path:
        return self._folder / f"{question_id}.pickle"
