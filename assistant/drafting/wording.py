"""How a fact is said in the letter: its own words, 我市 for the city's name, its date, whose it is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from assistant.answering.statements import Source, source_at
from assistant.answering.verification import verify
from assistant.drafting.ages import title_span
from assistant.drafting.facts import Fact, context_of
from assistant.drafting.items import plain
from assistant.drafting.proposal import Role
from assistant.drafting.roles import RULES
from assistant.text.places import find_places
from assistant.types import Document

FORM, PLACEHOLDER = "form", "placeholder"
_AS_OF = re.compile(r"截[至止](?:到)?\s*20\d\d\s*年")
_TIED = re.compile(
    r"^(?:下一步|同时|与此同时|此外|其中|另外|但是|但|因此|为此|在此基础上|在此期间|(?:第?[一二三四五六七八九十]|再|其)次?[，,])[，,]?"
)
_OURS = re.compile(r"[我本]市(?!场)")
# A city's name is replaced only before a verb or adverb: 广州市卫生健康委 and 广州市胸科医院 are names.
_DOING = (
    r"(?=自|将|已|在|围绕|全力|积极|成功|严格|高度|深入|通过|坚持|针对|成立|率先|全面|以|从|立足|聚焦|大力"
    r"|持续|进一步|始终|认真|着力|加快|不断|按照|组建|建立|印发|出台|启动|制定)"
)


def said_of_own(fact: Fact, city: str, *, is_old: bool, again: bool = False) -> str:
    """Say a fact of the replying city; an old one is led by its document and year.

    ``again`` says that the sentence before named that document already.
    """
    words = re.sub(f"(?<![一-鿿《“]){re.escape(city)}市?{_DOING}", "我市", _bare(fact))
    if fact.document.kind in RULES:
        return f"{_rule_lead(fact, is_old=is_old, again=again)}{words}"
    return f"{_dated_lead(fact, again=again)}{words}" if is_old else words


def _rule_lead(fact: Fact, *, is_old: bool, again: bool) -> str:
    if again:
        return f"该文件（{fact.year}年）还规定，" if is_old else ""
    return f"《{plain(fact.document.title)}》{f'（{fact.year}年）' if is_old else ''}规定，"


def _bare(fact: Fact) -> str:
    """Return the fact's words as a sentence of its own: not tied to the one before, in full-width marks."""
    words = full_width(_TIED.sub("", fact.told.text))
    return f"{words[:-1]}。" if words.endswith("；") else words


def full_width(words: str) -> str:
    """Write the punctuation beside Han characters as Chinese is written; numbers keep theirs."""
    for half, full in zip("(),;:?!", "（），；：？！", strict=True):
        sign = re.escape(half)
        words = re.sub(rf"(?<=[^\x00-\x7f]){sign}|{sign}(?=[^\x00-\x7f])", full, words)
    if words.count('"') % 2:
        return words
    quotes = itertools.cycle("“”")
    return re.sub('"', lambda _: next(quotes), words)


def _dated_lead(fact: Fact, *, again: bool) -> str:
    is_plan = fact.role is Role.PLAN
    if _AS_OF.search(fact.told.text) and not is_plan:
        return ""
    named = f"《{plain(fact.document.title)}》（{fact.year}年）"
    named = f"据上述{fact.year}年文件，" if again else f"据{named}，"
    return f"{named}当时提出：" if is_plan else named


def said_of_other(fact: Fact, *, is_old: bool, again: bool = False) -> str:
    """Say a fact of another city: named first, 我市 in its words made 该市.

    ``again`` says that the letter named the document before.
    """
    city = full_name(fact.city)
    words = _OURS.sub("该市", _bare(fact))
    verb = "提出" if fact.role is Role.PLAN else "介绍"
    verb = "规定" if fact.document.kind in RULES else verb
    is_dated = is_old or _needs_year(fact)
    if again:
        return f"{city}{f'{fact.year}年' if is_dated else ''}{verb}：{words}"
    year = f"（{fact.year}年）" if is_dated else ""
    return f"{city}在《{plain(fact.document.title)}》{year}中{verb}：{words}"


def _needs_year(fact: Fact) -> bool:
    return fact.year is not None and fact.role is not Role.PLAN


def full_name(city: str) -> str:
    """Return 湖州市 for 湖州; a name that has its rank already is kept."""
    return next((place.full for place in find_places(city)), f"{city}市")


def names_title(said: str, document: Document) -> bool:
    """Say whether the sentence names the document, so that its title is to be cited too."""
    return bool(document.title) and f"《{plain(document.title)}》" in said


def title_source(document: Document, passage_id: str) -> Source | None:
    """Cite the document's title where it stands in its text, None where it does not."""
    span = title_span(document)
    return Source(document.id, passage_id, span, span.of(document.text), ()) if span else None


def source_of(fact: Fact) -> Source:
    """Cite the sentence that the fact was taken from."""
    return source_at(fact.told.passage, fact.told.span)


def checked(said: str, facts: Sequence[Fact]) -> str:
    """Return ``supported`` or what is wrong with ``said``, against the sources of ``facts``."""
    quotes = [plain(source_of(fact).quote) for fact in facts]
    return verify(said, quotes, [_grounds(fact) for fact in facts] * 2)


def _grounds(fact: Fact) -> str:
    """Say what the fact stands under: its passage and headings, whose document it is, from when."""
    document = fact.document
    whose = f"{full_name(document.city)} {document.issuer} {document.title} {plain(document.title)}"
    written = f"{fact.year}年" if fact.year else ""
    return "\n".join((context_of(fact), whose, written))
