"""A question becomes hits: understanding, two legs, fusion, a quota for every city."""

from assistant.retrieval.naming import Titled, titled
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.understanding import LibraryView, understand

__all__ = ["LibraryView", "Retriever", "Titled", "titled", "understand"]
