"""The corpus catalogue: entries by file name, mistakes named."""

from datetime import date
from pathlib import Path

import pytest

from assistant.documents.catalog import CatalogEntry, read_catalog
from assistant.errors import UnreadableFileError
from assistant.types import DocumentKind

ENTRY = """
["reply-2019.txt"]
title = "关于第12号提案答复的函"
kind = "答复"
issuer = "临江市卫生健康委员会"
city = "临江市"
number = "临卫函〔2019〕12号"
signed = 2019-05-16
published = 2019-06-01

["plan.docx"]
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "catalog.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_entries_are_read_by_file_name(tmp_path: Path) -> None:
    entries = read_catalog(write(tmp_path, ENTRY))
    assert entries["plan.docx"] == CatalogEntry()
    assert entries["reply-2019.txt"] == CatalogEntry(
        title="关于第12号提案答复的函",
        kind=DocumentKind.REPLY,
        issuer="临江市卫生健康委员会",
        city="临江",
        number="临卫函〔2019〕12号",
        signed=date(2019, 5, 16),
        published=date(2019, 6, 1),
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('["a.txt"]\nauthor = "谁"', "author"),
        ('["a.txt"]\nkind = "指示"', "指示"),
        ('["a.txt"]\nsigned = "2019-05-16"', "signed"),
        ('["a.txt"]\ntitle = 5', "title"),
        ("[a.txt]\ntitle = '通知'", "文件名"),
        ('title = "通知"', "title"),
        ('["a.txt"\n', "TOML"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(UnreadableFileError, match=named) as raised:
        read_catalog(write(tmp_path, text))
    assert raised.value.remedy.startswith(("请", "可用"))


def test_a_missing_catalogue_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"catalog\.toml"):
        read_catalog(tmp_path / "catalog.toml")


def test_the_corpus_catalogue_names_files_of_the_corpus() -> None:
    corpus = Path(__file__).parents[2] / "corpus"
    path = corpus / "catalog.toml"
    if not path.is_file():
        pytest.skip("no catalogue in this checkout")
    names = {file.name for file in (corpus / "documents").rglob("*") if file.is_file()}
    assert set(read_catalog(path)) <= names
