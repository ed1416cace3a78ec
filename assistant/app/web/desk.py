"""What the page works with: one library, one assistant, the settings; shared by all readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.answering import Assistant
from assistant.app.web import uploads
from assistant.app.web.answer_files import AnswerFiles
from assistant.app.web.cards import Cards
from assistant.app.web.uploads import Upload
from assistant.library import IndexProgress, IndexReport, Library, originals
from assistant.retrieval.keywords import keywords
from assistant.settings import Settings
from assistant.types import Answer, Hit, Passage, Question, Sentence

Event = Question | tuple[Hit, ...] | Sentence | Answer


class Desk:
    """Ask, read, add and remove for the page. Safe to use from many threads."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library, self.settings = library, settings
        self.answers = AnswerFiles()
        self._assistant = Assistant(library)

    def warm_up(self) -> None:
        """Answer once, so that the first reader does not wait for what is loaded at first use."""
        cities = self.library.cities()
        for _ in self.stream(
            f"{cities[0] if cities else ''}的目标是什么", (), city="", kind="", extractive=True
        ):
            pass

    def cards(self) -> Cards:
        """Return the documents' cards by id."""
        return {card.id: card for card in self.library.documents()}

    def passages_of(self, answer: Answer) -> tuple[Passage, ...]:
        """Return the passages that the answer's citations stand in."""
        return self.library.passages([citation.passage_id for citation in answer.citations])

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of document that the library has."""
        return self.library.kinds()

    def stream(
        self,
        question: str,
        history: Sequence[str],
        *,
        city: str,
        kind: str,
        extractive: bool = False,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> Iterator[Event]:
        """Answer step by step; see Assistant.stream."""
        return self._assistant.stream(
            question,
            history,
            city=city,
            kind=kind,
            extractive=extractive,
            is_wanted=is_wanted,
        )

    def search(self, query: str, *, k: int) -> tuple[Hit, ...]:
        """Return the passages that fit the query best."""
        return self._assistant.search(query, k=k)

    def add(
        self, sent: Sequence[Upload], *, progress: Callable[[IndexProgress], None]
    ) -> IndexReport:
        """Keep the files in the library and index them. Raises LibraryBusyError."""
        kept = uploads.keep(originals.uploads(self.settings.library), sent)
        report = self.library.index(kept, progress=progress)
        skipped = (str(file.path) for file in report.skipped)
        originals.discard_uploads(self.settings.library, skipped)
        return report

    def remove(self, document_id: str) -> None:
        """Take a document out of the library, with its kept upload. Raises LibraryBusyError."""
        self.library.remove(document_id)


def words_to_mark(question: Question) -> tuple[str, ...]:
    """Return the words of a question to mark in the quotes: its subject, not its fillers."""
    found = keywords(question.standalone, without=question.cities)
    return tuple(form for word in found for form in word.forms if len(form) > 1)
