"""The corpus catalogue: what a file cannot say of itself, by file name.

A TOML file with one table a file, all keys optional::

    ["some-notice-2023.txt"]
    title = "……的通知"
    kind = "通知"          # one of DocumentKind
    issuer = "某某市人民政府办公室"
    city = "某某"          # short name; a final 市 is dropped
    number = "某政办发〔2023〕1号"
    signed = 2023-10-16    # 成文
    printed = 2023-10-18   # 印发
    published = 2023-10-25 # 发布
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableFileError
from assistant.types import DocumentKind

_REMEDY = "请按 corpus/README.md 改正"


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """What is known of one file; empty or None where the file says it itself."""

    title: str = ""
    kind: DocumentKind | None = None
    issuer: str = ""
    city: str = ""
    number: str = ""
    signed: date | None = None
    printed: date | None = None
    published: date | None = None


def read_catalog(path: Path) -> Mapping[str, CatalogEntry]:
    """Read the catalogue: entries by file name.

    Raises UnreadableFileError naming the entry and the key where something is wrong with it.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnreadableFileError(path, "目录文件打不开", "请检查路径与权限") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(path, "不是 UTF-8 编码", "请另存为 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadableFileError(path, f"不是正确的 TOML（{error}）", _REMEDY) from error
    return {name: _entry(path, name, fields) for name, fields in written.items()}


def _entry(path: Path, name: str, fields: Any) -> CatalogEntry:
    if not isinstance(fields, dict):
        raise UnreadableFileError(path, f'「{name}」应为一节 ["{name}"]', _REMEDY)
    if "." not in name:
        raise UnreadableFileError(
            path, f"「{name}」不是文件名", '请给文件名加上引号与后缀，如 ["通知.txt"]'
        )
    unknown = [key for key in fields if key not in _READERS]
    if unknown:
        reason = f"「{name}」中有不认识的项 {'、'.join(unknown)}"
        raise UnreadableFileError(path, reason, f"可用的项是 {'、'.join(_READERS)}")
    known: dict[str, Any] = {key: _READERS[key](path, name, key, fields[key]) for key in fields}
    return CatalogEntry(**known)


def _words(path: Path, name: str, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise UnreadableFileError(path, f"「{name}」的 {key} 应为带引号的文字", _REMEDY)
    return value.strip()


def _city(path: Path, name: str, key: str, value: Any) -> str:
    city = _words(path, name, key, value)
    return city.removesuffix("市") if len(city) > 2 else city


def _date(path: Path, name: str, key: str, value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise UnreadableFileError(
            path, f"「{name}」的 {key} 应为日期", "请写成不带引号的日期，如 2023-10-16"
        )
    return value


def _kind(path: Path, name: str, key: str, value: Any) -> DocumentKind:
    try:
        return DocumentKind(value)
    except ValueError as error:
        kinds = "、".join(DocumentKind)
        reason = f"「{name}」的 {key}「{value}」不认识"
        raise UnreadableFileError(path, reason, f"请用其中之一：{kinds}") from error


_READERS: dict[str, Callable[[Path, str, str, Any], Any]] = {
    "title": _words,
    "kind": _kind,
    "issuer": _words,
    "city": _city,
    "number": _words,
    "signed": _date,
    "printed": _date,
    "published": _date,
}
