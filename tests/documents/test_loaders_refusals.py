"""What cannot be read is named with its reason and what to do, and nothing else is raised."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_maker import PdfPage, make_pdf

from assistant.documents.loaded import Loaded
from assistant.documents.loaders import SUFFIXES, load
from assistant.errors import UnreadableFileError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
WORDS = "临江市人民政府办公室关于印发实施方案的通知。"


def put(tmp_path: Path, name: str, content: bytes, max_bytes: int = 10_000_000) -> Loaded:
    path = tmp_path / name
    path.write_bytes(content)
    return load(path, max_bytes=max_bytes)


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph(WORDS)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def sheet() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = WORDS
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def pdf() -> bytes:
    page = PdfPage()
    page.flow(100, [WORDS])
    return make_pdf([page])


def packed(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()


def changed(package: bytes, name: str, old: bytes, new: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(buffer, "w") as after:
        for part in before.namelist():
            body = before.read(part)
            after.writestr(part, body.replace(old, new) if part == name else body)
    return buffer.getvalue()


ENTITY = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
BOMB = packed(**{"word/document.xml": b"<a/>", "word/media/a.bin": bytes(80_000_000)})
PROLOG = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"

CASES = [
    ("a.txt", pdf(), "内容却是PDF", ".pdf"),
    ("a.txt", word(), "Word", ".docx"),
    ("a.docx", sheet(), "Excel", ".xlsx"),
    ("a.docx", packed(**{"a.txt": b"x"}), "zip", "docx"),
    ("a.docx", packed(**{"ppt/presentation.xml": b"<a/>"}), "演示文稿", "转换"),
    ("a.pdf", WORDS.encode(), "纯文本", ".txt"),
    ("a.html", WORDS.encode(), "纯文本", ".txt"),
    ("a.txt", b"\xef\xbb\xbf <!DOCTYPE html><html><body>x</body></html>", "网页", ".html"),
    ("a.docx", OLE, "旧版", "另存为"),
    ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "加密", "密码"),
    ("a.doc", OLE, "不支持 .doc", ".docx"),
    ("a.csv", b"a,b", "不支持 .csv", ".xlsx"),
    ("a.exe", b"MZ", "不支持 .exe", "转换"),
    ("a", WORDS.encode(), "没有后缀", "后缀"),
    ("a.txt", b"", "空", "重新"),
    ("a.txt", b"\xef\xbb\xbf \r\n", "空", "重新"),
    ("a.md", "\u3000\u3000\n".encode(), "没有文字", "OCR"),
    ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "图片", "请"),
    ("a.txt", bytes(range(256)) * 4, "编码", "UTF-8"),
    ("a.txt", WORDS.encode("big5", "ignore"), "编码", "UTF-8"),
    ("a.txt", WORDS.encode()[:-1], "编码", "UTF-8"),
    ("a.docx", word()[:-200], "损坏", "下载完整"),
    ("a.docx", changed(word(), "word/document.xml", b"</w:body>", b""), "损坏", "另存"),
    ("a.docx", changed(word(), "word/document.xml", PROLOG, PROLOG + ENTITY), "DTD", "另存"),
    (
        "a.xlsx",
        changed(sheet(), "xl/workbook.xml", b"<workbook", ENTITY + b"<workbook"),
        "DTD",
        "另存",
    ),
    ("a.html", b"<!DOCTYPE html [<!ENTITY a 'b'>]><p>&a;</p>", "DTD", "另存"),
    ("a.docx", BOMB, "压缩炸弹", "拆分"),
    ("a.pdf", pdf()[:300], "请", "请"),
    ("a.html", b"<html><body><script>1</script></body></html>", "没有文字", "OCR"),
]


@pytest.mark.parametrize(
    ("name", "content", "reason", "remedy"),
    CASES,
    ids=[f"{at}-{case[0]}" for at, case in enumerate(CASES)],
)
def test_the_reason_and_the_remedy_are_named(
    tmp_path: Path, name: str, content: bytes, reason: str, remedy: str
) -> None:
    with pytest.raises(UnreadableFileError, match=reason) as raised:
        put(tmp_path, name, content, max_bytes=3_000_000)
    assert remedy in raised.value.remedy and raised.value.remedy.startswith("请")
    assert not raised.value.reason.endswith("。") and not raised.value.remedy.endswith("。")


def test_the_size_limit_is_a_limit(tmp_path: Path) -> None:
    content = WORDS.encode()
    assert put(tmp_path, "a.txt", content, max_bytes=len(content)).text == WORDS
    with pytest.raises(UnreadableFileError, match="上限") as raised:
        put(tmp_path, "a.txt", content, max_bytes=len(content) - 1)
    assert "max_file_mb" in raised.value.remedy


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    for name in ("folder.txt", "missing.txt"):
        with pytest.raises(UnreadableFileError, match="不存在"):
            load(tmp_path / name, max_bytes=1000)


def test_a_hostile_name_is_only_a_name(tmp_path: Path) -> None:
    name = "$(touch x); `id` %s {0} <b>\u202etxt.txt"
    assert put(tmp_path, name, WORDS.encode()).text == WORDS
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_deep_nesting_in_word_is_read_or_refused(tmp_path: Path) -> None:
    opened = b"<w:sdt><w:sdtContent>" * 3000
    closed = b"</w:sdtContent></w:sdt>" * 3000
    deep = changed(word(), "word/document.xml", b"<w:p>", opened + b"<w:p>")
    deep = changed(deep, "word/document.xml", b"</w:p>", b"</w:p>" + closed)
    with pytest.raises(UnreadableFileError):
        put(tmp_path, "a.docx", deep)


SOUND = [("a.docx", word()), ("a.xlsx", sheet()), ("a.pdf", pdf())]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    sound=st.sampled_from(SOUND),
    at=st.integers(0, 20_000),
    new=st.binary(max_size=8),
    cut=st.booleans(),
)
def test_damaged_files_raise_nothing_else(
    tmp_path: Path, sound: tuple[str, bytes], at: int, new: bytes, cut: bool
) -> None:
    name, content = sound
    at %= len(content)
    damaged = content[:at] + new + (b"" if cut else content[at + len(new) :])
    try:
        assert put(tmp_path, name, damaged).text.strip()
    except UnreadableFileError as error:
        assert error.reason and error.remedy.startswith("请")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(suffix=st.sampled_from(SUFFIXES), content=st.binary(max_size=400))
def test_any_bytes_under_any_suffix(tmp_path: Path, suffix: str, content: bytes) -> None:
    try:
        assert put(tmp_path, "a" + suffix, content).text.strip()
    except UnreadableFileError as error:
        assert error.reason and error.remedy.startswith("请")


def test_importing_the_loaders_imports_no_format_library() -> None:
    script = (
        "import sys, assistant.documents.loaders\n"
        "heavy = {'pdfplumber', 'pdfminer', 'trafilatura', 'docx', 'openpyxl', 'lxml', 'pypdfium2'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
