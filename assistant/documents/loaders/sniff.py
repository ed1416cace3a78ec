"""What a file is by its content, and whether its suffix says so."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from assistant.errors import UnreadableFileError

TEXT, MARKDOWN, HTML, WORD, PDF, SHEET = "txt", "md", "html", "docx", "pdf", "xlsx"

FORMATS = {
    ".txt": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".docx": WORD,
    ".pdf": PDF,
    ".xlsx": SHEET,
}

_NAMES = {
    PDF: "PDF",
    WORD: "Word 文档（docx）",
    SHEET: "Excel 工作簿（xlsx）",
    HTML: "网页",
    TEXT: "纯文本",
}
_REMEDIES = {
    ".doc": "请用 Word 或 WPS 另存为 .docx 后重新放入",
    ".wps": "请用 WPS 另存为 .docx 后重新放入",
    ".rtf": "请用 Word 或 WPS 另存为 .docx 后重新放入",
    ".odt": "请用 Word 或 WPS 另存为 .docx 后重新放入",
    ".docm": "请用 Word 或 WPS 另存为 .docx 后重新放入",
    ".xls": "请用 Excel 或 WPS 另存为 .xlsx 后重新放入",
    ".et": "请用 WPS 另存为 .xlsx 后重新放入",
    ".csv": "请用 Excel 或 WPS 另存为 .xlsx 后重新放入",
    ".xlsm": "请用 Excel 或 WPS 另存为 .xlsx 后重新放入",
    ".ofd": "请用 OFD 阅读器导出为带文字的 PDF 后重新放入",
    ".zip": "请解压后放入其中的文件",
    ".rar": "请解压后放入其中的文件",
    ".7z": "请解压后放入其中的文件",
}
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_TAG = re.compile(rb"<\s*/?\s*[a-zA-Z!]")


def format_of(path: Path) -> str:
    """Return the format that the suffix names. Raises UnreadableFileError for one we do not read."""
    suffix = path.suffix.lower()
    if suffix in FORMATS:
        return FORMATS[suffix]
    if suffix:
        remedy = _REMEDIES.get(suffix, "请转换为 txt、md、html、docx、pdf 或 xlsx 后重新放入")
        raise UnreadableFileError(path, f"不支持 {suffix} 格式的文件", remedy)
    raise UnreadableFileError(path, "文件没有后缀，无法判断格式", "请按文件的实际格式补上后缀")


def check_content(path: Path, content: bytes, named: str) -> None:
    """Raise UnreadableFileError where the content is not of the format that the suffix names."""
    if content.startswith(_OLE):
        _refuse_ole(path, content)
    found = _found(content)
    if named == HTML and found == TEXT and _TAG.search(content.replace(b"\x00", b"")):
        return
    plain = named in (TEXT, MARKDOWN)
    if found == named or (plain and found == TEXT) or (named == MARKDOWN and found == HTML):
        return
    if found in _NAMES:
        suffix = {TEXT: ".txt"}.get(found, f".{found}")
        raise UnreadableFileError(
            path,
            f"后缀是 {path.suffix}，内容却是{_NAMES[found]}",
            f"请把后缀改为 {suffix} 后重新放入",
        )
    raise UnreadableFileError(
        path,
        f"后缀是 {path.suffix}，内容却是{found}",
        "请确认文件下载完整，并转换为 txt、md、html、docx、pdf 或 xlsx",
    )


def _found(content: bytes) -> str:
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"PK"):
        return _found_in_zip(content)
    if content.startswith(_IMAGES):
        return "图片"
    if content.startswith(b"{\\rtf"):
        return "RTF 文档"
    if content.startswith((b"Rar!", b"7z\xbc\xaf")):
        return "压缩包"
    if _WEB_PAGE.match(content[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")):
        return HTML
    return TEXT


def _found_in_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return "损坏的压缩包"
    if any(name.startswith("word/") for name in names):
        return WORD
    if any(name.startswith("xl/") for name in names):
        return SHEET
    if any(name.startswith("ppt/") for name in names):
        return "演示文稿（PowerPoint）"
    return "普通的压缩包（zip）"


def _refuse_ole(path: Path, content: bytes) -> None:
    if _ENCRYPTED in content:
        raise UnreadableFileError(
            path, "文件已加密", "请用 Word、Excel 或 WPS 去掉打开密码后重新放入"
        )
    raise UnreadableFileError(
        path,
        "内容是旧版 Office 文件（doc、xls 或 wps）",
        "请用 Word、Excel 或 WPS 另存为 .docx 或 .xlsx 后重新放入",
    )
