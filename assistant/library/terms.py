"""The terms leg: BM25 in tantivy over Han characters, bigrams, numbers and Latin words.

tantivy's commits are atomic and its readers map immutable files, so other processes read while one
writes, and a kill loses at most what was not committed; ``sync`` puts that back from the catalogue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.text.counties import city_above
from assistant.text.tokens import terms

if TYPE_CHECKING:
    from tantivy import DocAddress, Index, Schema, Searcher

TERMS_VERSION = "1"  # raise when fields or the wording of what is indexed change
_ANALYZER = "terms"
_HEAP_BYTES = 48_000_000


class TermsEntry(NamedTuple):
    """A passage as the terms index sees it: keys of passage and document, filters, words."""

    key: int
    document: int
    city: str
    kind: str
    words: str


def _schema() -> Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("document", indexed=True, fast=True)
    builder.add_text_field("city", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name=_ANALYZER, index_option="freq")
    return builder.build()


def open_terms(path: Path, *, create: bool = False) -> Index:
    """Open the index at ``path``; raises ValueError or OSError when there is none that opens."""
    import tantivy

    if create:
        path.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(_schema(), path=str(path), reuse=True)
    else:
        index = tantivy.Index.open(str(path))
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_ANALYZER, analyzer)
    return index


class TermsReader:
    """Search the index at ``path``; ``reload`` shows what was committed since."""

    def __init__(self, path: Path) -> None:
        self._index = open_terms(path)
        self._index.config_reader("manual")
        self._index.reload()
        self._schema = self._index.schema

    def reload(self) -> None:
        """See the latest commit."""
        self._index.reload()

    @property
    def passages(self) -> int:
        """Count the passages held."""
        return int(self._index.searcher().num_docs)

    def frequency(self, word: str) -> int:
        """Count the passages that have the rarest term of ``word``; 0 for a word without terms."""
        found = terms(word)
        longest = [term for term in found if len(term) > 1] or found
        searcher = self._index.searcher()
        return min((int(searcher.doc_freq("body", term)) for term in longest), default=0)

    def search(
        self, query: str, *, k: int, city: str = "", kind: str = "", document: int | None = None
    ) -> list[tuple[int, float]]:
        """Find the ``k`` best passages: (passage key, BM25 score), best first, ties by key."""
        words = Counter(terms(query))
        if not words or k < 1:
            return []
        searcher = self._index.searcher()
        wanted = self._query(words, city, kind, document)
        hits = searcher.search(wanted, limit=k, count=False).hits
        keys = _numbers(searcher, "key", [address for _, address in hits])
        found = [(key, float(score)) for key, (score, _) in zip(keys, hits, strict=True)]
        return sorted(found, key=lambda item: (-item[1], item[0]))

    def _query(self, words: Counter[str], city: str, kind: str, document: int | None) -> Any:
        from tantivy import Occur, Query

        def term(word: str, count: int) -> Any:
            query = Query.term_query(self._schema, "body", word, "freq")
            return query if count == 1 else Query.boost_query(query, float(count))

        parts = [(Occur.Should, term(word, count)) for word, count in words.items()]
        body = Query.boolean_query(parts)
        filters = {"city": city or None, "kind": kind or None, "document": document}
        narrowed = [
            (Occur.Must, Query.const_score_query(self._exact(field, value), 0.0))
            for field, value in filters.items()
            if value is not None
        ]
        return Query.boolean_query([(Occur.Must, body), *narrowed]) if narrowed else body

    def _exact(self, field: str, value: Any) -> Any:
        from tantivy import Query

        return Query.term_query(self._schema, field, value, "basic")

    def entries(self) -> dict[int, int]:
        """Map every held passage key to its document key; a key held twice counts as none."""
        from tantivy import Query

        searcher = self._index.searcher()
        limit = max(1, searcher.num_docs)
        hits = searcher.search(Query.all_query(), limit=limit, count=False).hits
        addresses = [address for _, address in hits]
        keys = _numbers(searcher, "key", addresses)
        documents = _numbers(searcher, "document", addresses)
        twice = {key for key, count in Counter(keys).items() if count > 1}
        held = zip(keys, documents, strict=True)
        return {key: (-1 if key in twice else document) for key, document in held}


def _numbers(searcher: Searcher, field: str, addresses: list[DocAddress]) -> list[int]:
    """Read a number field of passages, in order."""
    return [int(number or 0) for number in searcher.fast_field_values(field, addresses)]


class TermsWriter:
    """Write the index at ``path``, making it when there is none. One writer at a time."""

    def __init__(self, path: Path) -> None:
        self._index = open_terms(path, create=True)
        self._writer = self._index.writer(_HEAP_BYTES, 1)
        self.pending = 0

    def add(self, entries: Iterable[TermsEntry]) -> None:
        """Add passages; they are found after ``commit``."""
        import tantivy

        for entry in entries:
            document = tantivy.Document()
            document.add_unsigned("key", entry.key)
            document.add_unsigned("document", entry.document)
            for city in filter(None, (entry.city, city_above(entry.city))):
                document.add_text("city", city)  # a county's passages are found in its city, too
            document.add_text("kind", entry.kind)
            document.add_text("body", " ".join(terms(entry.words)))
            self._writer.add_document(document)
            self.pending += 1

    def remove_document(self, document: int) -> None:
        """Remove a document's passages by the document's key."""
        self._remove("document", document)

    def remove(self, keys: Iterable[int]) -> None:
        """Remove passages by key."""
        for key in keys:
            self._remove("key", key)

    def _remove(self, field: str, number: int) -> None:
        """Remove by query: tantivy-py 0.27 removes nothing by term in an unsigned field."""
        from tantivy import Query

        query = Query.term_query(self._index.schema, field, number, "basic")
        self._writer.delete_documents_by_query(query)
        self.pending += 1

    def commit(self) -> None:
        """Make what was added and removed durable and visible."""
        if self.pending:
            self._writer.commit()
            self.pending = 0

    def close(self) -> None:
        """Let merges end and free the index for the next writer."""
        self._writer.wait_merging_threads()
