"""Batch files: one JSON object a line; a bad row is reported in its place and stops nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, QuestionError


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One row: its id (as given, else its line number), text, earlier turns, or what is wrong."""

    id: str | int | None
    text: str = ""
    history: tuple[str, ...] = ()
    error: str = ""


def read_rows(path: Path, *, key: str) -> Iterator[BatchRow]:
    """Yield a row for every line that is not blank; ``-`` reads standard input.

    ``key`` names the field with the text (``question`` or ``query``). Raises AssistantError where
    the file itself cannot be read.
    """
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            yield _row(line, number, key)


def _lines(path: Path) -> list[str]:
    named = "标准输入" if str(path) == "-" else f"批量文件「{path}」"
    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return content.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise AssistantError(f"无法打开{named}：{error.strerror}。请检查路径。") from error
    except UnicodeDecodeError as error:
        raise AssistantError(f"{named}不是 UTF-8 编码。请转换为 UTF-8 后重试。") from error


def _row(line: str, number: int, key: str) -> BatchRow:
    try:
        return _row_of(json.loads(line), number, key)
    except ValueError as error:
        return BatchRow(None, error=f"第 {number} 行不是有效的 JSON：{error}")
    except RecursionError:
        return BatchRow(None, error=f"第 {number} 行嵌套过深。每行应为一个简单的 JSON 对象")


def _row_of(given: Any, number: int, key: str) -> BatchRow:
    if not isinstance(given, dict):
        return BatchRow(None, error=f"第 {number} 行应为一个 JSON 对象")
    row_id = given.get("id")
    if not isinstance(row_id, str | int | None):
        return BatchRow(str(row_id), error=f"第 {number} 行的 id 应为字符串或整数")
    try:
        return BatchRow(row_id, _text(given, key, number), _history(given, number))
    except QuestionError as error:
        return BatchRow(row_id, error=str(error))


def _text(given: dict[str, Any], key: str, number: int) -> str:
    text = given.get(key)
    if isinstance(text, str) and text.strip():
        return text
    raise QuestionError(f"第 {number} 行缺少 {key}，或其内容不是文字")


def _history(given: dict[str, Any], number: int) -> tuple[str, ...]:
    history = given.get("history") or []
    if isinstance(history, list) and all(isinstance(turn, str) for turn in history):
        return tuple(history)
    raise QuestionError(f"第 {number} 行的 history 应为字符串的列表")
