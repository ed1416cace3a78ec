"""A file becomes its stored text: one module a format behind one function.

Nothing in a file's name or content is run, and nothing that it refers to is fetched.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from assistant.documents.loaded import Loaded
from assistant.documents.loaders import sniff
from assistant.errors import UnreadableFileError

__all__ = ["SUFFIXES", "load"]

SUFFIXES = tuple(sniff.FORMATS)


def load(path: Path, *, max_bytes: int) -> Loaded:
    """Load a file of any format that we read.

    Raises UnreadableFileError, with the reason and what to do, where the file cannot be opened, is
    empty, larger than ``max_bytes``, encrypted, damaged, without text, or not what its suffix says.
    """
    named = sniff.format_of(path)
    content = _read(path, max_bytes)
    sniff.check_content(path, content, named)
    loaded = _load(path, content, named, max_bytes)
    if not loaded.text.strip():
        raise UnreadableFileError(
            path, "文件里没有文字（可能只有图片）", "请先做文字识别（OCR），再放入带文字的文件"
        )
    return loaded


def _read(path: Path, max_bytes: int) -> bytes:
    """Read at most ``max_bytes``; what the file system says of the size is not believed."""
    try:
        if not path.is_file():
            raise UnreadableFileError(path, "文件不存在，或不是普通文件", "请检查路径")
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise UnreadableFileError(
            path, f"文件打不开（{_trouble(error)}）", "请检查文件权限，并关闭占用它的程序"
        ) from error
    if len(content) > max_bytes:
        raise UnreadableFileError(
            path,
            f"文件超过大小上限 {max_bytes / 1_000_000:.4g} MB",
            "请拆分文件，或调大设置 max_file_mb",
        )
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFileError(path, "文件是空的", "请确认文件下载完整后重新放入")
    return content


def _trouble(error: OSError) -> str:
    return "没有权限" if isinstance(error, PermissionError) else error.strerror or str(error)


def _load(path: Path, content: bytes, named: str, max_bytes: int) -> Loaded:
    """Hand the content to its format's module, which is imported at first use.

    The libraries that read the formats meet files that their authors never saw; whatever they raise
    is that file's fault and must not stop the others.
    """
    module = import_module(f"{__name__}.{_MODULES[named]}")
    try:
        loaded: Loaded = module.load(path, content, max_bytes=max_bytes)
    except UnreadableFileError:
        raise
    except Exception as error:
        raise UnreadableFileError(
            path,
            f"文件内容无法解析（{type(error).__name__}）",
            "请用相应的软件打开检查，另存一份后重新放入",
        ) from error
    return loaded


_MODULES = {
    sniff.TEXT: "plain",
    sniff.MARKDOWN: "plain",
    sniff.HTML: "web",
    sniff.WORD: "word",
    sniff.PDF: "pdf",
    sniff.SHEET: "sheet",
}
