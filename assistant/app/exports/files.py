"""Files to take away: which kinds there are, and writing one."""

from __future__ import annotations

from pathlib import Path

from assistant.app.exports.report import Report
from assistant.errors import AssistantError

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
"""The kinds of file, by the name's ending."""
KIND_NAMES = {".docx": "Word", ".md": "Markdown", ".txt": "纯文本"}


def require_ending(ending: str) -> str:
    """Return the ending in lower case; raises AssistantError where there is no such kind of file."""
    known = ending.lower()
    if known not in MEDIA_TYPES:
        named = f"「{ending}」文件" if ending else "没有扩展名的文件"
        raise AssistantError(f"不能写成{named}。可用：{'、'.join(MEDIA_TYPES)}。")
    return known


def report_bytes(report: Report, ending: str) -> bytes:
    """Write the report as ``.docx``, ``.md`` or ``.txt``; raises AssistantError for another ending."""
    known = require_ending(ending)
    if known == ".docx":
        from assistant.app.exports.report_word import report_docx

        return report_docx(report)
    from assistant.app.exports.report_text import report_markdown, report_plain

    written = report_markdown(report) if known == ".md" else report_plain(report)
    return written.encode("utf-8", errors="replace")


def write_file(path: Path, content: bytes) -> None:
    """Write a file that the user named; raises AssistantError that says what to look at."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise AssistantError(
            f"无法写入「{path}」（{error.strerror}）。请检查文件夹是否存在、文件是否被打开。"
        ) from error
