"""A question that compares cities, put to each of them in turn."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.statements import Statement
from assistant.indicators import find_indicators
from assistant.retrieval.comparison import words_for, words_for_each
from assistant.text.dates import find_years
from assistant.types import Question


def question_for(question: Question, city: str) -> Question:
    """Return what ``question`` asks of ``city`` alone; its years and indicators are its own words'."""
    standalone = words_for(question.standalone, city, question.cities)
    focus = words_for(question.focus, city, question.cities)
    return replace(
        question,
        text=words_for(question.text, city, question.cities),
        standalone=standalone,
        focus=focus,
        cities=(city,),
        absent_cities=(),
        years=tuple(dict.fromkeys(year.year for year in find_years(standalone))),
        indicators=find_indicators(focus) or question.indicators,
    )


def questions_for_each(question: Question) -> tuple[Question, ...]:
    """Return ``question`` as asked of each of the two things that it names; empty for none."""
    texts = words_for_each(question.focus or question.standalone)
    return tuple(replace(question, standalone=text, focus=text) for text in texts)


def led_by(city: str, statement: Statement) -> Statement:
    """Name the city in front of what is said of it."""
    if statement.text.startswith(city):
        return statement
    return replace(statement, text=f"{city}：{statement.text}")
