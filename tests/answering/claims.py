"""Sentences made from a library by rule: true ones, and false ones of each kind.

A claim is made from the corpus itself; nothing here knows a fact of any document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answering.grounding import around, context_of
from assistant.library import Library
from assistant.text.match import match_key
from assistant.text.numbers import Quantity, quantities
from assistant.text.sentences import sentences
from assistant.types import Document, IndicatorValue, Passage, Relation, ValueKind

CITIES = ("温州", "绵阳", "佛山", "沧州")
KIND_WORDS = {ValueKind.TARGET: "目标", ValueKind.BASELINE: "基期", ValueKind.ACHIEVED: "实际"}


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, the quote and context it cites, and what was done to it (``true`` for nothing)."""

    what: str
    sentence: str
    quotes: tuple[str, ...]
    context: tuple[str, ...]


def claims_of(library: Library) -> tuple[Claim, ...]:
    """Make every claim that the rules give, true and false."""
    found: dict[tuple[str, str], Claim] = {}
    for card in library.documents():
        document = library.document(card.id)
        for passage in library.passages_of(card.id):
            for claim in (
                *_from_prose(document, passage),
                *_from_values(library, document, passage),
                *_named(document, passage),
            ):
                found.setdefault((claim.what, claim.sentence), claim)
    return tuple(found.values())


def _from_prose(document: Document, passage: Passage) -> Iterator[Claim]:
    if passage.is_row:
        return
    for span in sentences(passage.text):
        words = re.sub(r"\s+", "", span.of(passage.text))
        if not 14 <= len(words) <= 160 or not words.endswith("。"):
            continue
        true = Claim(
            "true", words, (span.of(passage.text),), tuple(context_of([(document, passage)]))
        )
        if quantities(words) or re.search(r"\d{4}年|市[^，。、]{2,6}[局委]", words):
            yield true
            if document.city and document.city not in words:
                yield replace(true, sentence=f"{document.city}：{words}")
        yield from _falsified(true, document)


def _falsified(true: Claim, document: Document) -> Iterator[Claim]:
    makers = (
        _other_number, _exchanged, _other_year, _other_unit, _without_binding, _not_in_order,
        _negated, _other_body,
    )  # fmt: skip
    for maker in makers:
        for what, sentence in maker(true.sentence, true):
            yield replace(true, what=what, sentence=sentence)
    if document.city and quantities(true.sentence):
        city = CITIES[len(true.sentence) % len(CITIES)]
        yield replace(true, what="city", sentence=f"{city}：{true.sentence}")
    yield from _numbers_of_documents(true)


def _put(words: str, quantity: Quantity, number: str) -> str:
    written = quantity.span.of(words)
    return (
        words[: quantity.span.start]
        + re.sub(r"\d[\d,.]*", number, written, count=1)
        + words[quantity.span.end :]
    )


def _digits(words: str) -> list[Quantity]:
    found = quantities(words)
    return [q for q in found if q.upper is None and re.match(r"\d", q.span.of(words))]


def _other_number(words: str, true: Claim) -> Iterator[tuple[str, str]]:
    for quantity in _digits(words)[:3]:
        number = f"{quantity.value + 3}"
        if number not in "".join(true.context):
            yield "number", _put(words, quantity, number)


def _exchanged(words: str, true: Claim) -> Iterator[tuple[str, str]]:
    """Exchange two neighbouring values of one unit that are about different things."""
    if "分别" in words:
        return
    for one, other in pairwise(_digits(words)):
        between = words[one.whole.end : other.whole.start]
        alike = one.unit == other.unit and one.relation is other.relation
        if not alike or one.value == other.value or len(between) < 5 or "其中" in between:
            continue
        swapped = _put(words, other, f"{one.value}")
        yield "exchanged", _put(swapped, one, f"{other.value}")


def _other_year(words: str, true: Claim) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"(20\d\d)年", words):
        year = str(int(match[1]) + 4)
        if year not in "".join(true.context):
            yield "year", words[: match.start()] + year + words[match.end(1) :]


def _other_unit(words: str, true: Claim) -> Iterator[tuple[str, str]]:
    for quantity in _digits(words)[:2]:
        if quantity.unit in ("%", "家", "个", "名", "万元", "人", "张", "项"):
            unit = "亿元" if quantity.unit != "%" else "家"
            end = quantity.span.end
            if unit not in "".join(true.context):
                yield "unit", words[: end - len(quantity.unit)] + unit + words[end:]


def _without_binding(words: str, true: Claim) -> Iterator[tuple[str, str]]:
    for quantity in quantities(words):
        if quantity.relation is Relation.EQUAL or quantity.qualifier in ("余", "多"):
            continue
        whole = quantity.whole.of(words)
        bare = re.sub(r"不低于|不少于|不超过|及?以上|以下|以内|左右|超过|≥|≤|约|近", "", whole)
        if bare != whole and quantity.value != 0:
            yield "binding", words.replace(whole, bare, 1)


def _not_in_order(words: str, true: Claim) -> Iterator[tuple[str, str]]:
    match = re.search(r"分别[^；。]*", words)
    listed = [q for q in _digits(words) if match and match.start() <= q.span.start < match.end()]
    if len(listed) > 1 and listed[0].value != listed[-1].value:
        swapped = _put(words, listed[-1], f"{listed[0].value}")
        yield "order", _put(swapped, listed[0], f"{listed[-1].value}")


def _negated(words: str, true: Claim) -> Iterator[tuple[str, str]]:
    for verb in ("建立", "推进", "加强", "实施", "开展", "完善", "达到"):
        at = words.find(verb)
        if at > 0 and "不" not in words[max(0, at - 2) : at]:
            yield "negation", f"{words[:at]}不{words[at:]}"
            return


