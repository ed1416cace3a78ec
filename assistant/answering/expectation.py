"""What the answer must look like: which unit of measure, which year, which kind of value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.scopes import names_a_body
from assistant.answering.units_asked import amount, asks_for_number, measures_in
from assistant.retrieval.baselines import asks_for_both_ends, asks_where_it_started
from assistant.retrieval.intents import intent_of
from assistant.retrieval.keywords import keywords
from assistant.text.dates import find_years
from assistant.text.han_numbers import read_number
from assistant.text.match import match_key
from assistant.text.numbers import quantities
from assistant.types import IndicatorValue, Intent, Question, ValueKind

_ASKS_MEANING = re.compile(
    r"指(?:的是|什么|哪|的)|是什么(?:意思)?|什么是|含义|定义|何谓|什么叫|包括(?:哪|什么)|都包括"
)
_ASKS_EACH = re.compile(r"(?:各|分别)[是有为要]?[^，。？?]{0,6}(?:几|多少)|(?:各|分别)(?:是|有|为)")
_ASKS_WHETHER = re.compile(
    r"有没有|是否|有无|是不是|[吗嘛么]\s*[?？]?$|(?:了|标|成|到|过|完)没有?[?？]?$"
)
_ASKS_PURPOSE = re.compile(
    r"(?:干|做|有)(?:什么|啥|嘛)用|[用拿]来(?:干|做)|(?:结果|得分|成绩|评分|等次)[^，。？?]{0,6}(?:怎么|如何|怎样)(?:运|使|应)?用|(?:运|使|应)?用[到在](?:哪|什么)|作用|用途|用处|目的|为了(?:什么|啥)"
)
_ASKS_IN_WORDS = re.compile(r"什么(?:水平|程度|档次|状态|样子)")
_ASKS_WAYS = re.compile(r"怎么(?:做|管|抓|干|搞|推|办|提)|如何(?!定)|措施|办法|做法|举措")
_ASKS_DAY = re.compile(r"哪一?[天日](?!间)|几号(?!文)|几月几|何日|(?:日期|日子)(?:是|为|[?？]|$)")
_ASKS_YEAR = re.compile(r"哪一?年|几几年|何年")
_ASKS_OFTEN = re.compile(
    r"多久[^，。？?]{0,8}一次|多长时间[^，。？?]{0,8}一次|隔多久|频率|几(?:年|个?月|天|周)[^，。？?]{0,6}一次"
)
_ASKS_DURATION = re.compile(r"(?:多久|多长时间)(?![^，。？?]{0,8}一次)")
# 组长叫什么 asks for a person, 那个小程序叫什么名字 for a thing.
_ASKS_NAME = re.compile(
    r"(?:[人者长任员师士家授]|书记|代表|医生|(?<!什么)谁)(?:都|又|分别|各自?)?(?:叫(?:什么|啥)|的名字)|姓名|姓什么"
)
_ASKS_WORDING = re.compile(
    r"(?:怎么|如何|怎样)(?:提|说|写|讲|表述)的?(?:呢|[?？]|$)|提法|原话|原文|怎么个说法"
)
_WHICH_PERSON = re.compile(r"哪(?:几|[一二两三])?位|谁(?:来)?(?:担任|兼任|当)")
# 送餐的呢 leaves out the thing that is counted, and so is counted in the same measure.
_LEAVES_OUT = re.compile(r"的呢?\s*[?？]?$")
_ASKS_SEVERAL = re.compile(r"哪些|哪几|哪[两二三四五六七八九十]|分别")
# 哪几种途径, 产品有哪四类: what the things that are asked for are.
_WHICH = r"哪(?:[几些]|[一二两三四五六七八九十\d]+)(?:个|种|类|项|条|大|方面)*的?"
_KIND_ASKED = re.compile(
    rf"{_WHICH}(?P<kind>[㐀-鿿]{{2,8}}?)(?:[，,。？?（(]|$|[来去可能要会是]|进行)"
    rf"|(?P<before>[㐀-鿿]{{2,6}})(?:一共|总共|都)?(?:有|是|分为?|包括){_WHICH}[？?]?$"
)
_ASKS_OF_ASKER = re.compile(
    r"(?:反映|诉求|投诉|来信|留言|质疑|咨询|提问)|(?:群众|市民|居民|网友|网民|有人)[^，。？?]{0,8}[说提问]"
)
_ASKS_REPLY = re.compile(r"[答回]复|怎么[答回说]|如何[答回]|怎么(?:解释|处理|办|反映)|处理结果")
_ASKS_DUTY = re.compile(r"必须|硬性|强制|一定要|不得不|非[^，。？]{1,6}不可|硬要求|应当|有义务")
_RELATIVE = re.compile(r"(?:[前去今明后次上]|下一|前一|上一|头一|第二)年(?!同期|度)")
_ONLY_TARGET = re.compile(r"目标(?!任务|责任|管理)")
_NOW = re.compile(r"(?:现在|目前|眼下)(?:是|有|为)?(?:多少|几)")
_TARGET = re.compile(
    r"目标|要求|要(?:达|做|提|升|降|压|控制|保持|稳定|维持)?(?:到|达|在|提|降|压|升)|力争|计划|规划|定(?:到|了|的|在|为)|将达|预期|打算|准备|应达|设定"
)
_ACHIEVED = re.compile(
    r"实际|已(?:经)?|达到了|完成(?:了|情况)|现有|目前|当前|做到了|实现了|了多少|有多少|截至|截止"
)
_ITEMS = re.compile(
    r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:个|大)?(?P<of>大|项|个|条|类|种|方面|家|所|步|点|件)"
)
_WHICH_ITEMS = re.compile(rf"哪{_ITEMS.pattern}")  # 8个子项目对应哪三个方面


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of an answer, read from the question.

    ``measures`` are acceptable units of measure (empty: any), ``years`` the years that this turn
    itself asks for, ``hoped_years`` those and what it took from earlier turns,
    ``kind`` the kind of value (None: any), ``only_kind`` whether no other will do, ``given`` the
    numbers that the question itself has, with their units.
    ``told`` are the values that answered the turn before, where this one asks of another subject.
    ``text`` is the match key of what this turn asks.
    ``whose`` is the match key that says whose value it must be (二级公立医院, 女职工).
    ``asks_duty``: only what must be done is asked for, not what may be.
    ``both_ends``: where it started and where it is to go are asked.
    ``asks_of_asker`` says that what a citizen or bidder asked is meant, not the reply to it.
    ``things`` is what the several things are that are asked for (途径, 方式).
    ``items`` is how many things the question says there are (五家), ``indicators`` those it names.
    """

    intent: Intent
    measures: frozenset[str]
    years: tuple[int, ...]
    hoped_years: tuple[int, ...]
    kind: ValueKind | None
    only_kind: bool
    given: frozenset[tuple[Decimal, str]]
    wants_number: bool
    items: int | None
    indicators: tuple[str, ...]
    asks_meaning: bool
    asks_each: bool
    asks_whether: bool
    asks_purpose: bool
    asks_several: bool
    asks_day: bool
    asks_year: bool
    asks_often: bool
    asks_duration: bool
    asks_wording: bool
    asks_name: bool
    asks_person: bool
    asks_of_asker: bool
    whose: str
    asks_duty: bool
    both_ends: bool
    things: tuple[str, ...]
    text: str
    told: tuple[IndicatorValue, ...] = ()


