"""A draft as HTML: the letter, whose sentences are edited where they stand; all words escaped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from assistant.app.web.cards import Cards, document_url
from assistant.app.web.downloads import links
from assistant.app.web.draft_points import points_view
from assistant.app.web.draft_room import Opened
from assistant.app.web.markup import escape
from assistant.app.wording import title_of
from assistant.drafting import Draft, KeptDraft, Step
from assistant.drafting.lettering import Line, Place, lines_of
from assistant.drafting.wording import FORM, PLACEHOLDER
from assistant.types import COMPUTED, SUPPORTED, Citation, Passage, Sentence

NOTHING_YET = (
    '<div class="draft-empty"><p>左边粘贴提案（或上传文件），选择答复城市，点“起草答复”。</p>'
    "<p>草稿的事实都取自文件库，逐句注明出处；文件里没有的写成〔待补充：…〕。"
    "起草后可直接点句子修改，也可重写一节、固定或排除某段依据；每次改动都另存一稿。</p></div>"
)
_HINT = "点任一句即可修改，离开时自动核对并另存一稿；清空一句即删去。"
_PLACES = {Place.TITLE: "h2", Place.CHAPTER: "h3", Place.PART: "h4"}


def draft_view(
    opened: Opened, cards: Cards, near: dict[int, tuple[Passage, ...]], excluded: dict[str, str]
) -> str:
    """Lay out points and letter side by side.

    ``near`` are passages to pin for each point (from 1), ``excluded`` names what is left out by its
    place.
    """
    kept, draft = opened.kept, opened.draft
    points = points_view(draft, cards, near, excluded)
    return (
        f'<div class="draft-desk" data-draft="{escape(kept.draft)}" data-version="{kept.version}">'
        f'<section class="draft-points" aria-label="要点与依据">{points}</section>'
        f'<section class="draft-letter" aria-label="答复草稿">{_bar(opened)}{_notices(opened)}'
        f'<article class="letter">{"".join(_letter(draft, cards))}</article></section></div>'
    )


def progress_view(step: Step) -> str:
    """Show how far the draft has come."""
    return (
        f'<div class="draft-progress" role="status"><progress value="{step.done}" '
        f'max="{max(1, step.total)}"></progress><span>{escape(step.doing)}'
        f"（{step.done + 1 if step.total > 1 else 1}／{max(1, step.total)}）</span></div>"
    )


def fault_view(words: str) -> str:
    """Say why there is no draft."""
    return f'<div class="draft-progress fault" role="alert">{escape(words)}</div>'


def label_of(kept: KeptDraft) -> str:
    """Name a kept version in the list."""
    return f"第 {kept.version} 稿 · {kept.city} · {kept.title} · {kept.kept:%m-%d %H:%M}"


def placeholders_view(draft: Draft) -> str:
    """List what is left to fill in."""
    marks = "".join(f"<li>{escape(mark.strip('〔〕'))}</li>" for mark in draft.placeholders)
    return marks or "<li>没有待补充的内容。</li>"


def remark_of(sentence: Sentence) -> tuple[str, str]:
    """Return what is said behind a sentence, and its look: ok, hand, wrong, or nothing of both."""
    if sentence.support in (FORM, PLACEHOLDER):
        return "", ""
    if sentence.support == SUPPORTED:
        return ("已改，与引文相符", "ok") if sentence.by_hand else ("", "")
    if sentence.support == COMPUTED:
        return "由所引数值计算", "ok"
    if sentence.by_hand and not sentence.citations:
        return sentence.support, "hand"
    return f"未经核实：{sentence.support}", "wrong"


def _bar(opened: Opened) -> str:
    kept = opened.kept
    base = f"drafts/{kept.draft}/{kept.version}"
    return (
        f'<div class="draft-bar"><span class="draft-state" role="status">第 {kept.version} 稿，'
        f'已存</span><span class="export">导出 Word {_word_links(base)}'
        f'{links(base, (".md", ".txt"))}</span></div><p class="hint">{_HINT}</p>'
    )


def _word_links(base: str) -> str:
    styles = (("list", "附来源"), ("endnotes", "尾注"), ("none", "仅正文"))
    return "".join(
        f'<a class="take" href="{escape(base)}.docx?sources={style}" target="_blank" '
        f'rel="noopener">{name}</a>'
        for style, name in styles
    )


def _notices(opened: Opened) -> str:
    lines = list(opened.draft.notices)
    if opened.passed_over:
        others = "、".join(map(str, opened.passed_over))
        lines.append(
            f"第 {others} 稿另有修改（也许在别的窗口），未并入本稿，可在“已存草稿”中打开。"
        )
    return "".join(f'<p class="notice">{escape(line)}</p>' for line in lines)


def _letter(draft: Draft, cards: Cards) -> Iterator[str]:
    """Write the lines; sentences are numbered through, sections carry their index."""
    known = {citation.number: citation for citation in draft.citations}
    sentences, section = count(), 0
    for line in lines_of(draft):
        if line.place is Place.CHAPTER:
            section += 1
        at = [next(sentences) for _ in line.sentences]
        said = "".join(
            _sentence(sentence, number, known, cards)
            for number, sentence in zip(at, line.sentences, strict=True)
        )
        tag = _PLACES.get(line.place, "p")
        tool = _tools(line, section, at, len(draft.points))
        yield f'<{tag} class="{line.place}">{said or escape(line.text)}{tool}</{tag}>'


def _tools(line: Line, section: int, at: list[int], points: int) -> str:
    """Write what can be done at a line: write its section anew, add a sentence after it."""
    if line.place is Place.CHAPTER and section <= points:
        return (
            f' <button type="button" class="tool" data-do="rewrite" data-section="{section}" '
            'data-doing="正在重写本节…">重写本节</button>'
        )
    if at and section:
        return (
            f'<button type="button" class="tool add" data-do="add" data-at="{at[-1]}" '
            'data-doing="正在加一句…" title="在后面加一句">＋</button>'
        )
    return ""


def _sentence(sentence: Sentence, at: int, known: dict[int, Citation], cards: Cards) -> str:
    words = escape(sentence.text)
    marks = "".join(_mark(known[number], cards) for number in sentence.citations)
    remark, look = remark_of(sentence)
    fill = " to-fill" if is_to_fill(sentence) else ""
    return (
        f'<span class="said{fill}" contenteditable="plaintext-only" spellcheck="false" '
        f'data-at="{at}" data-said="{words}">{words}</span>{marks}'
        f'<span class="remark {look}" data-remark="{at}">{escape(remark)}</span>'
    )


def is_to_fill(sentence: Sentence) -> bool:
    """Say whether the sentence waits for words of the user."""
    return "〔待补充" in sentence.text


def _mark(citation: Citation, cards: Cards) -> str:
    card = cards.get(citation.document_id)
    if card is None:
        return f"<sup>[{citation.number}]</sup>"
    url = document_url(citation.document_id, citation.span.start, citation.span.end)
    return (
        f'<sup><a class="open" href="{escape(url)}" target="_blank" rel="noopener" '
        f'title="{escape(title_of(card))}">[{citation.number}]</a></sup>'
    )
