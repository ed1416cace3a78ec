"""Lists out of the table: what several cities all set, all targets of a city, those of a department."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.answering.responsibility import FIRST_LEADS
from assistant.answering.statements import Outcome, Source, Statement
from assistant.answering.table_asked import Asked
from assistant.answering.table_sources import state
from assistant.answering.table_wording import plain, said_one, scope_words, when, written
from assistant.indicators import bare_scope, shared_indicators
from assistant.library import Library
from assistant.text.match import match_key
from assistant.types import IndicatorValue, Reason, Span, ValueKind

_MOST_IN_A_SENTENCE = 8
_QUANTIFIED = re.compile(r"量化|定量|数值")
_WHOSE = re.compile(r"^(?:国家|[一-鿿]{1,4}?(?=[省市区县州])|我)?[省市区县州]")
# Ways of writing one office; of offices in general, of no document in particular.
_SAME_OFFICE = (
    ("医疗保障", "医保"),
    ("卫生健康委", "卫健委", "卫生健康局", "卫健局", "卫生计生委", "卫计委"),
    ("人力资源社会保障", "人力资源和社会保障", "人力社保", "人社"),
    ("发展改革", "发展和改革", "发改"),
    ("经济和信息化", "经信", "工业和信息化", "工信"),
    ("机构编制委员会办公室", "编办"),
    ("市场监督管理", "市场监管"),
    ("自然资源", "资规"),
    ("生态环境", "环保"),
    ("教育体育", "教体"),
    ("文化广电旅游", "文广旅", "文旅"),
)


# --- What all of several cities set ----------------------------------------------------------------


def shared(asked: Asked, values: Sequence[IndicatorValue], library: Library) -> Outcome | None:
    """Name the indicators that every city asked about set a target for, with each city's."""
    targets = [v for v in _targets(values) if _in_years(v, asked.years)]
    names = shared_indicators(targets, asked.cities)
    whose = "、".join(asked.cities)
    if not names:
        said = Statement(f"{whose}的文件中没有都设定了目标的指标。")
        return Outcome((said,), Reason.NOT_IN_DOCUMENTS)
    both = [v for v in targets if v.indicator in names]
    first = state(f"{whose}都设定了目标的指标：{'、'.join(names)}。", both, library)
    lines = (_shared_line(name, asked.cities, both, library) for name in names)
    return Outcome((Statement(first.text, first.sources), *lines))


def _shared_line(
    name: str, cities: Sequence[str], values: Sequence[IndicatorValue], library: Library
) -> Statement:
    said, used = [], []
    for city in cities:
        own = [v for v in values if v.indicator == name and v.city == city]
        last = [v for v in own if v.year == max(o.year or 0 for o in own)] or own
        said.append(f"{city}{'，'.join(scope_words(v) + said_one(v) for v in last)}")
        used += last
    scopes = {bare_scope(v) for v in used if v.scope}
    remark = "（口径不同）" if len(scopes) > 1 else ""
    return state(f"{name}：{'；'.join(said)}{remark}。", used, library)


# --- All targets of a city -------------------------------------------------------------------------


def targets_of_city(
    asked: Asked, values: Sequence[IndicatorValue], library: Library
) -> Outcome | None:
    """List a city's targets in the order of its documents, those without a number last."""
    targets = _targets(values)
    kept = [v for v in targets if _in_years(v, asked.years)]
    if not targets:
        none = Statement(f"{'、'.join(asked.cities)}的文件中没有设定目标。")
        return Outcome((none,), Reason.TARGET_NOT_SET)
    if not kept:
        return _no_such_year(asked, targets, library)
    numbers = [v for v in kept if v.value is not None]
    words = [] if _QUANTIFIED.search(asked.text) else [v for v in kept if v.value is None]
    said = [*_listed(numbers, library, asked), *_listed(words, library, asked, "仅有定性要求：")]
    return Outcome(tuple(said))


def _targets(values: Sequence[IndicatorValue]) -> list[IndicatorValue]:
    return [v for v in values if v.kind is ValueKind.TARGET]


def _in_years(value: IndicatorValue, years: Sequence[int]) -> bool:
    return not years or value.year in years


def _no_such_year(asked: Asked, targets: list[IndicatorValue], library: Library) -> Outcome:
    years = "、".join(f"{year}年" for year in asked.years)
    first = Statement(f"{'、'.join(asked.cities)}的文件中没有写明{years}的目标。")
    dated = {when(v): v for v in targets if when(v)}
    if not dated:
        return Outcome((first,), Reason.YEAR_NOT_IN_DOCUMENTS)
    listed = "、".join(sorted(dated))
    there = state(f"文件中目标的时限写作：{listed}。", dated.values(), library)
    return Outcome((first, there), Reason.YEAR_NOT_IN_DOCUMENTS)


