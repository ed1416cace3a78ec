"""Keep Chroma in step with the catalogue, from a process of its own.

Chroma's writes hold the interpreter's lock, so they would stall a page that is streaming an answer;
in a child they stall nobody, and use the second core. The child reads new passages from the catalogue
while the parent parses; when the parent says so it finishes, checks itself and reports, and only then
does the parent point the catalogue at the result. A child whose parent dies ends at once.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from assistant.errors import LibraryError
from assistant.library import chroma
from assistant.library.catalogue_writer import CatalogueWriter
from assistant.library.secrets import without_secrets
from assistant.library.state import NOTHING, Derived, State
from assistant.settings import Settings

log = logging.getLogger(__name__)
DAMAGED = ".damaged"
_SPACE_VERSION = "1"  # raise when Chroma's own settings change


def made_with(embedder: str, settings: Settings) -> str:
    """Name what a Chroma index depends on besides passages."""
    where = without_secrets(settings.chroma_url) if settings.chroma_url else "embedded"
    return f"{_SPACE_VERSION}|{where}|{embedder}"


class ChromaFeed:
    """The parent's handle on the child that writes Chroma."""

    def __init__(
        self, directory: Path, catalogue: CatalogueWriter, embedder: str, settings: Settings
    ) -> None:
        self._directory, self._catalogue, self._settings = directory, catalogue, settings
        self._embedder = embedder
        self._folder = directory / chroma.FOLDER
        self._child: subprocess.Popen[bytes] | None = None
        self._location = ""

    def in_step(self, state: State) -> bool:
        """Say whether Chroma holds what the catalogue holds, as far as bookkeeping knows."""
        known = state.chroma
        if known.generation != state.generation or known.made_with != self._made_with:
            return False
        if (self._folder / f"{known.location}{DAMAGED}").exists():
            return False
        return self._is_there(known)

    @property
    def _made_with(self) -> str:
        return made_with(self._embedder, self._settings)

    def behind(self) -> int:
        """Count the passages that Chroma lacks or has too many; all, where it cannot be used."""
        state = self._catalogue.state()
        if self.in_step(state):
            return 0
        base = self._usable_base()
        if not base.location or not self._is_there(base):
            return self._catalogue.count_passages() + 1
        sql = "SELECT (SELECT count(*) FROM passages WHERE key > ?) + (SELECT count(*) FROM gone)"
        return int(self._catalogue.connection.execute(sql, (base.through,)).fetchone()[0])

    def _is_there(self, known: Derived) -> bool:
        return bool(self._settings.chroma_url) or (self._folder / known.location).is_dir()

    def start(self) -> None:
        """Start the child, if it is not running: it opens Chroma while the parent works."""
        if self._child is None:
            self._launch(self._usable_base())

    def more(self) -> None:
        """Tell the child that the catalogue has more passages."""
        if self._child is not None and self._child.poll() is None:
            self._send({"do": "feed"})

    def finish(self, *, compare_ids: bool = False) -> None:
        """Wait until Chroma is in step, switch the catalogue to it, delete older snapshots.

        A child that fails is tried once more with an empty index. Raises LibraryError.
        """
        self.start()
        reply = self._reply(compare_ids)
        if "error" in reply and not reply.get("hopeless"):
            log.warning("向量库无法更新（%s），从目录重建", reply["error"])
            self._launch(NOTHING)
            reply = self._reply(compare_ids)
        if "error" in reply:
            raise LibraryError(
                f"文档已保存，但向量库未能更新：{reply['error']} 排除后请再次运行 assistant index。"
            )
        self._switch(reply)

    def close(self) -> None:
        """End the child, if it is still there."""
        if self._child is None:
            return
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()
        self._child = None

    # --- the child -----------------------------------------------------------------------------

    def _usable_base(self) -> Derived:
        known = self._catalogue.state().chroma
        damaged = (self._folder / f"{known.location}{DAMAGED}").exists()
        if known.made_with == self._made_with and not damaged:
            return known
        return NOTHING

    def _launch(self, base: Derived) -> None:
        self.close()
        url = self._settings.chroma_url
        library_id = self._catalogue.meta("library_id", "library")
        in_place = bool(url and base.location)
        self._location = base.location if in_place else chroma.new_location(library_id, url=url)
        self._folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "assistant.library.feed_worker"]
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
        )
        order = {
            "directory": str(self._directory),
            "base": base.location,
            "through": base.through,
            "location": self._location,
            "replaces": "" if in_place else self._catalogue.state().chroma.location,
            "url": url,
            "embedder": self._embedder,
        }
        self._send(order)

    def _send(self, message: dict[str, Any]) -> None:
        assert self._child is not None
        pipe: IO[bytes] | None = self._child.stdin
        assert pipe is not None
        try:
            pipe.write(json.dumps(message).encode() + b"\n")
            pipe.flush()
        except BrokenPipeError:
            return  # the child is gone; finish() sees it and starts another

    def _reply(self, compare_ids: bool) -> dict[str, Any]:
        """Ask the child to finish; what it found, or ``error``."""
        self._send({"do": "finish", "compare_ids": compare_ids})
        assert self._child is not None and self._child.stdout is not None
        line = self._child.stdout.readline()
        try:
            reply: dict[str, Any] = json.loads(line)
        except ValueError:
            return {"error": f"写入进程意外结束（{self._child.wait()}）。"}
        return reply

    def _switch(self, reply: dict[str, Any]) -> None:
        previous = self._catalogue.state().chroma
        generation = self._catalogue.state().generation
        fresh = Derived(
            self._location, self._made_with, generation, reply["through"], reply["passages"]
        )
        self._catalogue.set_derived("chroma", fresh)
        self.close()
        chroma.sweep(self._folder, {self._location, previous.location})


def _environment() -> dict[str, str]:
    """The child's environment: it finds this package where this process found it."""
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "ANONYMIZED_TELEMETRY": "False"}
