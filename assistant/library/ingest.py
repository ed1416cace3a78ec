"""A file becomes a document, passages, values and vectors, ready to be stored."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UnreadableFileError
from assistant.library.catalogue_writer import CatalogueWriter, IndexedPassage
from assistant.library.embedders import Embedder
from assistant.library.exact import to_blob
from assistant.library.wording import indexed_text
from assistant.settings import Settings
from assistant.types import Document, IndicatorValue, Passage

if TYPE_CHECKING:
    from assistant.documents.catalog import CatalogEntry

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with all that is stored of it but its vectors."""

    document: Document
    passages: tuple[Passage, ...]
    values: tuple[IndicatorValue, ...]


def prepare(path: Path, source: str, entry: CatalogEntry | None, settings: Settings) -> Prepared:
    """Load, parse, split and extract. Raises UnreadableFileError, also where a room fails on it."""
    from assistant import documents, indicators

    try:
        loaded = documents.load(path, max_bytes=settings.max_file_bytes)
        document = documents.parse(loaded, source=source, known=entry)
        passages = documents.split(document, max_chars=settings.max_chars)
        values = indicators.extract(document)
    except UnreadableFileError:
        raise
    except Exception as error:  # one file's trouble must not stop the others; it is reported
        log.exception("解析「%s」时出错", source)
        raise UnreadableFileError(
            path, f"解析时出错（{type(error).__name__}）", "请将此文件报告给维护者"
        ) from error
    _require(path, document, passages)
    return Prepared(document, passages, values)


def _require(path: Path, document: Document, passages: tuple[Passage, ...]) -> None:
    """Refuse a document that has nothing to search or breaks the product's invariant."""
    if not passages:
        raise UnreadableFileError(path, "没有可检索的文字", "请确认文件内容")
    broken = [item.id for item in passages if item.span.of(document.text) != item.text]
    if broken or len({item.id for item in passages}) != len(passages):
        log.error("「%s」的段落与原文不符：%s", document.source, broken[:3])
        raise UnreadableFileError(path, "段落与原文不符", "请将此文件报告给维护者")


def embed(
    prepared: Prepared, embedder: Embedder, catalogue: CatalogueWriter
) -> tuple[tuple[IndexedPassage, ...], dict[bytes, bytes]]:
    """Embed what has no stored vector yet: passages with their hashes, new vectors by hash."""
    texts = [indexed_text(prepared.document, passage) for passage in prepared.passages]
    hashes = [vector_hash(embedder.name, text) for text in texts]
    known = catalogue.known_vectors(hashes)
    fresh = {key: text for key, text in zip(hashes, texts, strict=True) if key not in known}
    vectors = embedder.embed(list(fresh.values())) if fresh else ()
    blobs = {key: to_blob(vector) for key, vector in zip(fresh, vectors, strict=True)}
    pairs = zip(prepared.passages, hashes, strict=True)
    return tuple(IndexedPassage(passage, key) for passage, key in pairs), blobs


def vector_hash(embedder: str, text: str) -> bytes:
    """Key a vector by what it depends on: the embedder and the embedded text."""
    return hashlib.blake2b(
        f"{embedder}\x1f{text}".encode("utf-8", "replace"), digest_size=16
    ).digest()
