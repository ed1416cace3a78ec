"""A process that answers every dev question and prints its resident memory as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from assistant.answering import Assistant
from assistant.library import Library
from assistant.settings import load_settings
from eval.bench.clock import resident_mb
from eval.questions import load_questions


def main(directory: Path) -> None:
    """Ask and print."""
    settings = load_settings(library=directory)
    with Library.open(directory, settings) as library:
        assistant = Assistant(library)
        for question in load_questions("dev"):
            assistant.ask(question.question, question.history)
        print(json.dumps({"resident_mb": resident_mb()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
