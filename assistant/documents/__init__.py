"""A file becomes a Document: loaders, metadata, outline, tables, damage, passages."""

from assistant.documents.catalog import CatalogEntry, read_catalog
from assistant.documents.loaded import Loaded, MarkedHeading
from assistant.documents.loaders import load
from assistant.documents.parse import PARSER_VERSION, parse
from assistant.documents.passages import HEAD_PATH, split

__all__ = [
    "HEAD_PATH",
    "PARSER_VERSION",
    "CatalogEntry",
    "Loaded",
    "MarkedHeading",
    "load",
    "parse",
    "read_catalog",
    "split",
]
