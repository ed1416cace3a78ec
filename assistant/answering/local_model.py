"""A GGUF file as the language model: loaded into this process, asked over 127.0.0.1 only.

xllamacpp (the optional extra ``gguf``) serves a file with the same protocol as any other service, so
that nothing else need know where the model is.
"""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from assistant.errors import SettingsError

SUFFIX = ".gguf"
_MAGIC = b"GGUF"
_FRAME_TOKENS = 512  # what the chat template adds to a question's own tokens
_HOST = "127.0.0.1"
_ERRORS_ONLY = 1
_loading = Lock()


@dataclass(frozen=True, slots=True)
class Served:
    """Where a file is served, and the key without which nobody else on this machine may use it."""

    url: str
    key: str
    server: Any


def file_of(model: str) -> Path | None:
    """Return the file that the setting ``model`` names; None for the address of a service.

    Raises SettingsError when there is no such file, it is not GGUF, or the extra is not installed.
    """
    if not model.lower().endswith(SUFFIX) or "://" in model:
        return None
    path = Path(model).expanduser()
    if not path.is_file():
        raise SettingsError(f"找不到模型文件「{path}」。请检查设置 model。")
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise SettingsError(f"「{path.name}」不是 GGUF 模型文件。请换成 GGUF 格式的文件。")
    if find_spec("xllamacpp") is None:
        raise SettingsError(
            "运行本机的模型文件需要另装 xllamacpp。请运行 pip install 'cewen-assistant[gguf]'。"
        )
    return path.resolve()


def serve(path: Path, tokens: int) -> Served:
    """Load ``path`` once for the life of the process; ``tokens`` is what one question may use.

    Raises RuntimeError when the file does not load.
    """
    with _loading:
        return _serve(path, tokens)


@cache
def _serve(path: Path, tokens: int) -> Served:
    import xllamacpp

    key = secrets.token_urlsafe(16)
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.hostnames, parameters.port = [_HOST], _free_port()
    parameters.api_keys, parameters.ui = [key], False
    parameters.verbosity = _ERRORS_ONLY
    parameters.n_ctx, parameters.n_parallel = tokens + _FRAME_TOKENS, 1
    threads = max(1, os.cpu_count() or 1)
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(parameters)
    return Served(f"{server.listening_address}/v1", key, server)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])
