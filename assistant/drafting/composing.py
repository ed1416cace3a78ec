"""A point's evidence becomes paragraphs: what is done, reached, lacking, planned; then other cities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.answering.statements import Source
from assistant.drafting.ages import is_old
from assistant.drafting.evidence import Evidence, Fact
from assistant.drafting.proposal import Paragraph, Role, to_fill_in
from assistant.drafting.wording import (
    FORM,
    PLACEHOLDER,
    is_supported,
    names_title,
    said_of_other,
    said_of_own,
    source_of,
    title_source,
)
from assistant.text.match import match_key
from assistant.types import Citation, Document, Sentence, Span

_MOST = {Role.DONE: 3, Role.RESULT: 3, Role.PROBLEM: 2, Role.PLAN: 3}
_CITIES, _OF_A_CITY = 3, 1
_EARLIER = 1


@dataclass
class Ledger:
    """The letter's citations as they are first used, and what has been said already."""

    passage_at: Callable[[str, Span], str]
    citations: list[Citation] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    _numbers: dict[tuple[str, Span], int] = field(default_factory=dict)

    def cite(self, source: Source) -> int:
        """Return the number of ``source``, a new one at its first use."""
        key = (source.document_id, source.span)
        if key not in self._numbers:
            number = self._numbers[key] = len(self._numbers) + 1
            passage = source.passage_id or self.passage_at(*key)
            self.citations.append(
                Citation(number, *key[:1], passage, source.span, source.quote, source.heading_path)
            )
        return self._numbers[key]

    def is_new(self, fact: Fact) -> bool:
        """Say whether the letter has not said the fact yet."""
        return match_key(fact.told.text) not in self.said

    def said_before(self, facts: Sequence[Fact]) -> tuple[int, ...]:
        """Return the numbers of those facts that the letter cites already."""
        keys = ((fact.document.id, source_of(fact).span) for fact in facts)
        return tuple(self._numbers[key] for key in keys if key in self._numbers)

    def say(self, words: str, fact: Fact) -> Sentence:
        """Make a cited sentence of a fact that was checked."""
        self.said.add(match_key(fact.told.text))
        numbers = [self.cite(source_of(fact))]
        if names_title(words, fact.document) and (title := self._title(fact.document)):
            numbers.append(self.cite(title))
        return Sentence(words, tuple(numbers))

    def _title(self, document: Document) -> Source | None:
        return title_source(document, "")


@dataclass(frozen=True, slots=True)
class Setting:
    """For whom it is written: the replying city and the newest year that its library knows."""

    city: str
    newest: int | None

    def is_old(self, fact: Fact) -> bool:
        """Say whether the fact must carry its date."""
        return is_old(fact.year, self.newest)


def compose_point(
    number: int, topic: str, evidence: Evidence, setting: Setting, ledger: Ledger
) -> tuple[Paragraph, ...]:
    """Write the paragraphs on the ``number``-th point; what has no source is left to fill in."""
    before = [fact for fact in evidence.own if not ledger.is_new(fact)]
    own = [_own(number, role, evidence.own, setting, ledger) for role in _MOST]
    earlier = _earlier(number, evidence.own, setting, ledger)
    others = _elsewhere(number, evidence.elsewhere, setting, ledger)
    paragraphs = [p for p in (own[0], earlier, *own[1:]) if p]
    roles = {paragraph.role for paragraph in paragraphs}
    told = {fact.role for fact in before if not (fact.role is Role.PLAN and setting.is_old(fact))}
    reports = {Role.DONE, Role.RESULT}
    if not roles & reports:
        what = f"“{topic}”的工作情况，文件库中没有"
        paragraphs.insert(0, _instead(number, Role.DONE, what, said=bool(told & reports)))
    if Role.PLAN not in roles:
        what = f"“{topic}”的下一步工作安排，文件库中没有"
        paragraphs.append(_instead(number, Role.PLAN, what, said=Role.PLAN in told))
    return (*paragraphs, *([others] if others else []))


def _own(
    number: int, role: Role, facts: Sequence[Fact], setting: Setting, ledger: Ledger
) -> Paragraph | None:
    """Say the facts of one role, newer documents first; old plans are no plans of today."""
    of_role = [f for f in facts if f.role is role]
    if role is Role.PLAN:
        of_role = [f for f in of_role if not setting.is_old(f)]
    return _paragraph(number, role, _newest_first(of_role), _MOST[role], setting, ledger)


def _earlier(
    number: int, facts: Sequence[Fact], setting: Setting, ledger: Ledger
) -> Paragraph | None:
    """Say what an old document planned, with its date, among what has been done."""
    old = [f for f in facts if f.role is Role.PLAN and setting.is_old(f)]
    return _paragraph(number, Role.DONE, old, _EARLIER, setting, ledger)


def _newest_first(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: -(fact.year or 0))


def _paragraph(
    number: int,
    role: Role,
    facts: Sequence[Fact],
    most: int,
    setting: Setting,
    ledger: Ledger,
) -> Paragraph | None:
    chosen: list[Fact] = []
    for fact in facts:
        words = said_of_own(fact, setting.city, is_old=setting.is_old(fact))
        if len(chosen) < most and ledger.is_new(fact) and is_supported(words, fact):
            chosen.append(fact)
    chosen.sort(key=lambda f: (-(f.year or 0), f.document.id, f.told.span.start))
    said, named = [], set()
    for fact in chosen:
        old, again = setting.is_old(fact), fact.document.id in named
        words = said_of_own(fact, setting.city, is_old=old, again=again)
        said.append(ledger.say(words, fact))
        named |= {fact.document.id} if names_title(words, fact.document) else set()
    return Paragraph(tuple(said), role.value, number) if said else None


def _elsewhere(
    number: int, facts: Sequence[Fact], setting: Setting, ledger: Ledger
) -> Paragraph | None:
    """Say other cities' practice, each sentence under its city's name."""
    cities: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: -fact.fit):
        cities.setdefault(fact.city, []).append(fact)
    sentences = []
    for city in [c for c in cities if c and c != setting.city][:_CITIES]:
        new = [f for f in cities[city] if ledger.is_new(f)]
        kept = [f for f in new if is_supported(_told_of_other(f, setting), f)][:_OF_A_CITY]
        for fact in kept:
            again = any(fact.document.id == f.document.id for f in kept[: kept.index(fact)])
            sentences.append(ledger.say(_told_of_other(fact, setting, again=again), fact))
    return Paragraph(tuple(sentences), Role.ELSEWHERE.value, number) if sentences else None


def _told_of_other(fact: Fact, setting: Setting, *, again: bool = False) -> str:
    return said_of_other(fact, is_old=setting.is_old(fact), again=again)


def _instead(number: int, role: Role, what: str, *, said: bool) -> Paragraph:
    """Point to what the letter has ``said`` on an earlier point, else leave ``what`` to fill in."""
    above = Sentence("有关情况见前述内容。", (), FORM)
    sentence = above if said else Sentence(to_fill_in(what), (), PLACEHOLDER)
    return Paragraph((sentence,), role.value, number)
