"""Refusals: which kind, what was searched, and the nearest thing that the documents do say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.statements import Outcome, Statement, source_at
from assistant.answering.units import Unit
from assistant.answering.wording import say_unit
from assistant.library import Filters
from assistant.types import Document, Question, Reason


def city_not_in_library(question: Question, cities: Sequence[str]) -> Outcome:
    """Refuse: no document of that city is here. Names the cities that there are."""
    asked = "、".join(question.absent_cities)
    there = "、".join(cities[:12]) + ("等" if len(cities) > 12 else "")
    has = f"现有文件的城市：{there}。" if there else "文件库中没有任何城市的文件。"
    return Outcome(
        (Statement(f"文件库中没有{asked}的文件，无法回答。{has}"),), Reason.CITY_NOT_IN_LIBRARY
    )


def target_not_set(
    question: Question, subject: str, nearest: Sequence[tuple[Unit, Document]], lack: str = ""
) -> Outcome:
    """Refuse: the city's documents are here and set no such target.

    ``lack`` says what is missing where there is something else of the subject: 目标, 基期值.
    """
    city = "、".join(question.cities)
    of_it = f"「{subject}」的" if subject else "所问的"
    said = f"{city}的文件中没有设定{of_it}{lack or '目标或数值'}。"
    return Outcome((Statement(said), *_nearest(nearest)), Reason.TARGET_NOT_SET)


def year_not_in_documents(
    question: Question, years: Sequence[int], nearest: Sequence[tuple[Unit, Document]]
) -> Outcome:
    """Refuse: the documents say nothing of it for that year. Names the years that there are."""
    asked = "、".join(f"{year}年" for year in question.years)
    whose = "、".join(question.cities) or "文件库"
    there = "、".join(f"{year}年" for year in sorted(set(years)))
    said = [Statement(f"{whose}的文件中没有所问内容{asked}的数据或目标。")]
    if there and nearest:
        unit, _ = nearest[0]
        source = source_at(unit.passage, unit.span)
        said.append(Statement(f"文件中有这项内容的年份：{there}。", (source,)))
    return Outcome(tuple(said), Reason.YEAR_NOT_IN_DOCUMENTS)


def source_damaged(unit: Unit, document: Document) -> Outcome:
    """Refuse: the place that would say it has lost text in the source. Quotes what is left."""
    statement = Statement(
        f"原文此处残缺：《{document.title}》中相关语句有缺失，无法给出所问的内容，请查阅文件原件。",
        (source_at(unit.passage, unit.span),),
    )
    return Outcome((statement,), Reason.SOURCE_DAMAGED)


def not_in_documents(question: Question, nearest: Sequence[tuple[Unit, Document]]) -> Outcome:
    """Refuse: the documents do not say. Says what was searched."""
    where = f"{'、'.join(question.cities)}的文件" if question.cities else "文件库"
    return Outcome(
        (Statement(f"{where}中没有找到能回答这个问题的内容。"), *_nearest(nearest)),
        Reason.NOT_IN_DOCUMENTS,
    )


def beyond_the_city(named: Sequence[str], city: str) -> Outcome:
    """Refuse: the question names other cities than the one whose documents alone are searched."""
    whose = "、".join(named)
    said = (
        f"问题问到{whose}，而这次限定只查{city}的文件，无法回答。请取消城市的限定，或改问{city}。"
    )
    return Outcome((Statement(said),), Reason.NOT_IN_DOCUMENTS)


def none_of_the_kind(cities: Sequence[str], kind: str) -> Outcome:
    """Refuse: the cities asked about have no document of the kind that alone is searched."""
    whose = "、".join(cities)
    said = (
        f"文件库中没有{whose}的「{kind}」类文件，而这次限定只查这一种，无法回答。请取消种类的限定。"
    )
    return Outcome((Statement(said),), Reason.NOT_IN_DOCUMENTS)


def searched_only(filters: Filters) -> Statement:
    """Say that what is denied is denied of the documents of one city, of one kind, only."""
    which = f"{filters.city}的" * bool(filters.city) + f"「{filters.kind}」类" * bool(filters.kind)
    return Statement(f"以上只就{which}文件而言：这次限定只查这些，其他文件没有查。")


def _nearest(nearest: Sequence[tuple[Unit, Document]]) -> tuple[Statement, ...]:
    """Point to what comes nearest, in its own words, marked as not being the answer."""
    return tuple(
        replace(said, text=f"最接近的内容（不是答案）：{said.text}")
        for unit, document in nearest[:1]
        for said in (say_unit(unit, document),)
    )
