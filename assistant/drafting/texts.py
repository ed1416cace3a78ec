"""A draft as plain text and as Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.drafting.lettering import Line, Place, lines_of
from assistant.drafting.proposal import Draft
from assistant.types import Citation, Sentence

_INDENT = "　　"
_MARKS = {Place.TITLE: "# ", Place.CHAPTER: "## ", Place.PART: "### "}


def plain_text(draft: Draft) -> str:
    """Return the letter without citation marks, as it would be typed."""
    flush = (Place.ADDRESSEE, Place.TITLE, Place.REMARK)
    lines = (x.text if x.place in flush else f"{_INDENT}{x.text}" for x in lines_of(draft))
    return "\n".join(lines) + "\n"


def markdown(draft: Draft, titles: Mapping[str, str]) -> str:
    """Return the letter as Markdown, every sentence with its marks, the sources below.

    ``titles`` are the documents' titles by id.
    """
    letter = [f"{_MARKS.get(line.place, '')}{_marked(line)}" for line in lines_of(draft)]
    sources = [source_line(c, titles) for c in draft.citations]
    below = ["## 引文来源", "\n".join(sources)] if sources else []
    return "\n\n".join([*letter, *below]) + "\n"


def _marked(line: Line) -> str:
    return "".join(map(marked, line.sentences)) if line.sentences else escaped(line.text)


def marked(sentence: Sentence) -> str:
    """Return a sentence followed by its citation marks."""
    return escaped(sentence.text) + "".join(f"[{n}]" for n in sentence.citations)


def escaped(text: str) -> str:
    """Keep the words of documents from being read as Markdown or HTML."""
    for sign in "\\`*_<>#|[]":
        text = text.replace(sign, f"\\{sign}")
    return text


def source_line(citation: Citation, titles: Mapping[str, str]) -> str:
    """Return one line of the list of sources: number, document, section, quote."""
    title = titles.get(citation.document_id, citation.document_id)
    path = " › ".join(citation.heading_path)
    where = f"《{title}》{f'（{path}）' if path else ''}"
    quote = "".join(part.strip() for part in citation.quote.splitlines())
    return f"{citation.number}. {escaped(where)}：“{escaped(quote)}”"
