"""Where a model's files lie, and what tells two versions of them apart."""

from __future__ import annotations

import hashlib
from pathlib import Path


def model_folder(model: str) -> Path | None:
    """Find the files of ``model``: its own folder, or the newest in the hub's cache on this machine.

    Asks no network and imports no torch; None where the files must be downloaded first.
    """
    if not model:
        return None
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    for name in (model, f"sentence-transformers/{model}"):
        try:
            found = try_to_load_from_cache(name, "config.json")
        except HFValidationError:
            continue
        if isinstance(found, str):
            return Path(found).parent
    return None


def folder_digest(folder: Path) -> str:
    """Tell two versions of a model folder apart by file names, sizes and small files' bytes."""
    digest = hashlib.sha256()
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}:{size};".encode())
        with path.open("rb") as file:
            digest.update(file.read(65536))
            file.seek(max(0, size - 65536))
            digest.update(file.read())
    return digest.hexdigest()[:12]
