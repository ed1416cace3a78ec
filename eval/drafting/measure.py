"""Draft the proposals and count what must hold of every draft, by rules of its own.

The checks do not use the product's verification: numbers and bodies are compared as they are written.
"""

from __future__ import annotations

import re
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.drafting import Coverage, Draft, Drafter, Role, Wish
from assistant.library import Library
from assistant.settings import load_settings
from assistant.types import Citation, DocumentKind, Sentence

PROPOSALS = Path(__file__).parent / "proposals.toml"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_BODY = re.compile(r"[一-鿿]{1,10}?(?:委员会|医院|中心|集团|局|厅|委)(?=[一-鿿，。、；])")
_LED_BY = re.compile(
    r"^据(?:上述(\d{4})年文件|《[^》]*》（(\d{4})年）)，(?:当时提出：)?|^[一-鿿]+市(?:在.{2,60}?中|\d{4}年)?(?:提出|介绍|规定)："
)


@dataclass(frozen=True, slots=True)
class Case:
    """A proposal with its city and, for each point, the words that a good draft cites."""

    id: str
    city: str
    text: str
    gold: tuple[tuple[str, ...], ...]
    absent: bool = False


@dataclass
class Figures:
    """Counts of what held and of what was looked at, and what was wrong in words."""

    held: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    slowest_ms: float = 0.0

    def count(self, name: str, holds: bool, told: str) -> None:
        """Count one thing looked at."""
        self.seen[name] = self.seen.get(name, 0) + 1
        self.held[name] = self.held.get(name, 0) + holds
        if not holds:
            self.wrong.append(f"{name}: {told}")

    def shares(self) -> dict[str, float]:
        """Return the share that held, by name."""
        return {name: self.held[name] / seen for name, seen in self.seen.items()}

    def broken(self) -> list[str]:
        """Return the gates that do not hold."""
        shares = self.shares()
        lost = [n for n, least in GATES.items() if shares.get(n, 0.0) < least]
        return lost + (["a draft in one second"] if self.slowest_ms > MOST_MS else [])


GATES = {
    "sentences checked": 1.0,
    "numbers": 1.0,
    "named bodies": 1.0,
    "citations resolve": 1.0,
    "own city only": 1.0,
    "points as in the proposal": 1.0,
    "gold passages": 0.9,
    "absent topics said so": 1.0,
}
MOST_MS = 1000


def load_cases(path: Path = PROPOSALS) -> tuple[Case, ...]:
    """Read the proposals."""
    tables = tomllib.loads(path.read_text("utf-8"))["proposal"]
    return tuple(
        Case(t["id"], t["city"], t["text"], tuple(map(tuple, t["gold"])), t.get("absent", False))
        for t in tables
    )


def measure(library: Library, cases: Sequence[Case]) -> Figures:
    """Draft every case and count."""
    figures, drafter = Figures(), Drafter(library)
    drafter.warm_up()
    for case in cases:
        wish = Wish(city=case.city, body="市卫生健康委")
        # A draft waits for nothing: its time on the processor is what it takes on an idle machine.
        started = time.process_time()
        draft = drafter.draft(case.text, wish)
        spent = (time.process_time() - started) * 1000
        figures.slowest_ms = max(figures.slowest_ms, spent)
        _grade(figures, case, draft, library)
    return figures


def _grade(figures: Figures, case: Case, draft: Draft, library: Library) -> None:
    by_number = {citation.number: citation for citation in draft.citations}
    for citation in draft.citations:
        text = library.document(citation.document_id).text
        there = citation.span.of(text) == citation.quote and citation.passage_id
        figures.count("citations resolve", bool(there), f"{case.id} [{citation.number}]")
    for sentence, role in _spoken(draft):
        if sentence.citations:
            cited = [by_number[n] for n in sentence.citations]
            _grade_sentence(figures, case, sentence, role, cited, library)
    if case.absent:
        said = all(point.coverage is Coverage.MISSING for point in draft.points)
        marked = sum("文件库中没有" in mark for mark in draft.placeholders)
        figures.count("absent topics said so", said and marked >= len(draft.points), case.id)
    else:
        _grade_points(figures, case, draft, by_number)


def _spoken(draft: Draft) -> Iterator[tuple[Sentence, str]]:
    for section in draft.sections:
        for paragraph in section.paragraphs:
            yield from ((sentence, paragraph.role) for sentence in paragraph.sentences)


def _grade_sentence(
    figures: Figures,
    case: Case,
    sentence: Sentence,
    role: str,
    cited: Sequence[Citation],
    library: Library,
) -> None:
    told = f"{case.id} {sentence.text[:60]}"
    figures.count("sentences checked", sentence.support == "supported", told)
    quotes = _dense("".join(citation.quote for citation in cited))
    lead = _LED_BY.match(sentence.text)
    claim = _dense(sentence.text[lead.end() if lead else 0 :])
    for number in _NUMBER.findall(claim):
        figures.count("numbers", number in _NUMBER.findall(quotes), f"{told} {number}")
    named_in = quotes.replace("我市", "")
    for body in _BODY.findall(claim.replace("我市", "").replace("该市", "")):
        figures.count("named bodies", body in named_in, f"{told} {body}")
    cities = {library.document(citation.document_id).city for citation in cited}
    own = cities == {case.city} if role != Role.ELSEWHERE else case.city not in cities
    figures.count("own city only", own, told)


def _grade_points(
    figures: Figures, case: Case, draft: Draft, by_number: dict[int, Citation]
) -> None:
    same = len(draft.points) == len(case.gold)
    figures.count("points as in the proposal", same, f"{case.id} {[p.topic for p in draft.points]}")
    for point, gold in zip(draft.points, case.gold, strict=False):
        cited = [by_number[n] for n in point.citations]
        words = _dense("".join(c.quote + "".join(c.heading_path) for c in cited))
        found = any(_dense(one) in words for one in gold)
        figures.count("gold passages", found, f"{case.id} {point.topic} {gold}")


def _dense(text: str) -> str:
    return re.sub(r"\s", "", text)


def reply_compared(library: Library, case: Case) -> tuple[int, int]:
    """Count the real reply's headings that a draft covers in a library without that reply.

    ``library`` has the reply. Every heading of the second level of the city's reply is asked as a point
    of the proposal.
    """
    cards = library.documents()
    real = [c for c in cards if c.city == case.city and c.kind is DocumentKind.REPLY]
    titles = [h.title for c in real for h in library.document(c.id).outline if h.level == 2]
    asked = "\n".join(f"{number}. {title}。" for number, title in enumerate(titles, start=1))
    text = f"{case.text.strip().splitlines()[0]}\n建议：\n{asked}"
    files = library.settings.corpus / "documents"
    others = [files / card.source for card in cards if card not in real]
    with tempfile.TemporaryDirectory(prefix="without-") as folder:
        settings = load_settings(library=Path(folder), corpus=library.settings.corpus)
        Library.build(settings.library, settings, others)
        with Library.open(settings.library, settings) as without:
            assert not {card.id for card in real} & {card.id for card in without.documents()}
            draft = Drafter(without).draft(text, Wish(city=case.city))
    covered = sum(point.coverage is not Coverage.MISSING for point in draft.points)
    return covered, len(titles)
