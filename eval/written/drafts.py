"""What a model wrote before anything was checked, read from what went over the wire."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.markers import marked_sentences
from eval.written.judging import Said
from eval.written.relay import Exchange

_BLOCK = re.compile(r"段落\[(\d+)\]")


def blocks_of(prompt: str) -> dict[int, str]:
    """Return the numbered passages of a prompt as the model was shown them, by number."""
    parts = _BLOCK.split(prompt)
    return {int(n): words for n, words in zip(parts[1::2], parts[2::2], strict=True)}


def first_draft(exchanges: Sequence[Exchange]) -> Exchange | None:
    """Return the exchange in which the answer was first written; later ones mend its sentences."""
    return next((exchange for exchange in exchanges if blocks_of(exchange.prompt)), None)


def drafted(exchanges: Sequence[Exchange]) -> tuple[tuple[Said, bool], ...]:
    """Return the sentences of the first draft, each with what it rests on and whether it has a mark.

    A sentence without a mark that names a passage shown is taken to rest on all of them.
    """
    draft = first_draft(exchanges)
    if draft is None:
        return ()
    blocks, found = blocks_of(draft.prompt), []
    for sentence in marked_sentences([draft.reply]):
        cited = [blocks[number] for number in sentence.numbers if number in blocks]
        found.append((Said(sentence.text, "\n".join(cited or blocks.values())), bool(cited)))
    return tuple(found)


def is_by_model(text: str, exchanges: Sequence[Exchange]) -> bool:
    """Say whether a sentence that the reader got is the model's, from the draft or mended."""
    return any(
        sentence.text == text
        for exchange in exchanges
        for sentence in marked_sentences([exchange.reply])
    )