def expectation_of(question: Question) -> Expectation:
    """Read what kind of answer ``question`` must have."""
    text = match_key(question.focus or question.standalone)
    compared = question.intent is Intent.COMPARE and bool(
        (question.indicators and not _ASKS_WAYS.search(text))
        or (asks_for_number(text) and intent_of(text, city_count=1) is not Intent.WHEN)
        or _kind(text) is ValueKind.BASELINE
    )
    in_words = bool(_ASKS_IN_WORDS.search(text)) and not question.indicators
    wants_number = (question.intent is Intent.VALUE and not in_words) or compared
    return Expectation(
        question.intent,
        _measures_asked(question, text) if wants_number else frozenset(),
        _own_years(question),
        question.years,
        _kind(text),
        bool(_ONLY_TARGET.search(text)) or asks_where_it_started(text),
        frozenset(
            (amount(quantity.value, quantity.unit), quantity.unit)
            for quantity in quantities(match_key(question.standalone))
        ),
        wants_number,
        count_asked(text),
        question.indicators,
        bool(_ASKS_MEANING.search(text)),
        bool(_ASKS_EACH.search(text)),
        bool(_ASKS_WHETHER.search(text)),
        bool(_ASKS_PURPOSE.search(text)),
        bool(_ASKS_SEVERAL.search(text)),
        bool(_ASKS_DAY.search(text)),
        bool(_ASKS_YEAR.search(text)),
        bool(_ASKS_OFTEN.search(text)),
        bool(_ASKS_DURATION.search(text)),
        asks_wording(question),
        bool(_ASKS_NAME.search(question.standalone)),
        bool(_ASKS_NAME.search(text) or _WHICH_PERSON.search(text)),
        bool(_ASKS_OF_ASKER.search(text)) and not _ASKS_REPLY.search(text),
        _whose(question),
        bool(_ASKS_DUTY.search(text)),
        asks_for_both_ends(text),
        _things_asked(text) if question.intent in (Intent.LIST, Intent.WHO) else (),
        text,
    )


