"""Does a sentence stand in what it cites? Names, numbers as facts, negation, then words.

Nothing here trusts who wrote the sentence. A number counts as standing in the source only as the same
fact: value, unit, qualifier, year, place, kind (baseline, target, achieved), and about the same thing.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.verification.facts import facts_of
from assistant.answering.verification.figures import figures_wrong
from assistant.answering.verification.frames import key_of
from assistant.answering.verification.grounds import grounds_of
from assistant.answering.verification.naming import names_wrong, without_titles
from assistant.answering.verification.wording import words_wrong
from assistant.types import SUPPORTED

__all__ = ["verify"]


def verify(sentence: str, quotes: Sequence[str], context: Sequence[str] = ()) -> str:
    """Return ``supported``, or what is wrong in Chinese.

    ``quotes`` are the cited words. ``context`` is what they stand under: what each document is about
    (title, issuer, city) followed by what surrounds each quote (headings, column heads, passage), as
    many of each as quotes; any other number of strings stands around every quote.
    """
    claim, grounds = key_of(sentence.strip()), grounds_of(quotes, context)
    if not grounds:
        return "没有引文"
    wrong = names_wrong(claim, grounds)
    if wrong:
        return wrong
    rest = without_titles(claim)
    wrong = figures_wrong(rest, grounds)
    return wrong or words_wrong(rest, grounds, has_figures=bool(facts_of(rest))) or SUPPORTED
