"""The stock recipe in a process of its own: ``ask`` once, or ``measure`` it and print JSON.

Texts are the text files of a folder (or of several, separated by the path separator).
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from assistant.library.embedders import make_embedder
from assistant.settings import load_settings
from eval.bench.clock import milliseconds_each, resident_mb, seconds
from eval.questions import load_questions
from eval.statistics import median, percentile
from eval.stock import FETCHED, LangChainRecipe


def read_texts(folders: str) -> dict[str, str]:
    """Read the text files of the folders by name."""
    paths = (path for folder in folders.split(os.pathsep) for path in Path(folder).glob("*.txt"))
    return {path.name: path.read_text("utf-8") for path in sorted(paths)}


def ask(texts: dict[str, str], chroma: Path, question: str) -> None:
    """Open the recipe and print its best chunk."""
    recipe = LangChainRecipe(texts, make_embedder(load_settings()), chroma)
    print(recipe.search(question, FETCHED)[0].text)


def measure(texts: dict[str, str], chroma: Path) -> None:
    """Build the recipe, ask the dev questions, print what that took."""
    built: list[LangChainRecipe] = []
    embedder = make_embedder(load_settings())
    build = seconds(lambda: built.append(LangChainRecipe(texts, embedder, chroma)))
    # It has no increments: one more document is one more build of BM25Retriever over all texts.
    add = seconds(lambda: LangChainRecipe(texts, embedder, chroma))
    recipe, queries = built[0], [" ".join((*q.history, q.question)) for q in load_questions("dev")]
    calls = [lambda query=query: recipe.search(query, FETCHED) for query in queries]
    milliseconds_each(calls[:3])
    times = milliseconds_each(calls)
    figures = {
        "chunks": recipe.chunks,
        "build_seconds": build,
        "add_seconds": add,
        "p50_ms": median(times),
        "p95_ms": percentile(times, 0.95),
        "resident_mb": resident_mb(),
    }
    print(json.dumps(figures))


def main(arguments: list[str]) -> None:
    """Run ``ask FOLDERS CHROMA QUESTION`` or ``measure FOLDERS CHROMA``."""
    command, folders, chroma, *rest = arguments
    if command == "ask":
        ask(read_texts(folders), Path(chroma), rest[0])
    else:
        measure(read_texts(folders), Path(chroma))


if __name__ == "__main__":
    main(sys.argv[1:])