def _other_body(words: str, true: Claim) -> Iterator[tuple[str, str]]:
    for match in list(
        re.finditer(r"(?<=[、：由])(?:市|省|区|县)[^，。、；：（）]{2,6}(?:局|委)", words)
    )[:2]:
        body = match[0][0] + "林业和草原" + match[0][-1]
        yield "department", words[: match.start()] + body + words[match.end() :]


def _numbers_of_documents(true: Claim) -> Iterator[Claim]:
    for match in re.finditer(r"[一-鿿]{2,6}〔20\d\d〕(\d+)号", true.sentence):
        words = true.sentence
        other = words[: match.start(1)] + str(int(match[1]) + 7) + words[match.end(1) :]
        yield replace(true, what="文号", sentence=other)


def _named(document: Document, passage: Passage) -> Iterator[Claim]:
    """Say the document's number, truly and falsely."""
    at = match_key(passage.text).replace(" ", "").find(match_key(document.number))
    if not document.number or at < 0:
        return
    words = f"《{document.title}》的文号为{document.number}。"
    true = Claim("true", words, (passage.text,), tuple(context_of([(document, passage)])))
    yield true
    for digits in re.findall(r"\d+(?=号)", document.number):
        for step in (1, 7, 30):
            other = words.replace(f"{digits}号", f"{int(digits) + step}号")
            yield replace(true, what="文号", sentence=other)
    yield replace(
        true, what="文号", sentence=words.replace(document.number, "沧" + document.number[1:])
    )


def _paired(true: Claim, inside: list[IndicatorValue]) -> Iterator[Claim]:
    """Say two values of one unit with 分别, in their order and exchanged."""
    for one, other in pairwise(inside):
        alike = one.unit == other.unit and one.year == other.year and one.kind is other.kind
        if not alike or one.value == other.value or one.indicator == other.indicator:
            continue
        names = [re.sub(r"\s+", "", v.name_as_written) for v in (one, other)]
        numbers = [_number(v) for v in (one, other)]
        if not all(numbers) or any(re.search("[、和与及]", name) for name in names):
            continue
        year = f"{one.year}年" if one.year else ""
        said = f"{year}{names[0]}、{names[1]}分别为"
        yield replace(true, sentence=f"{said}{numbers[0]}、{numbers[1]}。")
        yield replace(true, what="order", sentence=f"{said}{numbers[1]}、{numbers[0]}。")


def _responsible(true: Claim, value: IndicatorValue) -> Iterator[Claim]:
    name = re.sub(r"\s+", "", value.name_as_written)
    for body in value.departments[:2]:
        if (
            not re.fullmatch("[市省][^、]{2,8}[局委]", body)
            or body not in true.quotes[0]
            or not name
        ):
            continue
        yield replace(true, sentence=f"{name}由{body}负责。")
        for other in ("市应急管理局", "市体育局", "省林业和草原局"):
            yield replace(true, what="department", sentence=f"{name}由{other}负责。")


def _from_values(library: Library, document: Document, passage: Passage) -> Iterator[Claim]:
    held = library.indicator_values(documents=(document.id,))
    passage_words = around(passage)
    inside = [v for v in held if passage.span.contains(v.span) and v.value is not None]
    for value in inside:
        written = _said(value)
        if not written:
            continue
        quote = passage.text if passage.is_row else value.quote
        context = tuple(context_of([(document, passage)], held))
        if value.year and str(value.year) not in "".join(context[:1]) + passage_words:
            continue
        true = Claim("true", written, (quote,), context)
        yield true
        yield from _false_values(true, value, inside)
        yield from _responsible(replace(true, quotes=(passage.text,)), value)
    whole = Claim("true", "", (passage.text,), tuple(context_of([(document, passage)], held)))
    yield from _paired(whole, inside)


def _number(value: IndicatorValue) -> str:
    found = [q for q in quantities(value.quote) if q.value == value.value]
    if not found or found[0].upper is not None:
        return ""
    number = re.sub(r"\s+", "", found[0].whole.of(value.quote))
    if not found[0].unit and value.unit:
        number = number.replace(f"{found[0].value}", f"{found[0].value}{value.unit}", 1)
    return re.sub(
        r"^.*?(?=不|大于|小于|超|约|近|≥|≤|至少|逾|\d|[一二三四五六七八九十]+[成级])",
        "",
        number,
        count=1,
    )


def _said(value: IndicatorValue, kind: ValueKind | None = None, year: int | None = None) -> str:
    name, number = re.sub(r"\s+", "", value.name_as_written), _number(value)
    if not name or not number:
        return ""
    when = year or value.year
    return f"{value.city}{name}{f'{when}年' if when else ''}{KIND_WORDS[kind or value.kind]}为{number}。"


def _false_values(
    true: Claim, value: IndicatorValue, inside: list[IndicatorValue]
) -> Iterator[Claim]:
    swapped = {
        ValueKind.BASELINE: ("baseline for target", ValueKind.TARGET),
        ValueKind.ACHIEVED: ("achieved for target", ValueKind.TARGET),
        ValueKind.TARGET: ("target for achieved", ValueKind.ACHIEVED),
    }
    what, kind = swapped[value.kind]
    yield replace(true, what=what, sentence=_said(value, kind))
    others = {v.year for v in inside if v.value == value.value and v.indicator == value.indicator}
    for other in inside:
        if other.year and value.year and other.year not in others:
            yield replace(true, what="year of a row", sentence=_said(value, None, other.year))
    city = next(city for city in CITIES if city != value.city)
    yield replace(true, what="city", sentence=true.sentence.replace(value.city, city, 1))
