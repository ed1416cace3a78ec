"""A draft as plain text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.drafting.lettering import Line, Place, lines_of
from assistant.drafting.proposal import Draft
from assistant.text.markdown import escape_markdown
from assistant.types import Citation, Sentence

_INDENT = "　　"
_LEAST_CELLS, _CELL = 3, re.compile(r"[\d.,%≥≤><～~/\-—]+\S{0,4}")
_MARKS = {Place.TITLE: "# ", Place.CHAPTER: "## ", Place.PART: "### "}


def plain_text(draft: Draft) -> str:
    """Return the letter without citation marks, as it would be typed."""
    flush = (Place.ADDRESSEE, Place.TITLE, Place.REMARK, Place.COLOPHON)
    lines = (x.text if x.place in flush else f"{_INDENT}{x.text}" for x in lines_of(draft))
    return "\n".join(lines).replace("\t", _INDENT) + "\n"


def markdown(draft: Draft, titles: Mapping[str, str]) -> str:
    """Return the letter as Markdown, every sentence with its marks, the sources below.

    ``titles`` are the documents' titles by id.
    """
    letter = [f"{_MARKS.get(line.place, '')}{_marked(line)}" for line in lines_of(draft)]
    sources = [source_line(c, titles) for c in draft.citations]
    below = ["## 引文来源", "\n".join(sources)] if sources else []
    return "\n\n".join([*letter, *below]) + "\n"


def _marked(line: Line) -> str:
    return "".join(map(marked, line.sentences)) if line.sentences else escape_markdown(line.text)


def marked(sentence: Sentence) -> str:
    """Return a sentence followed by its citation marks."""
    return escape_markdown(sentence.text) + "".join(f"[{n}]" for n in sentence.citations)


def source_line(citation: Citation, titles: Mapping[str, str]) -> str:
    """Return one line of the list of sources: number, document, section, quote."""
    title = titles.get(citation.document_id, citation.document_id)
    path = " › ".join(citation.heading_path)
    where = f"《{title}》{f'（{path}）' if path else ''}"
    return f"{citation.number}. {escape_markdown(where)}：“{escape_markdown(quoted(citation))}”"


def quoted(citation: Citation) -> str:
    """Return a citation's words in one line; the cells of a table row stay apart."""
    lines = [line.strip() for line in citation.quote.splitlines() if line.strip()]
    is_row = len(lines) >= _LEAST_CELLS and any(_CELL.fullmatch(line) for line in lines[1:])
    return ("｜" if is_row else "").join(lines)
