"""What the 起草答复 tab asks for: drafts written, changed, kept. No component is known here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from assistant.app.web.desk import Desk
from assistant.drafting import (
    Draft,
    Drafter,
    DraftStore,
    KeptDraft,
    Step,
    Wish,
    add_sentence,
    edit_sentence,
    remove_sentence,
)
from assistant.drafting.evidence import Gatherer
from assistant.errors import QuestionError
from assistant.types import Passage

OWN_WORDS = "〔待补充：自拟内容〕"
_NEAR, _SEARCHED = 3, 12


@dataclass(frozen=True, slots=True)
class Opened:
    """A version of a draft with what names it; ``base`` is the version that it was made from."""

    kept: KeptDraft
    draft: Draft
    base: int = 0

    @property
    def passed_over(self) -> tuple[int, ...]:
        """Versions that somebody kept meanwhile, which this one does not contain."""
        return tuple(range(self.base + 1, self.kept.version)) if self.base else ()


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence typed over: its index, its words before, its words now."""

    at: int
    before: str
    words: str


class DraftRoom:
    """Write, change and keep drafts over one library. Safe for many threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.store = DraftStore(desk.settings.library)
        self._drafter = Drafter(desk.library)

    def write(self, text: str, wish: Wish) -> Iterator[Step | Opened]:
        """Draft the reply; the same proposal for the same city becomes the next version."""
        for step in self._drafter.steps(text, wish):
            yield step if isinstance(step, Step) else self._keep_written(step)

    def change(self, name: str, version: int, act: Mapping[str, Any]) -> Iterator[Step | Opened]:
        """Do what was asked (``do``) to a version, and keep what comes of it as the next one."""
        for step in self._changed(self.store.read(name, version), act):
            if isinstance(step, Step):
                yield step
            else:
                yield Opened(self.store.keep(step, name=name), step, version)

    def _changed(self, draft: Draft, act: Mapping[str, Any]) -> Iterator[Step | Draft]:
        do, place, at = act.get("do"), str(act.get("place", "")), int(act.get("at", -1))
        if do == "rewrite":
            yield from self._drafter.redraft_steps(draft, int(act["section"]))
            return
        if do == "remove":
            yield remove_sentence(draft, at)
        elif do == "add":
            yield add_sentence(draft, at, OWN_WORDS)
        else:
            yield Step(0, 1, "更新草稿")
            yield self._with_place(draft, str(do), place, act)

    def _with_place(self, draft: Draft, do: str, place: str, act: Mapping[str, Any]) -> Draft:
        if do == "pin":
            return self._drafter.pin(draft, place, int(act["section"]))
        if do == "exclude":
            return self._drafter.exclude(draft, place)
        if do == "include":
            return self._drafter.include(draft, place)
        raise QuestionError(f"没有「{do}」这种操作。请刷新页面再试。")

    def edit(self, name: str, version: int, edits: Sequence[Edit]) -> Opened:
        """Type over sentences, check them, keep the next version; what has gone is left out."""
        draft = self.store.read(name, version)
        for edit in edits:
            at = place_of(draft, edit)
            if at is not None:
                draft = edit_sentence(draft, at, edit.words, self._desk.library)
        return Opened(self.store.keep(draft, name=name), draft, version)

    def complete(self, name: str, version: int, wish: Wish) -> Opened:
        """Put what was filled in beside the proposal into the letter's form."""
        draft = self._drafter.complete(self.store.read(name, version), wish)
        return Opened(self.store.keep(draft, name=name), draft, version)

    def open(self, name: str, version: int = 0) -> Opened:
        """Open a version, the last one for 0; raises DocumentNotFoundError."""
        versions = [one for one in self.store.versions() if one.draft == name]
        wanted = [one for one in versions if one.version == version] or versions[:1]
        draft = self.store.read(name, wanted[0].version if wanted else version)
        return Opened(wanted[0], draft)

    def near(self, draft: Draft) -> dict[int, tuple[Passage, ...]]:
        """Return for each point (from 1) passages that come near it, are not used, and can be pinned."""
        used = {citation.passage_id for citation in draft.citations} | set(draft.wish.excluded)
        gatherer = Gatherer(self._desk.library)
        found: dict[int, tuple[Passage, ...]] = {}
        for number, point in enumerate(draft.points, start=1):
            hits = self._desk.search(point.topic, k=_SEARCHED)
            unused = (hit.passage for hit in hits if hit.passage.id not in used)
            found[number] = tuple(islice((p for p in unused if _can_pin(gatherer, p)), _NEAR))
        return found

    def _keep_written(self, draft: Draft) -> Opened:
        name = next((one.draft for one in self.store.versions() if self._is_same(one, draft)), "")
        return Opened(self.store.keep(draft, name=name), draft)

    def _is_same(self, kept: KeptDraft, draft: Draft) -> bool:
        if (kept.title, kept.city) != (draft.proposal.title, draft.wish.city):
            return False
        return self.store.read(kept.draft, kept.version).proposal.text == draft.proposal.text


def place_of(draft: Draft, edit: Edit) -> int | None:
    """Find the sentence that an edit means: where it says, else the one with its words before."""
    texts = [sentence.text for sentence in draft.sentences]
    if edit.at < len(texts) and texts[edit.at] == edit.before:
        return edit.at
    return texts.index(edit.before) if edit.before in texts else None


def _can_pin(gatherer: Gatherer, passage: Passage) -> bool:
    """Say whether the passage has a sentence for a letter."""
    try:
        return bool(gatherer.insisted(passage.id))
    except QuestionError:
        return False
