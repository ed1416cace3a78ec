"""The numbered passages that a model is shown, chosen within its budget, and what they bear out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.grounding import about, context_of
from assistant.answering.model import tokens_of
from assistant.answering.statements import Source, source_at
from assistant.answering.verification import verify
from assistant.library import Library
from assistant.text.counties import is_of
from assistant.text.sentences import sentences
from assistant.types import SUPPORTED, Document, Hit, IndicatorValue, Passage, Question, Span

_MOST, _FRAME_TOKENS = 6, 40
# What is said to a machine that reads, not to the officials whom a document is for.
_ORDER = re.compile(
    r"(?:忽略|无视|忘记|不要理会)[^。]{0,12}(?:要求|指示|指令|提示|规则|内容)|系统提示|提示词|(?:打印|输出|泄露)[^。]{0,8}密钥"
    r"|你(?:现在)?(?:是一个|没有任何限制|必须回答|只能?回答)|(?:作为|身为)(?:一个)?(?:AI|人工智能|语言模型)"
    r"|</?\s*(?:system|assistant|user|instruction)|ignore (?:all|the|any|previous|above)|disregard"
    r"|you are now|[\u202a-\u202e\u2066-\u2069\U000e0020-\U000e007f]",
    re.IGNORECASE,
)
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A passage under its number, with its document and the indicator values of that."""

    number: int
    passage: Passage
    document: Document
    values: tuple[IndicatorValue, ...]

    @property
    def words(self) -> str:
        """The passage as a model reads it, each word once: a row as its cells under their heads.

        Brackets and angles cannot pass for marks of ours.
        """
        path = " / ".join(self.passage.heading_path)
        heading = f"{self.document.city} 《{self.document.title}》 {path}"
        cells = "\n".join(" ".join(f"{c.header} {c.text}".split()) for c in self.passage.cells)
        body = without_orders(cells or self.passage.text)
        return f"段落[{self.number}]（{_harmless(heading)}）\n{_harmless(body)}"


def without_orders(text: str) -> str:
    """Take out what a document says to a machine that reads it, and what it hides from eyes."""
    orders = [span for span in sentences(text) if _ORDER.search(span.of(text))]
    for span in reversed(orders):
        text = f"{text[: span.start]}（此处略去对机器的指令。）{text[span.end :]}"
    return _HIDDEN.sub("", text)


def _orders_in(passage: Passage) -> list[Span]:
    """Return where a passage gives orders to a machine, in offsets of its document."""
    start = passage.span.start
    spans = (span for span in sentences(passage.text) if _ORDER.search(span.of(passage.text)))
    return [Span(start + span.start, start + span.end) for span in spans]


def _context(shown: Sequence[Numbered]) -> list[str]:
    """Return the verifier's context of these passages, free of orders."""
    held = [(one.document, one.passage) for one in shown]
    values = tuple(dict.fromkeys(value for one in shown for value in one.values))
    orders = [span for one in shown for span in _orders_in(one.passage)]
    plain = [value for value in values if not any(value.span.overlaps(span) for span in orders)]
    return [without_orders(text) for text in context_of(held, plain)]


def _harmless(text: str) -> str:
    shown = _HIDDEN.sub("", text).replace("<", "＜").replace(">", "＞")
    return re.sub(r"[\[［【](\s*\d[\d,，、\s]*)[\]］】]", r"（\1）", shown)


def choose_shown(
    library: Library,
    question: Question,
    cited: Sequence[str],
    hits: Sequence[Hit],
    *,
    budget: int,
) -> tuple[Numbered, ...]:
    """Number the passages to show: those of ``cited`` ids, then hits, best first, while they fit.

    A passage is shown whole or not at all. ``budget`` is in tokens. Of documents that the question
    does not ask of (another city's, another document than the one named) nothing but what is cited
    is shown: what a model has not read it cannot mix up.
    """
    passages = {p.id: p for p in library.passages([one for one in cited if one])}
    held = {p.document_id for p in passages.values()}
    asked = {hit.passage.document_id for hit in hits if _is_asked(library, question, hit)} | held
    passages |= {
        hit.passage.id: hit.passage
        for hit in hits
        if hit.passage.id not in passages and hit.passage.document_id in asked
    }
    chosen: list[Numbered] = []
    for passage in list(passages.values())[:_MOST]:
        values = library.indicator_values(documents=(passage.document_id,))
        document = library.document(passage.document_id)
        shown = Numbered(len(chosen) + 1, passage, document, tuple(values))
        budget -= tokens_of(shown.words) + _FRAME_TOKENS
        if budget < 0:
            break
        chosen.append(shown)
    return tuple(chosen)


def _is_asked(library: Library, question: Question, hit: Hit) -> bool:
    document = library.document(hit.passage.document_id)
    if question.documents:
        return document.id in question.documents
    return not question.cities or is_of(document.city, (*question.cities, ""))


def check(sentence: str, shown: Sequence[Numbered]) -> str:
    """Return ``supported`` or what is wrong with ``sentence`` under these passages."""
    return verify(sentence, [without_orders(one.passage.text) for one in shown], _context(shown))


def source_in(sentence: str, shown: Numbered) -> Source:
    """Cite the sentence of the passage that alone bears ``sentence`` out, else the whole passage."""
    passage = shown.passage
    whole = Span(passage.span.start, passage.span.end)
    if passage.is_row:
        return source_at(passage, whole)
    context = [about(shown.document), "\n".join(passage.heading_path)]
    for span in sentences(passage.text):
        if _ORDER.search(span.of(passage.text)):
            continue
        if verify(sentence, [span.of(passage.text)], context) == SUPPORTED:
            start = passage.span.start
            return source_at(passage, Span(start + span.start, start + span.end))
    return source_at(passage, whole)
