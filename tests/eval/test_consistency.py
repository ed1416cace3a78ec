"""The grader and the gold agree: an answer made of the gold passages themselves is graded right."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.library import Library
from assistant.settings import load_settings
from assistant.types import Answer, Citation, Intent, Question, Reason, Sentence, Status
from eval.citations import citation_places, citation_precision, share_proved, unsupported_numbers
from eval.correctness import grade
from eval.evidence import Group, Place, resolve
from eval.measure import texts_of
from eval.questions import GoldQuestion, Split, load_questions
from eval.shelf import passage_words

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    directory = tmp_path_factory.mktemp("library")
    settings = load_settings(library=directory, corpus=ROOT / "corpus")
    Library.build(directory, settings)
    return Library.open(directory, settings)


def _gold_answer(question: GoldQuestion, groups: tuple[Group, ...], library: Library) -> Answer:
    ids = {Path(card.source).name: card.id for card in library.documents()}
    places = [max(group, key=lambda place: len(place.span)) for group in groups]
    cited = [
        _cite(number, ids[place.document], place, library) for number, place in enumerate(places, 1)
    ]
    return Answer(
        Question(question.question, question.question, Intent.VALUE),
        Status.ANSWERED,
        None,
        tuple(_read(citation, library) for citation in cited),
        tuple(cited),
    )


def _cite(number: int, document_id: str, place: Place, library: Library) -> Citation:
    text = library.document(document_id).text
    return Citation(number, document_id, "", place.span, place.span.of(text), ())


def _read(citation: Citation, library: Library) -> Sentence:
    document = library.document(citation.document_id)
    passages = library.passages_of(citation.document_id)
    words = [passage_words(p) for p in passages if p.span.overlaps(citation.span)]
    return Sentence("\n".join((document.city, *words, citation.quote)), (citation.number,))


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_gold_itself_is_graded_right(split: Split, library: Library) -> None:
    """Forbidden words may stand beside the fact in its passage; everything else must be right."""
    texts = texts_of(library)
    for question in load_questions(split):
        if not question.answerable:
            continue
        groups = resolve(question, texts)
        answer = _gold_answer(question, groups, library)
        graded = grade(question, answer, library)
        assert graded.complete == 1, question.id
        assert graded.right or graded.forbidden, question.id
        assert unsupported_numbers(answer, library) == (), question.id
        places = citation_places(library, answer)
        assert (citation_precision(places, groups), share_proved(places, groups)) == (1, 1)


def test_a_wrong_status_or_no_answer_at_all_is_graded_wrong(library: Library) -> None:
    texts = texts_of(library)
    for question in load_questions("dev")[:40]:
        if not question.answerable:
            continue
        answer = _gold_answer(question, resolve(question, texts), library)
        empty = Answer(answer.question, Status.ANSWERED, None, (), ())
        refused = Answer(
            answer.question,
            Status.REFUSED,
            Reason.NOT_IN_DOCUMENTS,
            answer.sentences,
            answer.citations,
        )
        assert not grade(question, empty, library).right, question.id
        assert not grade(question, refused, library).right, question.id
