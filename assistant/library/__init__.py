"""What is kept: catalogue (SQLite), vectors (Chroma), terms (tantivy), embedders, sync.

The catalogue is the truth; Chroma and tantivy are derived from it and can be rebuilt at any time.
"""

from assistant.library.cards import DocumentCard
from assistant.library.known import known_city, known_kind
from assistant.library.library import Library
from assistant.library.part import Part
from assistant.library.reports import IndexProgress, IndexReport, LibraryStatus, SkippedFile
from assistant.library.state import Filters

__all__ = [
    "DocumentCard",
    "Filters",
    "IndexProgress",
    "IndexReport",
    "Library",
    "LibraryStatus",
    "Part",
    "SkippedFile",
    "known_city",
    "known_kind",
]
