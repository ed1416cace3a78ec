"""What stands beside the point: the count of another thing, the other end of an event, a bare count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from assistant.answering.expectation import Expectation
from assistant.answering.fitness import items_in, says_when
from assistant.answering.numbers import measured
from assistant.answering.relevance import Query, coverage
from assistant.answering.units import Unit
from assistant.answering.units_asked import COUNTED_IN
from assistant.retrieval.keywords import Keyword, keywords
from assistant.text.match import match_key
from assistant.text.numbers import Quantity, quantities
from assistant.text.places import find_places
from assistant.text.sentences import clauses
from assistant.text.tokens import is_proper_name, names_a_thing, words
from assistant.types import IndicatorValue

_NAMED_AT_ALL = 0.1
_DESCRIBED = re.compile(
    r"(?:以上|以下|以内)?(?:、[^，。；,;]{1,24})?的(?!达|为|有|超|不|占|应|要|均|可|给|按)(?P<thing>[^，。；、,;\d]{2,12})[一二三四五六七八九十百\d]"
)
_COUNTS = re.compile(
    r"(?:多少|几)[个家所项种类条处支座名位张台次场辆件套](?:的)?(?P<thing>(?!百分点|工作日|月)[㐀-鿿]{2,14})"
)
_EACH = re.compile(r"每(?!年|季|月|周|天|日|次|期|届|批|逢|隔|晚)(?!一?个?(?:月|季度|年度|工作日))")
_EACH_HAS = COUNTED_IN | frozenset("辆架艘部栋间床")
_ASKS_EACH = re.compile("每|各|平均|人均|单个|[一1]个[县区市乡镇村社]|分别")
_COUNTED_BEFORE = re.compile(
    r"(?P<thing>[㐀-鿿]{2,14})(?:多少|几)[个家所项种类条处支座名位张台次场辆件套](?:[?？。]|$)"
)
_REST = re.compile(r"(?:剩余|其余|余下|剩下)的?$")
_PAID_IN = re.compile(r"缴(?!获|械)|交(?:多少|几|钱|费|纳)")
_TELLS_PAID_IN = re.compile(r"缴|交(?:费|纳|钱|款)|筹资|保费|收费|收取|费率|费用标准")
_FOR_EACH = re.compile("每[千万百十]|人均")
_WHAT_IS_COUNTED = re.compile(r"(?!以[上下内]|左右|以?及|并)[㐀-鿿]{2}")
# Where something begins and where it ends: told the one, nobody knows the other.
_ENDS = (
    (
        "启动|开始|开工|动工|破土|奠基",
        "竣工|完工|建成|投用|投入(?:使用|运营|运行)|交付|启用|开业|开诊|封顶|结束|完成|收官",
    ),
    ("受理|收件", "办结|审结|批复"),
    ("施行|生效", "废止|失效|有效期至"),
)
_MAKES_A_NOUN = frozenset("会科室站院所员师者点馆园库")  # 生活会, 儿科: behind another word
_BARE_COUNT_CHARS = 30
_LONGEST_KIND = 4
# 组长叫什么 asks for a person, 那个小程序叫什么名字 for a thing.
_ASKS_HOW_GREAT = re.compile(r"多[大高强广]|规模|地位|排名|位次|水平")
_SUPERLATIVE = re.compile(
    r"最[大高多强长早全优广]|首位|第[一二三](?![人款条项产步])|领先|前列|之首|居首"
)


def describes_others(query: Query, expected: Expectation, unit: Unit) -> bool:
    """Say whether every number that could answer only describes some other thing of the unit.

    年产值超100亿元的龙头企业2家 tells no 总产值 of an industry: what stands behind 的 is another noun.
    """
    found = measured(expected, unit.text)
    described = [_DESCRIBED.match(unit.text, q.whole.end) for q in found]
    if not found or unit.is_row or not all(described):
        return False
    heads = match_key(" ".join(match["thing"] for match in described if match))
    return coverage(query, key=heads) < _NAMED_AT_ALL


def is_beside(
    expected: Expectation, unit: Unit, values: Sequence[IndicatorValue], said: str
) -> bool:
    """Say whether what would be ``said`` of a unit, by ``values`` or in words, is of another thing."""
    if is_of_another_grade(expected, unit) or is_paid_out(expected, unit):
        return True
    named = any(value.indicator in expected.indicators for value in values)
    counts = not named and not unit.is_row and counts_others(expected, said, unit)
    return counts or is_for_each(expected, values)


def counts_others(expected: Expectation, said: str, unit: Unit) -> bool:
    """Say whether every number of ``said`` counts another thing than the one that is to be counted.

    落实十八项核心制度 tells not how many 质控中心 there are. A number that stands behind what it counts, or
    whose clause names what is asked, may count it; one for each of several is no sum of them.
    """
    parts = (span.of(said) for span in clauses(said))
    found = [(part, q) for part in parts for q in measured(expected, part)]
    if found and all(_is_for_each(expected, part, q) for part, q in found):
        return True
    thing = counted_thing(expected.text)
    if not thing:
        return False
    around = f"{unit.key} {unit.context} {unit.lead} {match_key(unit.column)}"
    return not _names(thing, around) or (
        bool(found)
        and all(
            _WHAT_IS_COUNTED.match(part, q.whole.end)
            and (
                not _names(thing, match_key(part))
                or _is_other_kind(expected.text, thing, part, part[q.whole.end :])
            )
            for part, q in found
        )
    )


def _is_for_each(expected: Expectation, clause: str, quantity: Quantity) -> bool:
    """Say whether a count is one for each of several (每3万人配1辆), and no such one is asked for."""
    if quantity.unit not in _EACH_HAS or _ASKS_EACH.search(expected.text):
        return False
    before = clause[: quantity.span.start]
    return bool(_EACH.search(before) or _REST.search(before))


def is_paid_out(expected: Expectation, unit: Unit) -> bool:
    """Say whether it is asked what is paid in, and the unit speaks but of what is paid out."""
    asks = _PAID_IN.search(expected.text) and "税" not in expected.text
    return bool(asks) and not _TELLS_PAID_IN.search(f"{unit.context} {unit.column} {unit.text}")


def is_for_each(expected: Expectation, values: Sequence[IndicatorValue]) -> bool:
    """Say whether ``values`` are for so many people each, where a count of all is asked for."""
    counts = _COUNTS.search(expected.text) or re.search("(?:多少|几)[名位人张家]", expected.text)
    if not counts or _ASKS_EACH.search(expected.text):
        return False
    return bool(values) and all(_FOR_EACH.search(v.name_as_written) for v in values)


def is_of_another_grade(expected: Expectation, unit: Unit) -> bool:
    """Say whether the unit speaks of other grades than the question does: 达到5级的医院 are not 6级."""
    asked = {value for value, of in expected.given if of == "级"}
    there = [q for q in quantities(unit.text) if q.unit == "级"]
    if not (asked and there) or "级" in expected.measures:
        return False
    return not any(q.value <= each <= (q.upper or q.value) for q in there for each in asked)


def counted_thing(text: str) -> Keyword | None:
    """Return the noun that a question (a match key) wants counted: 控制中心 of 多少个质量控制中心."""
    match = _COUNTS.search(text)
    if not match:
        before = _COUNTED_BEFORE.search(text)
        things = (
            [k.word for k in keywords(before["thing"]) if _is_countable(k.word)] if before else []
        )
        return _as_keyword(things)
    thing = re.sub("及?以[上下]", "", match["thing"])
    named = dropwhile(lambda word: not _is_countable(word), words(thing))
    run = list(takewhile(_is_countable, named)) or words(thing)
    if len(run) > 1 and not _is_countable(run[0]):
        return None
    return _as_keyword(run)


def _as_keyword(run: Sequence[str]) -> Keyword | None:
    """Return the last noun of ``run`` with the other words for it; None for one that says little."""
    if not run:
        return None
    head = "".join(run[-2:]) if len(run[-1]) == 1 else run[-1]
    counted = next((k for k in keywords(head) if k.word == head), Keyword(head))
    return None if counted.is_light else counted


def _is_countable(word: str) -> bool:
    is_name = is_proper_name(word) or find_places(word)
    return (names_a_thing(word) and not is_name) or word in _MAKES_A_NOUN


def _names(thing: Keyword, key: str) -> bool:
    return any(form in key or form[-2:] in key for form in thing.forms)


def _is_other_kind(asked: str, thing: Keyword, clause: str, counted: str) -> bool:
    """Say whether what is ``counted`` is another kind of the thing asked for: 公交线路, not 地铁线路."""
    key = match_key(counted)
    own = key.partition(thing.word)[0] if thing.word in key else ""
    kinds = re.findall(rf"([㐀-鿿]{{2}}){re.escape(thing.word)}", asked)
    if not (2 <= len(own) <= _LONGEST_KIND and kinds) or not all(map(names_a_thing, kinds)):
        return False
    forms = [form for kind in kinds for word in keywords(kind) for form in word.forms]
    return bool(forms) and not any(form in match_key(clause) for form in forms)


def tells_other_end(expected: Expectation, unit: Unit) -> bool:
    """Say whether a unit tells when something begins where its end is asked for, or the reverse."""
    for ends in _ENDS:
        for asked, other in (ends, ends[::-1]):
            if re.search(asked, expected.text) and not re.search(other, expected.text):
                return _is_timed_by(other, but_not=asked, unit=unit)
    return False


def names_asked_end(expected: Expectation, unit: Unit) -> bool:
    """Say whether a unit names the end of an event that is asked for, whatever its words."""
    asked = [end for ends in _ENDS for end in ends if re.search(end, expected.text)]
    return any(re.search(end, unit.text) for end in asked)


def _is_timed_by(other: str, *, but_not: str, unit: Unit) -> bool:
    """Say whether the unit names but the ``other`` end, and a time for it."""
    if re.search(but_not, unit.text):
        return False
    named = [span.of(unit.text) for span in clauses(unit.text)]
    return any(re.search(other, clause) for clause in named) and says_when(unit)


def only_counts(expected: Expectation, ranked: Sequence[Unit]) -> bool:
    """Say whether the best of ``ranked`` but counts the things that it is asked to name.

    确定22种慢性病 names none of them; what names several in the sentence after it can be told with it.
    """
    best = ranked[0]
    if not expected.asks_several or not expected.items or len(best.text) > _BARE_COUNT_CHARS:
        return False
    behind = [unit for unit in ranked if _is_behind(best, unit)]
    following = min(behind, key=lambda unit: unit.span.start, default=best)
    names = re.search("[和与及:：]", best.text) or items_in(following) > 1
    return not names and any(q.value == expected.items for q in quantities(best.text))


def _is_behind(unit: Unit, other: Unit) -> bool:
    same = unit.passage.id == other.passage.id and unit.column == other.column
    return same and other.span.start >= unit.span.end


def is_superlative(expected: Expectation, unit: Unit) -> bool:
    """Say whether a unit tells in words how great something is, as it is asked (全球规模最大)."""
    return bool(_ASKS_HOW_GREAT.search(expected.text) and _SUPERLATIVE.search(unit.text))