def _things_asked(text: str) -> tuple[str, ...]:
    """Return what the several things are that ``text`` (a match key) asks for, with other words for it."""
    match = _KIND_ASKED.search(text)
    named = keywords(match["kind"] or match["before"])[-1:] if match else ()
    return tuple(form for word in named for form in word.forms if len(form) > 1)


def _measures_asked(question: Question, text: str) -> frozenset[str]:
    """Return the units of this turn; those of the turn before where it leaves out what is counted."""
    own = measures_in(text)
    return own or (measures_in(match_key(question.standalone)) if _LEAVES_OUT.search(text) else own)


def _whose(question: Question) -> str:
    """Return the words that say whose value is asked: this turn's, or the bodies of the one before."""
    focus, whole = question.focus or question.standalone, question.standalone
    return whole if names_a_body(whole) and not names_a_body(focus) else focus


def _own_years(question: Question) -> tuple[int, ...]:
    """Return the years that this turn itself names; 今年 is among those of the standalone question."""
    typed = (found.year for found in find_years(question.text, bare=True))
    own = [year for year in typed if year in question.years]
    if _RELATIVE.search(question.text):
        own += question.years
    return tuple(dict.fromkeys(own))


def asks_wording(question: Question) -> bool:
    """Say whether it is asked how documents put something, not what it comes to."""
    return bool(_ASKS_WORDING.search(match_key(question.focus or question.standalone)))


def count_asked(text: str) -> int | None:
    """Return how many things the question (a match key) says there are (五大…, 8大子项目)."""
    match = _WHICH_ITEMS.search(text) or _ITEMS.search(text)
    return read_number(match["n"]) if match else None


def counts_what_is_asked(question: Question, text: str) -> bool:
    """Say whether ``text`` itself counts the things that the question asks for (等三方面 for 哪三个方面)."""
    asked = _WHICH_ITEMS.search(match_key(question.focus or question.standalone))
    counted = _ITEMS.finditer(match_key(text)) if asked and asked["of"] != "个" else ()
    number = read_number(asked["n"]) if asked else 0
    return any(read_number(m["n"]) == number and m["of"] == asked["of"] for m in counted if asked)


def _kind(text: str) -> ValueKind | None:
    if asks_where_it_started(text) or _NOW.search(text):
        return ValueKind.BASELINE
    if "目标" in text and re.search(r"实际|完成情况|现状", text):
        return None
    if _TARGET.search(text):
        return ValueKind.TARGET
    return ValueKind.ACHIEVED if _ACHIEVED.search(text) else None
