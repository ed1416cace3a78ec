"""Items: what a document says of one thing in a run of sentences (一是…, or a paragraph)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.shown import without_orders
from assistant.documents import HEAD_PATH
from assistant.text.match import match_key
from assistant.text.sentences import sentences
from assistant.types import Document, Passage, Span

_ITEM_MARK = re.compile(r"^[一二三四五六七八九十]{1,2}是(?!一)")
_LABEL = re.compile(
    r"^\s*(?:#+\s*)?(?:第[〇零一二三四五六七八九十百]+条(?!规定|[的第、和及至款])[ 　]*|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、]\s*|[①-⑳])\s*"
)
_TO_SOMEBODY = re.compile(
    r"以习近平|为指导，|您|贵(?:单位|委员|会|党派)|收悉|现答复|衷心感谢|委员单位|现印发给|请认真|请遵照|特此|附件|bookmark"
)
_DUTY = re.compile(r"[（(〔\[](?:责任|牵头|配合)单位")
_LONGEST, _SHORTEST = 260, 8
_OPENER_CHARS = 24
_PAIRS = ("“”", "（）", "《》", "()", "〔〕", "‘’")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that can be taken over: its place, its words without line ends and labels, their key."""

    passage: Passage
    span: Span
    text: str

    @property
    def key(self) -> str:
        """The match key of its words."""
        return _key(self.text)


@dataclass(frozen=True, slots=True)
class Item:
    """Sentences of one document on one thing.

    ``above`` is the match key of what they stand under: the headings, and the short sentence that only
    announces the item (医联体建设取得新突破。), which is not among ``told``.
    """

    document_id: str
    heading_path: tuple[str, ...]
    told: tuple[Told, ...]
    above: str


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
    return match_key(text)


def items_of(document: Document, passages: Sequence[Passage]) -> tuple[Item, ...]:
    """Group the sentences of prose passages, in document order; damaged ones are left out."""
    return tuple(_grouped(document, [p for p in passages if p.heading_path != HEAD_PATH]))


def _grouped(document: Document, passages: Sequence[Passage]) -> Iterator[Item]:
    group: list[Told] = []
    for passage in passages:
        if passage.is_row:
            continue
        for span in sentences(passage.text):
            place = Span(span.start + passage.span.start, span.end + passage.span.start)
            words = plain(place.of(document.text))
            if group and (
                _starts_anew(words) or group[-1].passage.heading_path != passage.heading_path
            ):
                yield _item(document, group)
                group = []
            if is_whole(words) and not _is_unusable(document, place, words):
                group.append(Told(passage, place, without_label(words)))
    if group:
        yield _item(document, group)


def _starts_anew(words: str) -> bool:
    return bool(_ITEM_MARK.match(words) or _LABEL.match(words))


def _item(document: Document, group: Sequence[Told]) -> Item:
    path = group[0].passage.heading_path
    first = group[0].text if len(group) > 1 and _only_announces(group[0].text) else ""
    above = match_key(f"{' '.join(path)} {first}")
    return Item(document.id, path, tuple(group[1:] if first else group), above)


def _only_announces(words: str) -> bool:
    return len(words) <= _OPENER_CHARS and not re.search(r"\d", words)


def plain(text: str) -> str:
    """Join the lines of ``text``; spaces that a scan put between Han characters go too."""
    joined = re.sub(r"\s*\n\s*", "", text).strip()
    return re.sub(
        r"(?<=[一-鿿，。；：、“”（）])[ 　\t]+|[ 　\t]+(?=[一-鿿，。；：、“”（）])", "", joined
    )


def without_label(words: str) -> str:
    """Drop the list mark and the duties in brackets; neither belongs into a reply's sentence."""
    bare = _ITEM_MARK.sub("", _LABEL.sub("", words))
    cut = _DUTY.search(bare)
    return bare[: cut.start()].rstrip() if cut else bare


def is_whole(words: str) -> bool:
    """Say whether ``words`` are a sentence that can stand by itself."""
    text = without_label(words)
    if not _SHORTEST <= len(text) <= _LONGEST or not text.endswith(("。", "！", "；")):
        return False
    if re.match(r"[，。；、：)）”》]", text) or re.search(r"，，|。。|、、|•", text):
        return False
    return all(text.count(pair[0]) == text.count(pair[1]) for pair in _PAIRS)


def _is_unusable(document: Document, place: Span, words: str) -> bool:
    if _TO_SOMEBODY.search(words) or without_orders(words) != words:
        return True
    if any(damage.span.overlaps(place) for damage in document.damage):
        return True
    return any(
        h.span.start <= place.start and place.end <= h.span.end + 1 for h in document.outline
    )
