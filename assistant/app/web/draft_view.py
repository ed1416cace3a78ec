"""A draft as HTML: the points with their coverage, the letter with its marks; all escaped."""

from __future__ import annotations

from assistant.app.drafts_text import COVERAGE_WORDS
from assistant.app.web.cards import Cards, document_url
from assistant.app.web.markup import escape
from assistant.app.wording import title_of
from assistant.drafting import Coverage, Draft, KeptDraft
from assistant.drafting.lettering import Line, Place, lines_of
from assistant.drafting.wording import FORM, PLACEHOLDER
from assistant.types import SUPPORTED, Citation, Sentence

NOTHING_YET = '<p class="none">左边粘贴提案，选择答复城市，点“起草答复”。</p>'
_LOOKS = {Coverage.SUPPORTED: "numbers", Coverage.PARTLY: "only-words", Coverage.MISSING: "not-set"}
_FILES = (("docx", "Word 文件"), ("md", "Markdown"), ("txt", "纯文本"))


def points_view(draft: Draft) -> str:
    """List the points with how far the documents answer them, and what is left to fill in."""
    points = "".join(
        f'<li><span class="{_LOOKS[p.coverage]} coverage">{COVERAGE_WORDS[p.coverage]}</span> '
        f"{escape(p.topic)}</li>"
        for p in draft.points
    )
    marks = "".join(f"<li>{escape(mark)}</li>" for mark in draft.placeholders)
    return f'<h3>要点与依据</h3><ol class="points">{points}</ol><h3>待补充</h3><ul>{marks}</ul>'


def letter_view(draft: Draft, kept: KeptDraft, cards: Cards) -> str:
    """Lay out the letter; a mark opens its source at the quoted words."""
    known = {citation.number: citation for citation in draft.citations}
    body = "".join(_line(line, known, cards) for line in lines_of(draft))
    return f'{_links(kept)}<article class="letter">{body}</article>'


def _links(kept: KeptDraft) -> str:
    links = "".join(
        f'<a class="take" href="drafts/{escape(kept.draft)}/{kept.version}.{ending}" download>'
        f"下载 {name}</a> "
        for ending, name in _FILES
    )
    return f'<p class="takes">{links}</p>'


def _line(line: Line, known: dict[int, Citation], cards: Cards) -> str:
    said = "".join(_sentence(sentence, known, cards) for sentence in line.sentences)
    tag = {Place.TITLE: "h2", Place.CHAPTER: "h3", Place.PART: "h4"}.get(line.place, "p")
    return f'<{tag} class="{line.place}">{said or escape(line.text)}</{tag}>'


def _sentence(sentence: Sentence, known: dict[int, Citation], cards: Cards) -> str:
    words = escape(sentence.text)
    if sentence.support == PLACEHOLDER:
        return f"<mark>{words}</mark>"
    marks = "".join(_mark(known[number], cards) for number in sentence.citations)
    wrong = "" if sentence.support in (SUPPORTED, FORM) else f"（{escape(sentence.support)}）"
    return f"{words}{marks}{wrong}"


def _mark(citation: Citation, cards: Cards) -> str:
    card = cards.get(citation.document_id)
    if card is None:
        return f"<sup>[{citation.number}]</sup>"
    url = document_url(citation.document_id, citation.span.start, citation.span.end)
    return (
        f'<sup><a class="open" href="{escape(url)}" target="_blank" rel="noopener" '
        f'data-title="{escape(title_of(card))}">[{citation.number}]</a></sup>'
    )


def label_of(kept: KeptDraft) -> str:
    """Name a kept version in the list."""
    return f"{kept.title}（{kept.city}，第 {kept.version} 稿，{kept.kept:%m-%d %H:%M}）"
