"""The two stock systems that run beside ours: BM25 alone, and LangChain's usual recipe."""

from __future__ import annotations

import logging
import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from assistant.types import Span
from eval.evidence import Place

if TYPE_CHECKING:
    from langchain_classic.retrievers import EnsembleRetriever

    from assistant.library.embedders import Embedder

CHUNK_CHARS = 300
OVERLAP_CHARS = 50
FETCHED = 10
_CHROMA_BATCH = 4000


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document as a stock system cuts it."""

    place: Place
    text: str


class Stock(Protocol):
    """A system that finds chunks and shows the best of them as its answer."""

    @property
    def name(self) -> str:
        """What the report calls it."""
        ...

    def search(self, query: str, k: int) -> tuple[Chunk, ...]:
        """Return up to ``k`` chunks, best first."""
        ...


def jieba_words(text: str) -> list[str]:
    """Split into jieba's words, as the tutorials do."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    return jieba.lcut(text)  # type: ignore[no-any-return]


def plain_chunks(texts: Mapping[str, str]) -> Iterator[Chunk]:
    """Cut each text every 300 characters."""
    for name, text in texts.items():
        for start in range(0, len(text), CHUNK_CHARS):
            span = Span(start, min(start + CHUNK_CHARS, len(text)))
            yield Chunk(Place(name, span), span.of(text))


class Bm25:
    """BM25 (rank_bm25's Okapi) over jieba's words of plain chunks."""

    name = "BM25 alone"

    def __init__(self, texts: Mapping[str, str]) -> None:
        from rank_bm25 import BM25Okapi

        self._chunks = tuple(plain_chunks(texts))
        self._index = BM25Okapi([jieba_words(chunk.text) for chunk in self._chunks])

    def search(self, query: str, k: int) -> tuple[Chunk, ...]:
        """Return the ``k`` best chunks by BM25."""
        scores = self._index.get_scores(jieba_words(query))
        return tuple(self._chunks[index] for index in np.argsort(-scores, kind="stable")[:k])


class LangChainRecipe:
    """The usual recipe: recursive splitter, Chroma, BM25Retriever with jieba, EnsembleRetriever.

    Chroma gets our own static embedder, so that the recipe and not the model is compared; the splitter
    gets Chinese stops as its manual advises. ``directory`` keeps Chroma on disk; a directory that holds
    it already is opened, not filled again.
    """

    name = "LangChain recipe"

    def __init__(
        self,
        texts: Mapping[str, str],
        embedder: Embedder,
        directory: Path | None = None,
        *,
        k: int = FETCHED,
    ) -> None:
        chunks = _split(texts)
        self.chunks = len(chunks)
        self._retriever = _ensemble(chunks, embedder, directory, k)

    def search(self, query: str, k: int) -> tuple[Chunk, ...]:
        """Return the ``k`` best chunks by reciprocal rank fusion of both retrievers."""
        found = self._retriever.invoke(query)[:k]
        return tuple(_chunk(document.page_content, document.metadata) for document in found)


def _chunk(text: str, metadata: Mapping[str, Any]) -> Chunk:
    start = metadata["start_index"]
    return Chunk(Place(metadata["source"], Span(start, start + len(text))), text)


def _split(texts: Mapping[str, str]) -> list[Any]:
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARS,
        chunk_overlap=OVERLAP_CHARS,
        add_start_index=True,
        separators=["\n\n", "\n", "。", "；", "，", " ", ""],
    )
    return splitter.split_documents(
        Document(page_content=text, metadata={"source": name}) for name, text in texts.items()
    )


def _ensemble(
    chunks: Sequence[Any], embedder: Embedder, directory: Path | None, k: int
) -> EnsembleRetriever:
    with warnings.catch_warnings():  # langchain-community announces its end on import
        warnings.simplefilter("ignore", DeprecationWarning)
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever

    words = BM25Retriever.from_documents(chunks, preprocess_func=jieba_words, k=k)
    vectors = _chroma(chunks, embedder, directory).as_retriever(search_kwargs={"k": k})
    return EnsembleRetriever(retrievers=[words, vectors], weights=[0.5, 0.5])


def _chroma(chunks: Sequence[Any], embedder: Embedder, directory: Path | None) -> Any:
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    filled = directory is not None and directory.is_dir()
    store = Chroma(
        collection_name="stock",
        embedding_function=as_langchain(embedder),
        persist_directory=str(directory or tempfile.mkdtemp(prefix="stock-chroma-")),
        client_settings=Settings(anonymized_telemetry=False, is_persistent=True),
        collection_metadata={"hnsw:space": "cosine"},
    )
    remaining = iter(() if filled else chunks)
    while batch := list(islice(remaining, _CHROMA_BATCH)):
        store.add_documents(batch)
    return store


def as_langchain(embedder: Embedder) -> Any:
    """Wrap an embedder of ours as LangChain's ``Embeddings``."""
    from langchain_core.embeddings import Embeddings

    class Wrapped(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float(x) for x in vector] for vector in embedder.embed(texts)]

        def embed_query(self, text: str) -> list[float]:
            return [float(x) for x in embedder.embed_query(text)]

    return Wrapped()
