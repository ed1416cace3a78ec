"""With a model that writes whatever it likes, no answer is worse than without one.

The model is a real server that parrots the passages it is shown: sentences as they are, with another
number, with another city, under another passage's number, without a marker. Graded on the development
questions by the evaluation's own rules.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from answering.model_server import Reply, serving

from assistant.answering import Assistant
from assistant.library import Library
from assistant.settings import load_settings
from assistant.types import Answer, Mark, Status
from eval.citations import unsupported_numbers
from eval.correctness import grade
from eval.questions import GoldQuestion, load_questions

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
_SENTENCE = re.compile(r"[^。\n]{8,160}。")
_CITIES = ("湖州", "广元", "天津", "广州", "温州")
EVERY = 8
"""Of the development questions, one in so many."""


class Parrot:
    """Write from a prompt's passages, truly and falsely, the same for the same prompt."""

    def __call__(self, prompt: str) -> Reply:
        chance = random.Random(prompt)
        blocks = re.split(r"段落\[(\d+)\]", prompt.split("\n\n问题：")[0])
        numbers, bodies = blocks[1::2], blocks[2::2]
        held = [(n, s) for n, body in zip(numbers, bodies, strict=True) for s in self._of(body)]
        chosen = chance.sample(held, min(4, len(held)))
        said = [self._changed(number, words, numbers, chance) for number, words in chosen]
        return Reply(tuple(said))

    def _of(self, body: str) -> list[str]:
        return [match[0].strip() for match in _SENTENCE.finditer(body.partition("）\n")[2])]

    def _changed(self, number: str, words: str, numbers: list[str], chance: random.Random) -> str:
        way = chance.randrange(6)
        if way == 1:
            words = re.sub(r"\d+(?:\.\d+)?", lambda m: f"{float(m[0]) + 1:g}", words, count=1)
        if way == 2:
            words = re.sub("|".join(_CITIES), chance.choice(_CITIES), words)
        if way == 3:
            words = f"{chance.choice(_CITIES)}市{words}"
        marker = chance.choice(numbers) if way == 4 else number
        return words if way == 5 else f"{words}[{marker}]"


@pytest.fixture(scope="module")
def library_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five documents."""
    directory = tmp_path_factory.mktemp("never-below") / "library"
    Library.build(directory, load_settings(corpus=ROOT / "corpus"))
    return directory


@pytest.fixture(scope="module")
def assistant(library_dir: Path) -> Iterator[Assistant]:
    """The corpus, asked with the parrot for a model."""
    with serving(Parrot()) as served:
        settings = load_settings(model=served.url, model_name="parrot", model_timeout=60.0)
        with Library.open(library_dir, settings) as library:
            yield Assistant(library)


def test_no_answer_is_worse_and_no_number_or_city_is_wrong(assistant: Assistant) -> None:
    library = assistant.library
    worse, unsupported, strange, verified = [], [], [], 0
    for gold in _questions():
        written = assistant.ask(gold.question, gold.history)
        plain = assistant.ask(gold.question, gold.history, extractive=True)
        if grade(gold, plain, library).right and not grade(gold, written, library).right:
            worse.append((gold.id, gold.question, written.text))
        unsupported += [(gold.id, n) for n in unsupported_numbers(written, library)]
        strange += [(gold.id, city) for city in _cities(written, library) - _cities(plain, library)]
        verified += sum(sentence.mark is Mark.VERIFIED for sentence in written.sentences)
    assert worse == []
    assert unsupported == []
    assert strange == []
    assert verified > 20


def _cities(answer: Answer, library: Library) -> set[str]:
    """Return whose documents an answer cites; where no city was asked for, none counts."""
    if not answer.question.cities:
        return set()
    cited = {citation.document_id for citation in answer.citations}
    return {library.document(one).city for one in cited} - set(answer.question.cities)


def _questions() -> list[GoldQuestion]:
    found = load_questions("dev")
    return [gold for gold in found if gold.status is Status.ANSWERED][::EVERY]
