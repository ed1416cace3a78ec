"""A point's evidence becomes portions: what is done, reached, lacking, planned; then other cities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting.ages import is_old
from assistant.drafting.facts import Evidence, Fact
from assistant.drafting.ledger import Claim, Ledger
from assistant.drafting.proposal import Paragraph, Role, to_fill_in
from assistant.drafting.roles import RULES
from assistant.drafting.wording import (
    FORM,
    PLACEHOLDER,
    checked,
    names_title,
    said_of_other,
    said_of_own,
)
from assistant.types import SUPPORTED, Sentence

_MOST = {Role.DONE: 3, Role.RESULT: 3, Role.PROBLEM: 2, Role.PLAN: 3}
_CITIES, _OF_A_CITY = 3, 1
_EARLIER = 1
_HEADING_CHARS, _LEAST_HEADING = 18, 6
_REPORTS = frozenset({Role.DONE, Role.RESULT})


@dataclass(frozen=True, slots=True)
class Setting:
    """For whom it is written: the replying city, the newest year and the cities of its library."""

    city: str
    newest: int | None
    cities: tuple[str, ...] = ()

    def is_old(self, fact: Fact) -> bool:
        """Say whether the fact must carry its date."""
        return is_old(fact.year, self.newest)


@dataclass(frozen=True, slots=True)
class Portion:
    """The facts chosen for one paragraph, in the order in which they are said."""

    role: Role
    facts: tuple[Fact, ...]


def choose(evidence: Evidence, setting: Setting, ledger: Ledger) -> tuple[Portion, ...]:
    """Choose what the letter says on a point, each fact once in the whole letter.

    An old plan is no plan of today: where nothing newer has been done it is told, with its date, among
    what has been done. What is old must not be there by chance.
    """
    near = [f for f in evidence.own if not (setting.is_old(f) and f.is_by_chance)]
    portions = []
    for role, most in _MOST.items():
        of_role = [f for f in near if f.role is role and not _is_past(f, setting)]
        newest = sorted(of_role, key=lambda fact: -(fact.year or 0))
        portions.append(Portion(role, _taken(newest, most, setting, ledger)))
        if role is Role.DONE:
            is_told = any(f.role is Role.DONE and not setting.is_old(f) for f in portions[-1].facts)
            old = [f for f in near if _is_past(f, setting) and (f.insisted or not is_told)]
            portions.append(Portion(role, _taken(old, _EARLIER, setting, ledger)))
    practice = [f for f in evidence.elsewhere if f.insisted or not _is_past(f, setting)]
    others = _of_cities(practice, setting, ledger)
    return tuple(p for p in (*portions, Portion(Role.ELSEWHERE, others)) if p.facts)


def _taken(facts: Sequence[Fact], most: int, setting: Setting, ledger: Ledger) -> tuple[Fact, ...]:
    """Take the first ``most`` facts that are new and hold; those insisted on are always taken."""
    taken: list[Fact] = []
    for fact in sorted(facts, key=lambda fact: not fact.insisted):
        if not ledger.is_new(fact):
            continue
        if fact.insisted or (len(taken) < most and _holds(fact, setting)):
            ledger.take(fact)
            taken.append(fact)
    return tuple(sorted(taken, key=lambda f: (-(f.year or 0), f.document.id, f.told.span.start)))


def _of_cities(facts: Sequence[Fact], setting: Setting, ledger: Ledger) -> tuple[Fact, ...]:
    cities: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: (not fact.insisted, -fact.fit)):
        cities.setdefault(fact.city, []).append(fact)
    named = [city for city in cities if city and city != setting.city][:_CITIES]
    return tuple(f for city in named for f in _taken(cities[city], _OF_A_CITY, setting, ledger))


def _is_past(fact: Fact, setting: Setting) -> bool:
    """Say whether a fact is an old plan: no plan of today, and no experience of anybody's."""
    return fact.role is Role.PLAN and setting.is_old(fact)


def _holds(fact: Fact, setting: Setting) -> bool:
    return checked(said(fact, setting), [fact]) == SUPPORTED


def said(fact: Fact, setting: Setting, *, again: bool = False) -> str:
    """Say a fact in its own words; ``again`` says that its document was named just before."""
    old = setting.is_old(fact)
    if fact.city == setting.city:
        return said_of_own(fact, setting.city, is_old=old, again=again)
    return said_of_other(fact, is_old=old, again=again)


def own_claims(
    portion: Portion, setting: Setting, named_above: frozenset[str] = frozenset()
) -> tuple[Claim, ...]:
    """Say the facts of a portion in the documents' own words.

    ``named_above`` are the ids of documents that the letter named before.
    """
    claims, named = [], set[str]()
    for fact in portion.facts:
        # A rule is framed by its document anew in each paragraph; a name said once is enough otherwise.
        above = fact.document.id in named_above and fact.document.kind not in RULES
        words = said(fact, setting, again=above or fact.document.id in named)
        named |= {fact.document.id} if names_title(words, fact.document) else set()
        claims.append(Claim(words, (fact,), checked(words, [fact])))
    return tuple(claims)


def told_already(evidence: Evidence, setting: Setting, ledger: Ledger) -> frozenset[Role]:
    """Return what the letter has said of this point before; ask before choosing."""
    before = [fact for fact in evidence.own if not ledger.is_new(fact)]
    return frozenset(f.role for f in before if not _is_past(f, setting))


def short(topic: str) -> str:
    """Return a topic as a heading has it: a long one by its first clause."""
    first = re.split(r"[，,]", topic, maxsplit=1)[0]
    return first if len(topic) > _HEADING_CHARS and len(first) >= _LEAST_HEADING else topic


def with_gaps(
    number: int, topic: str, paragraphs: Sequence[Paragraph], told: frozenset[Role]
) -> tuple[Paragraph, ...]:
    """Leave to fill in what no source reports or plans; point back to what was ``told`` before."""
    roles = {paragraph.role for paragraph in paragraphs}
    own = [p for p in paragraphs if p.role != Role.ELSEWHERE]
    others = [p for p in paragraphs if p.role == Role.ELSEWHERE]
    if not roles & _REPORTS:
        what = f"“{short(topic)}”的工作情况，文件库中没有"
        own.insert(0, _instead(number, Role.DONE, what, is_told=bool(told & _REPORTS)))
    if Role.PLAN not in roles:
        what = f"“{short(topic)}”的下一步工作安排，文件库中没有"
        own.append(_instead(number, Role.PLAN, what, is_told=Role.PLAN in told))
    return (*own, *others)


def _instead(number: int, role: Role, what: str, *, is_told: bool) -> Paragraph:
    above = Sentence("有关情况见前述内容。", (), FORM)
    sentence = above if is_told else Sentence(to_fill_in(what), (), PLACEHOLDER)
    return Paragraph((sentence,), role.value, number)
