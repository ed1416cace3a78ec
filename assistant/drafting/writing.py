"""A point's portions written by a language model, every sentence checked before it is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.answering.markers import Marked, marked_sentences
from assistant.answering.model import Model, Spending, tokens_of
from assistant.answering.prompts import fill
from assistant.drafting.composing import Portion, Setting, own_claims
from assistant.drafting.duties import wrong_with
from assistant.drafting.facts import Fact
from assistant.drafting.items import plain
from assistant.drafting.ledger import Claim
from assistant.errors import AssistantError
from assistant.text.numbers import quantities
from assistant.types import SUPPORTED

_MOST_SENTENCES, _MOST_REPAIRS = 16, 4
_HAN, _LEAST_HAN = re.compile("[㐀-鿿]"), 4
_MARKUP = re.compile(r"[*_`#]+")
# Brackets that could pass for marks of ours, and what a document may say in another alphabet of signs.
_PLAIN_SIGNS = str.maketrans("[]【】［］〔〕<>", "（）（）（）（）＜＞")


@dataclass
class _Page:
    """One point on the model's desk: its numbered facts, what was accepted, failed, spent."""

    facts: tuple[Fact, ...]
    spending: Spending
    kept: list[Claim] = field(default_factory=list)
    failed: list[tuple[Marked, str]] = field(default_factory=list)
    owed: list[Fact] = field(default_factory=list)

    def cited(self, marked: Marked) -> tuple[Fact, ...]:
        """Return the facts with the sentence's numbers, in order."""
        return tuple(self.facts[n - 1] for n in sorted(marked.numbers) if 0 < n <= len(self.facts))


