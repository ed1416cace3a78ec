"""What a sentence must have besides the words of the question: a person's name, a meaning."""

from __future__ import annotations

import re

from assistant.answering.expectation import Expectation
from assistant.answering.ranking import Candidate
from assistant.text.persons import names_a_person

_OFFICE = re.compile(r"(?:组长|主任|主席|会长|总指挥|书记|院长|局长|理事长|召集人|联络员)")
_ASKS_MEANING = re.compile(r"(?:什么|啥)意思|含义|定义|什么叫|何谓")
_DEFINES = re.compile(r"是指|所称|指的是|即|是[^，。]{2,20}的|简称|定义")


def lacks_a_person(expected: Expectation, best: Candidate) -> bool:
    """Say whether a person is asked for, and the unit has no name or not the office that they hold."""
    if expected.asks_name and not names_a_person(best.unit.text):
        return True
    office = _OFFICE.search(expected.text) if expected.asks_person else None
    return office is not None and office[0] not in f"{best.unit.key} {best.unit.context}"


def lacks_a_meaning(expected: Expectation, best: Candidate) -> bool:
    """Say whether it is asked what an indicator means, and the unit only uses it."""
    asked = bool(expected.indicators) and _ASKS_MEANING.search(expected.text)
    return bool(asked) and not _DEFINES.search(best.unit.text)
