"""The JSON of ``assistant status``: a contract, every name here is relied on by scripts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.app.json_output import card_json
from assistant.library import DocumentCard, LibraryStatus


def status_json(numbers: LibraryStatus, cards: tuple[DocumentCard, ...]) -> dict[str, Any]:
    """Return a library's numbers and its documents; sizes in bytes, secrets masked."""
    figures = asdict(numbers)
    figures["fingerprint"] = dict(numbers.fingerprint)
    figures["settings"] = {key: str(value) for key, value in numbers.settings}
    documents = [card_json(card) for card in cards]
    return {**figures, "documents": numbers.documents, "document_list": documents}
