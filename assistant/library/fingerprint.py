"""What built a library: the versions and settings that its contents depend on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.errors import LibraryMismatchError
from assistant.library.schema import SCHEMA_VERSION
from assistant.settings import Settings

_SOURCES = frozenset({".py", ".toml", ".csv", ".txt", ".json"})
_NAMES = {
    "schema": "目录结构",
    "parser": "文档解析",
    "extractor": "指标抽取",
    "splitter": "段落长度",
    "embedder": "向量模型",
}


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One version string a part; equal fingerprints mean interchangeable contents."""

    schema: str
    parser: str
    extractor: str
    splitter: str
    embedder: str

    @property
    def short(self) -> str:
        """Sixteen hex digits that stand for all parts."""
        return hashlib.sha256("\x1f".join(self._values()).encode()).hexdigest()[:16]

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Name each part with its version, in a fixed order."""
        return tuple(zip(_NAMES, self._values(), strict=True))

    def _values(self) -> tuple[str, ...]:
        return tuple(getattr(self, name) for name in _NAMES)

    def to_text(self) -> str:
        """Write for the catalogue."""
        return json.dumps(dict(self.parts()), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Fingerprint:
        """Read what ``to_text`` wrote; parts that are missing are empty."""
        stored: dict[str, Any] = json.loads(text)
        return cls(**{name: str(stored.get(name, "")) for name in _NAMES})

    def differences(self, other: Fingerprint) -> tuple[str, ...]:
        """Name the parts that differ."""
        return tuple(name for name in _NAMES if getattr(self, name) != getattr(other, name))


NO_FINGERPRINT = Fingerprint("", "", "", "", "")  # of a library that is not begun


def current_fingerprint(settings: Settings) -> Fingerprint:
    """Say what an index built now would be built with; loads no model and no parser.

    Parser and extractor are named by a digest of their source, so that no change of theirs can be
    forgotten.
    """
    from assistant.library.embedders import identify

    return Fingerprint(
        schema=SCHEMA_VERSION,
        parser=_digest_of_rooms("text", "documents"),
        extractor=_digest_of_rooms("indicators"),
        splitter=str(settings.max_chars),
        embedder=identify(settings),
    )


@cache
def _digest_of_rooms(*rooms: str) -> str:
    """Digest the files of rooms of this package: code, lexicons, gazetteers."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for room in rooms:
        for path in sorted((package / room).rglob("*")):
            if path.is_file() and path.suffix in _SOURCES:
                digest.update(path.relative_to(package).as_posix().encode() + b"\0")
                digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:8]


def require_equal(built: Fingerprint, current: Fingerprint) -> None:
    """Raise LibraryMismatchError when the library was built under other settings."""
    if built == current:
        return
    different = built.differences(current)
    raise LibraryMismatchError(
        f"索引由 {_describe(built, different)} 建立，当前设置为 {_describe(current, different)}。"
        "请运行 assistant index。"
    )


def _describe(fingerprint: Fingerprint, names: tuple[str, ...]) -> str:
    return "、".join(f"{_NAMES[name]} {getattr(fingerprint, name) or '（无）'}" for name in names)
