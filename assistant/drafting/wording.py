"""How a fact is said in the letter: its own words, 我市 for the city's name, its date, whose it is."""

from __future__ import annotations

import re

from assistant.answering.statements import Source, source_at
from assistant.answering.verification import verify
from assistant.drafting.ages import title_span
from assistant.drafting.evidence import Fact
from assistant.drafting.items import plain
from assistant.drafting.proposal import Role
from assistant.text.places import find_places
from assistant.types import SUPPORTED, Document, Passage

FORM, PLACEHOLDER = "form", "placeholder"
_AS_OF = re.compile(r"截[至止](?:到)?\s*20\d\d\s*年")
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
    words = re.sub(f"(?<![一-鿿《“]){re.escape(city)}市?{_DOING}", "我市", fact.told.text)
    words = re.sub(r"^(?:下一步|同时|此外|其中|另外|但是|但)[，,]?", "", words)
    return f"{_dated_lead(fact, again=again)}{words}" if is_old else words


def _dated_lead(fact: Fact, *, again: bool) -> str:
    is_plan = fact.role is Role.PLAN
    if _AS_OF.search(fact.told.text) and not is_plan:
        return ""
    named = f"《{plain(fact.document.title)}》（{fact.year}年）"
    named = f"据上述{fact.year}年文件，" if again else f"据{named}，"
    return f"{named}当时提出：" if is_plan else named


def said_of_other(fact: Fact, *, is_old: bool, again: bool = False) -> str:
    """Say a fact of another city: named first, 我市 in its words made 该市."""
    city = full_name(fact.city)
    words = _OURS.sub("该市", fact.told.text)
    year = f"（{fact.year}年）" if is_old or _needs_year(fact) else ""
    named = "上述文件" if again else f"《{plain(fact.document.title)}》{year}"
    verb = "提出" if fact.role is Role.PLAN else "介绍"
    return f"{city}在{named}中{verb}：{words}"


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


def checked(said: str, fact: Fact) -> str:
    """Return ``supported`` or what is wrong with ``said``, against the fact's source."""
    passage: Passage = fact.told.passage
    document = fact.document
    place = f"{full_name(document.city)} {document.issuer} {document.title} {plain(document.title)}"
    written = f"{fact.year}年" if fact.year else ""
    context = (passage.text, *passage.heading_path, place, written)
    return verify(said, [plain(source_of(fact).quote)], context)


def is_supported(said: str, fact: Fact) -> bool:
    """Say whether the sentence stands in its source."""
    return checked(said, fact) == SUPPORTED
