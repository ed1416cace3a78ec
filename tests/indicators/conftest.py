"""Small documents, read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.documents import Loaded, parse
from assistant.indicators import extract
from assistant.types import Document, IndicatorValue

Values = tuple[IndicatorValue, ...]


def document_of(text: str) -> Document:
    """Parse a small document."""
    return parse(Loaded(text), source="small.txt")


PLAN = """青林市人民政府办公室关于印发青林市民生事业实施方案的通知

青政办发〔2023〕8号

各县（区）人民政府，市政府各部门：

现将《青林市民生事业实施方案》印发给你们，请认真贯彻执行。

青林市人民政府办公室
2023年3月6日

青林市民生事业实施方案

一、重点任务
"""


@pytest.fixture
def read() -> Callable[[str], Values]:
    """Return a function that extracts what a sentence says in a plan of 2023."""

    def extracted(sentence: str) -> Values:
        document = document_of(PLAN + sentence + "\n")
        values = extract(document)
        for value in values:
            assert document.text[value.span.start : value.span.end] == value.quote
        return values

    return extracted