def _listed(
    values: Sequence[IndicatorValue], library: Library, asked: Asked, lead: str = ""
) -> Iterator[Statement]:
    """List values under their headings, a few in a sentence, each cited."""
    ordered = sorted(values, key=lambda v: (v.document_id, v.span))
    for (_, path), some in groupby(ordered, key=lambda v: (v.document_id, v.heading_path[-1:])):
        group = list(some)
        for start in range(0, len(group), _MOST_IN_A_SENTENCE):
            part = group[start : start + _MOST_IN_A_SENTENCE]
            where = f"【{plain(path[0]).strip('。：: ')}】" if path else ""
            items = "；".join(dict.fromkeys(_item(v, asked) for v in part))
            yield state(f"{where}{lead}{items}。", part, library)


def _item(value: IndicatorValue, asked: Asked) -> str:
    name = f"{plain(value.indicator)}{_scope_beside(value)}"
    time = "" if len(asked.years) == 1 else when(value)
    return f"{name}{f'（{time}）' if time else ''} {written(value)}"


def _scope_beside(value: IndicatorValue) -> str:
    scope = plain(value.scope)
    return f"（{scope}）" if scope and scope not in value.indicator else ""


# --- Those of a department -------------------------------------------------------------------------


def of_department(asked: Asked, library: Library) -> tuple[IndicatorValue, ...]:
    """Read the targets that name the department asked for, under any way of writing it."""
    wanted = office(asked.department)
    found = {
        (v.document_id, v.span, v.indicator): v
        for name in _ways(wanted)
        for v in library.indicator_values(
            cities=asked.cities, kinds=(ValueKind.TARGET,), department=name
        )
        if any(office(d) == wanted for d in v.departments) and _in_years(v, asked.years)
    }
    return tuple(found.values())


def by_department(
    asked: Asked, values: Sequence[IndicatorValue], library: Library
) -> Outcome | None:
    """List the targets of a department, apart where the document says that it leads."""
    if not values:
        return None
    wanted, leads_only = office(asked.department), "牵头" in asked.text
    said: list[Statement] = []
    ordered = sorted(values, key=lambda v: (v.document_id, v.span))
    for document_id, some in groupby(ordered, key=lambda v: v.document_id):
        said += _of_document(document_id, list(some), wanted, leads_only, library)
    return Outcome(tuple(said))


def _of_document(
    document_id: str,
    values: list[IndicatorValue],
    wanted: str,
    leads_only: bool,
    library: Library,
) -> Iterator[Statement]:
    document = library.document(document_id)
    rule = FIRST_LEADS.search(document.text) if leads_only else None
    first = [v for v in values if office(v.departments[0]) == wanted]
    name = next(d for d in values[0].departments if office(d) == wanted)
    where = document.city or f"《{document.title}》"
    if rule:
        source = Source(document_id, "", Span(*rule.span()), rule.group(), ())
        words = f"{where}由{name}牵头（责任单位中列第一）的目标："
        yield Statement(words if first else f"{where}没有由{name}牵头的目标。", (source,))
        yield from _duty_lines(first, library)
        return
    remark = "，文件没有写明其中谁牵头" if leads_only else ""
    yield Statement(f"{where}责任单位含{name}的目标{remark}：")
    yield from _duty_lines(values, library)


def _duty_lines(values: Sequence[IndicatorValue], library: Library) -> Iterator[Statement]:
    for path, some in groupby(values, key=lambda v: v.heading_path[-1:]):
        part = list(some)
        where = f"【{plain(path[0]).strip('。：: ')}】" if path else ""
        items = "；".join(
            dict.fromkeys(f"{plain(v.indicator)}{_scope_beside(v)} {said_one(v)}" for v in part)
        )
        shown = "、".join(part[0].departments)
        yield state(f"{where}{items}（{shown}）。", part, library)


def office(name: str) -> str:
    """Return what different ways of writing an office have in common (市医疗保障局, 医保局)."""
    key = _WHOSE.sub("", match_key(name).strip())
    for same in _SAME_OFFICE:
        written = next((word for word in same if word in key), "")
        if written:
            key = key.replace(written, same[-1], 1)
            break
    return key.replace("委员会", "委")


def _ways(wanted: str) -> tuple[str, ...]:
    same = next((same for same in _SAME_OFFICE if same[-1] in wanted), ())
    return tuple(wanted.replace(same[-1], way, 1) for way in same) if same else (wanted,)
