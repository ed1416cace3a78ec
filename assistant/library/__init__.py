"""What is kept: catalogue (SQLite), vectors (Chroma), terms (tantivy), embedders, sync.

The catalogue is the truth; Chroma and tantivy are derived from it and can be rebuilt at any time.
"""

from assistant.library.cards import DocumentCard
from assistant.library.library import Library
from assistant.library.reports import IndexProgress, IndexReport, LibraryStatus, SkippedFile

__all__ = [
    "DocumentCard",
    "IndexProgress",
    "IndexReport",
    "Library",
    "LibraryStatus",
    "SkippedFile",
]
