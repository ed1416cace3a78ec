"""Values in running text: sentence by sentence, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.indicators import names, shapes, worded
from assistant.indicators.found import Clause, Found, Memory
from assistant.indicators.names import HOLE
from assistant.indicators.times import Clock, Time, numbered
from assistant.indicators.units import is_measure
from assistant.text.numbers import Quantity, quantities
from assistant.text.sentences import clauses, sentences
from assistant.types import Span

_BRACKET = re.compile(r"[（(][^（）()]*[)）]|《[^《》]*》|〔[^〔〕]*〕")
_ASIDE = re.compile(
    r"[（(]\s*(?:包括|含|不含|包含|其中不含|以下简称|简称|见|详见|责任单位|附件|主要|[0-9]+)|《|〔"
)
_HAS_VALUE = re.compile(r"[0-9０-９]|[一二两三四五六七八九十百千]+(?:个|家|名|项|成|级)")
_NUMBER = re.compile(
    r"[0-9０-９]|[一二两三四五六七八九十百千](?:个(?!性|人|别)|家|名|项|成(?!立|员|为|本|果|功|效|年|长)|级[评测及以水，。；]|所|批次|人次|倍|张|余)|百分之|千名|百名"
)
_CONDITION = re.compile(r"(?<!目)的\0*[，,；;]\s*$")  # …达到60%的，给予…: a rule, no level
# Four times the longest clause that was met: what is longer is a table or a list that lost its stops,
# and would be read wrong. The work for a clause grows with the square of its length.
_LONGEST_CLAUSE = 1_000
_LONGEST_LEAD = 2_000
_NO_SENTENCE = re.compile(r"^\s*(?:抄送|附件[:：]|发布日期|索引号|信息公开)")


def read_prose(
    text: str, span: Span, base: Callable[[int], Time], damaged: list[Span]
) -> Iterator[tuple[Found, Span, str]]:
    """Yield what the running text under ``span`` says, with its clause and the words leading to it.

    ``base`` says which time holds at a place where the text names none (a column's year, a
    heading's). Numbers under a
    ``damaged`` span are passed over: what is left of them is not what was written.
    """
    clock, memory, end = Clock(), Memory(), span.start
    for sentence in sentences(text, span):
        if "\n" in text[end : sentence.start]:
            clock.new_paragraph()
        end = sentence.end
        words = sentence.of(text)
        clock.new_sentence(numbered(words))
        if not _NUMBER.search(words) and not worded.TRIGGER.search(words):
            continue
        clock.base = base(sentence.start)
        memory.forget()
        if not _NO_SENTENCE.match(words):
            yield from _read_sentence(text, sentence, clock, memory, damaged)


def _read_sentence(
    text: str, sentence: Span, clock: Clock, memory: Memory, damaged: list[Span]
) -> Iterator[tuple[Found, Span, str]]:
    parts = _joined(text, clauses(text, sentence))
    damaged = [span for span in damaged if span.overlaps(sentence)]
    for index, part in enumerate(parts):
        if len(part) > _LONGEST_CLAUSE:
            continue
        outer, inner = _open_brackets(text, part)
        time = clock.hear(outer, first=index == 0)
        following = parts[index + 1].of(text) if index + 1 < len(parts) else ""
        lead = text[max(sentence.start, part.start - _LONGEST_LEAD) : part.start]
        clause = Clause(outer, part, _numbers(outer, part, damaged), time, lead, following)
        yield from ((found, part, lead) for found in _read_clause(clause, memory))
        for bracket in inner:
            memory.subject = _before_bracket(text[part.start : bracket.start - 1]) or memory.subject
            asides = _aside(text, bracket, clock.sentence, memory, damaged)
            yield from ((found, bracket, lead) for found in asides)
        if outer.rstrip().endswith(("；", ";")):
            memory.forget()


def _before_bracket(words: str) -> str:
    """Return the thing that a bracket stands after (2017年上线的某系统（已在5个区上线）)."""
    return names.clean(words).rsplit("的", 1)[-1]


def _joined(text: str, spans: tuple[Span, ...]) -> list[Span]:
    """Join a clause that ends in 中 to the next: 被访者中，超过95%表示满意."""
    joined: list[Span] = []
    for span in spans:
        if joined and re.search(r"(?<!其)中[，,]$", joined[-1].of(text)) and len(joined[-1]) < 40:
            span = Span(joined.pop().start, span.end)
        joined.append(span)
    return joined


def _open_brackets(text: str, span: Span) -> tuple[str, list[Span]]:
    """Return the clause with holes for brackets that hold values of their own, and those."""
    words, inner = span.of(text), []
    for match in _BRACKET.finditer(words):
        aside = _ASIDE.match(match[0])
        valued = not aside and _HAS_VALUE.search(match[0]) and quantities(match[0])
        if aside or valued:
            words = words[: match.start()] + HOLE * len(match[0]) + words[match.end() :]
        if valued and len(match[0]) > 6:
            inner.append(Span(span.start + match.start() + 1, span.start + match.end() - 1))
    return words, inner


def _numbers(words: str, span: Span, damaged: list[Span]) -> tuple[Quantity, ...]:
    found = quantities(words) if _NUMBER.search(words) else ()
    if not damaged:
        return found
    return tuple(
        q
        for q in found
        if not any(
            Span(span.start + q.span.start, span.start + q.span.end).overlaps(d) for d in damaged
        )
    )


def _read_clause(clause: Clause, memory: Memory) -> Iterator[Found]:
    if _CONDITION.search(clause.text):
        return
    found = list(shapes.read(clause, memory)) if clause.quantities else []
    if not found:
        found = list(worded.read(clause, memory))
        memory.subject = worded.subject_of(clause, found) or memory.subject
    for one in found:
        one = _with_scope(one, memory)
        yield one
        yield from (replace(one, time=Time(year)) for year in one.time.also)


def _with_scope(found: Found, memory: Memory) -> Found:
    """Say whose value it is: the name's own words, else who the sentence speaks of.

    Only a measure inherits: a counted thing (互联网医院12家) is nobody's.
    """
    scope, _ = names.split_scope(found.name)
    counted = found.quantity is not None and not is_measure(found.quantity)
    if found.scope or scope:
        memory.scope = memory.scope if counted else found.scope or scope
        return found
    if counted or not memory.scope or not names.may_inherit(found.name):
        return found
    return replace(found, scope=memory.scope)


def _aside(
    text: str, bracket: Span, time: Time, memory: Memory, damaged: list[Span]
) -> Iterator[Found]:
    """Read the clauses of a bracket; they speak of what the bracket stands after."""
    clock = Clock(time)
    clock.new_sentence(False)
    for part in clauses(text, bracket):
        words = part.of(text)
        heard = clock.hear(words, first=False)
        clause = Clause(words, part, _numbers(words, part, damaged), heard)
        if not clause.quantities:
            memory.subject = words.strip("，,；; ")
            continue
        yield from shapes.read(clause, memory)
