"""Office files are zip packages of XML: guards that run before any of it is parsed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableFileError

_MAX_PARTS = 20_000
_MAX_INFLATION = 20  # times max_bytes, in all
_MIN_INFLATED_BYTES = 64 * 1024 * 1024
_MAX_XML_BYTES = 256 * 1024 * 1024
_CHUNK_BYTES = 1024 * 1024
_OVERLAP_BYTES = 20
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main",
     b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
)  # fmt: skip


class Package:
    """A sound Office package, held in memory; nothing that it refers to outside is fetched."""

    def __init__(self, path: Path, content: bytes, *, max_bytes: int) -> None:
        """Check every part: its real size, its zip checksum, no document type, no password.

        What the zip says of sizes is not believed. Raises UnreadableFileError.
        """
        self.path, self._content = path, content
        allowance = max(_MAX_INFLATION * max_bytes, _MIN_INFLATED_BYTES)
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                self.names = frozenset(package.namelist())
                self._check(package, allowance)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise broken(path) from error
        except (NotImplementedError, RuntimeError) as error:
            raise UnreadableFileError(
                path, "文件已加密或用了不支持的压缩方式", "请去掉密码并另存后重新放入"
            ) from error

    def read(self, name: str) -> bytes:
        """Return a part's bytes, or none where there is no such part."""
        if name not in self.names:
            return b""
        with zipfile.ZipFile(io.BytesIO(self._content)) as package:
            return package.read(name)

    def xml(self, name: str) -> Any:
        """Return a part's root element, strict names as transitional ones, or None without a part.

        Raises UnreadableFileError where it is not well-formed.
        """
        from lxml import etree

        body = self.read(name)
        if not body:
            return None
        for strict, transitional in _STRICT:
            body = body.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            return etree.fromstring(body, parser)
        except etree.XMLSyntaxError as error:
            raise broken(self.path) from error

    def _check(self, package: zipfile.ZipFile, allowance: int) -> None:
        infos = package.infolist()
        if len(infos) > _MAX_PARTS:
            raise _too_large(self.path)
        xml_allowance = _MAX_XML_BYTES
        for info in infos:
            is_xml = info.filename.lower().endswith((".xml", ".rels"))
            tail = b""
            for chunk in _chunks(package, info):
                allowance -= len(chunk)
                xml_allowance -= len(chunk) * is_xml
                if allowance < 0 or xml_allowance < 0:
                    raise _too_large(self.path)
                if is_xml and _has_doctype(tail + chunk):
                    raise has_entities(self.path)
                tail = chunk[-_OVERLAP_BYTES:]


def broken(path: Path) -> UnreadableFileError:
    """Return the error for a package that is damaged or not what Office writes."""
    return UnreadableFileError(
        path, "文件已损坏或不完整", "请用 Word、Excel 或 WPS 打开并另存一份，或重新下载后再放入"
    )


def has_entities(path: Path) -> UnreadableFileError:
    """Return the error for a file that defines XML entities."""
    return UnreadableFileError(
        path, "文件内含不允许的实体定义（DTD）", "请用 Word、Excel、WPS 或浏览器另存一份后重新放入"
    )


def _chunks(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(info) as part:
        while chunk := part.read(_CHUNK_BYTES):
            yield chunk


def _has_doctype(body: bytes) -> bool:
    """Look for a document type in the bytes, UTF-16 included."""
    return bool(_DOCTYPE.search(body.replace(b"\x00", b"") if b"\x00" in body else body))


def _too_large(path: Path) -> UnreadableFileError:
    return UnreadableFileError(
        path, "文件解压后过大（可能是压缩炸弹）", "请拆分文件，或确认来源可靠后另存一份"
    )