class Writer:
    """Let a model write from chosen facts only; what fails its check is said in the sources' words.

    ``trouble`` says why the service failed, after which it is not asked again. ``written`` counts the
    sentences taken from it, ``replaced`` those that failed twice.
    """

    def __init__(self, model: Model, setting: Setting) -> None:
        self.model, self._setting = model, setting
        self.trouble, self.written, self.replaced = "", 0, 0

    def write(
        self, topic: str, portions: Sequence[Portion], named: frozenset[str]
    ) -> tuple[tuple[Claim, ...], ...]:
        """Return the claims for each portion, in the order of its facts; never raises ModelError.

        ``named`` are the ids of documents that the letter has named.
        """
        facts = self._affordable(topic, [f for p in portions for f in p.facts])
        page = _Page(facts, self.model.spending(lambda: True))
        if page.facts and not self.trouble:
            try:
                self._compose(topic, page)
                self._repair(page)
            except AssistantError as error:
                self.trouble = str(error)
                page.owed += [fact for marked, _ in page.failed for fact in page.cited(marked)]
        self.written += len(page.kept)
        return tuple(self._merged(portion, page, named) for portion in portions)

    # --- asking ----------------------------------------------------------------------------------

    def _affordable(self, topic: str, facts: Sequence[Fact]) -> tuple[Fact, ...]:
        """Keep the facts that fit into the model's budget of tokens; the rest is said as it stands."""
        frame = fill("draft_system") + self._prompt(topic, "")
        left = self.model.tokens - self.model.answer_tokens - tokens_of(frame)
        kept: list[Fact] = []
        for fact in facts:
            left -= tokens_of(self._shown(len(kept) + 1, fact)) + 2
            if left < 0:
                break
            kept.append(fact)
        return tuple(kept)

    def _prompt(self, topic: str, passages: str) -> str:
        return fill("draft", passages=passages, topic=_harmless(topic), city=self._setting.city)

    def _shown(self, number: int, fact: Fact) -> str:
        old = f"，旧文件，{fact.year}年" if self._setting.is_old(fact) else ""
        title = f"《{plain(fact.document.title)}》"
        head = f"{fact.role.value}，{fact.city}{title}{old}"
        return f"段落[{number}]（{_harmless(head)}）\n{_harmless(fact.told.text)}"

    def _asked(self, prompt: str, page: _Page) -> Iterator[str]:
        return self.model.stream(fill("draft_system"), prompt, page.spending)

    def _compose(self, topic: str, page: _Page) -> None:
        shown = "\n\n".join(self._shown(n, fact) for n, fact in enumerate(page.facts, start=1))
        written = marked_sentences(self._asked(self._prompt(topic, shown), page))
        for count, marked in enumerate(written):
            if count >= _MOST_SENTENCES:
                return
            claim, wrong = self._judged(marked, page)
            if claim is None:
                page.failed.append((marked, wrong))
            elif all(claim.words != kept.words for kept in page.kept):
                page.kept.append(claim)

    def _repair(self, page: _Page) -> None:
        """Send each failed sentence back once; what fails again is owed in its sources' words."""
        for count, (marked, wrong) in enumerate(page.failed):
            facts = page.cited(marked)
            claim = self._again(marked, wrong, page) if facts and count < _MOST_REPAIRS else None
            if claim and all(claim.words != kept.words for kept in page.kept):
                page.kept.append(claim)
            elif claim is None:
                self.replaced += 1
                page.owed += facts
        page.failed.clear()

    def _again(self, marked: Marked, wrong: str, page: _Page) -> Claim | None:
        numbers = [n for n in sorted(marked.numbers) if 0 < n <= len(page.facts)]
        shown = "\n\n".join(self._shown(n, page.facts[n - 1]) for n in numbers)
        prompt = fill("repair", passages=shown, sentence=marked.text, reason=wrong)
        if tokens_of(prompt) + self.model.answer_tokens > page.spending.left:
            return None
        again = next(marked_sentences(self._asked(prompt, page)), None)
        return self._judged(again, page)[0] if again else None

    # --- judging ---------------------------------------------------------------------------------

    def _judged(self, marked: Marked, page: _Page) -> tuple[Claim | None, str]:
        """Return the claim that a sentence becomes, or None and what is wrong with it.

        A sentence without a valid mark is attributed only to a fact under which alone it passes.
        """
        words = _MARKUP.sub("", marked.text).strip()
        if len(_HAN.findall(words)) < _LEAST_HAN or "://" in words or "〔" in words:
            return None, "没有内容"
        facts = page.cited(marked)
        if not facts:
            facts = tuple(f for f in page.facts if self._passes(words, (f,)))[:1]
            return (Claim(words, facts), "") if facts else (None, "没有注明所依据的段落")
        wrong = wrong_with(words, facts, self._setting)
        if wrong != SUPPORTED:
            return None, wrong
        bearing = tuple(fact for fact in facts if self._passes(words, (fact,)))
        return Claim(words, bearing or facts), SUPPORTED

    def _passes(self, words: str, facts: tuple[Fact, ...]) -> bool:
        return wrong_with(words, facts, self._setting) == SUPPORTED

    def _merged(self, portion: Portion, page: _Page, named: frozenset[str]) -> tuple[Claim, ...]:
        """Join the model's sentences on a portion with what it owes of the portion's facts."""
        places = {fact.place: at for at, fact in enumerate(portion.facts)}
        kept = [c for c in page.kept if c.facts[0].place in places]
        said = {fact.place for claim in page.kept for fact in claim.facts}
        own = [c for c in own_claims(portion, self._setting, named) if c.facts[0].place not in said]
        owed = [c for c in own if not kept or _is_owed(c.facts[0], page)]
        order = sorted((*kept, *owed), key=lambda claim: places[claim.facts[0].place])
        return tuple(order)


def _is_owed(fact: Fact, page: _Page) -> bool:
    """Say whether a fact that no kept sentence cites must be said all the same.

    Those insisted on, those of failed sentences, and those with numbers that nobody says.
    """
    if fact.insisted or fact in page.owed:
        return True
    said = {quantity.value for claim in page.kept for quantity in quantities(claim.words)}
    return not {quantity.value for quantity in quantities(fact.told.text)} <= said


def _harmless(text: str) -> str:
    """Show a document's words so that nothing in them passes for a mark of ours."""
    return text.translate(_PLAIN_SIGNS)
