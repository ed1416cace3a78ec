"""Files that readers send: safe names, free places."""

from __future__ import annotations

import filecmp
import itertools
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
MAX_NAME_BYTES = 180
"""Well below the 255 bytes that file systems take, with room for a number."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a reader sent: where it lies, and its name as the reader knows it."""

    path: Path
    name: str


def keep(folder: Path, uploads: Sequence[Upload]) -> tuple[Path, ...]:
    """Copy the uploads into ``folder`` under their own names; returns the copies in order.

    A name that another file has gets a number, so that no upload replaces another document; the
    same bytes under the same name are not kept twice.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_keep(folder, upload) for upload in uploads)


def _keep(folder: Path, upload: Upload) -> Path:
    place = free_place(folder, safe_name(upload.name), upload.path)
    if not place.exists():
        shutil.copyfile(upload.path, place)
    return place


def safe_name(name: str) -> str:
    """Return the file's own name without folders and characters that file systems refuse."""
    base = _UNSAFE.sub("_", re.split(r"[/\\]", name)[-1]).strip(". ")
    suffix = Path(base).suffix[:20]
    stem = base.removesuffix(suffix).encode("utf-8")[:MAX_NAME_BYTES].decode("utf-8", "ignore")
    return f"{stem or '未命名'}{suffix}"


def free_place(folder: Path, name: str, incoming: Path) -> Path:
    """Find where ``incoming`` goes: the first numbered name that is free or has the same bytes."""
    for number in itertools.count(1):
        stem, suffix = Path(name).stem, Path(name).suffix
        place = folder / (name if number == 1 else f"{stem}（{number}）{suffix}")
        if not place.exists() or filecmp.cmp(place, incoming, shallow=False):
            return place
    raise AssertionError("counting never ends")
