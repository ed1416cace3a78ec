"""The words of a question that carry its subject, without the words of asking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

from assistant.retrieval.baselines import BEFORE_IT_MOVED
from assistant.text.dates import find_dates, find_years
from assistant.text.match import match_key
from assistant.text.places import Place, places_in
from assistant.text.tokens import words

# What asks, binds or fills, and so says nothing of the subject. Longest first where one begins
# another. These are words of asking in general, of no document in particular.
_MOVED = (  # to how much, and how long before: 要降到几天, 压缩至多少, 最晚提前几天
    "(?:提|升|降|增|减|压|缩|控|涨|扩|拿|冲)(?:高|升|低|长|加|少|短|减|缩|制|控|大)?[到至在](?=多少|百分之几|几[成个天家分项张级]|什么(?:水平|程度))"
    "|(?:最[晚迟早]|至少|最少|起码)?(?:要|得|应|须)*(?:提前|提早)(?=多少|多久|多长|几)|最[晚迟](?=要|得|应|须|什么|何|哪|多久|几)"
)
_ASKING = re.compile(
    rf"{_MOVED}|(?:变化|变动)(?:了|幅度)?(?=有?多[少大高]|几|如何|怎)|(?:我?问的|说的|指的)(?:就?是)|(?:占了?)?多大(?:的)?(?:份额|比例|比重)|领导(?:让|叫|要)我?(?:来)?(?:问|查)(?:一下)?|这?件事|这?个?事情?(?=[，,])|比一比|比一下|对比(?:一下)?|比较一下|是从|请问|请(?:帮我)?(?:查|列)(?:一下|下|出)?|帮(?:我|忙)(?:查|看|找)(?:一下|下|查)?|我想(?:知道|问|了解)(?:一下)?|想问(?:一?下)?|查一?下|告诉我|给我|麻烦|谢谢|你好|说一下|介绍一?下"
    r"|什么时[候间]|什么样的?|为什么|是什么|什么|为何|何时|如何|怎么(?:样|办|个)?|怎样|多少|百分之几|几号文|哪一?[年天月日]|几月"
    r"|哪(?:里|儿|个|些|几个?|家|类|种|项|位|[一二两三四五六七八九十\d]+(?:大|个|家|项|条|类|种|方面)?)?|几(?:个|家|所|名|人|项|条|级|种|类|张|次|天|大)?(?=[^期]|$)|啥|谁"
    r"|有没有|是不是|是否|能不能|有多[大高少长]|多[大高长久]|有几|呢|吗|吧|啊|呀|嘛|么(?![^\s])"
    r"|分别|各(?:个|是|自|有|为)?|具体(?!化)|一共|总共|究竟|到底|大概|现在|目前|眼下|如今|那边|[这那]一?块|这边|那个|这个|这些|那些|打算|准备(?!金)|计划(?=建|在|到|怎)|想要|需要|应该|要(?:求)?(?=做|建|在|到|达|提|降|达到|把|怎|推|用|几|由)"
    r"|达到|做到|提(?:高|升)?到|提出(?:了|的)?|设定(?:了|的)?|定(?:到|了|的|在)(?=[^制]|$)|规定(?:了|的)?|情况|方面|有关|关于|对于|针对|以及|还有|其中|来说|的话|怎么说|[算折]下来|算起来"
)


# 多久评一次 asks how often, 从哪天起执行 from when.
_SPLIT_ASKING = re.compile(
    r"(?:多久|多长时间|几年|几个?月)(?P<often>[^，。?]{0,8}?)一次|从(?:哪[年天日月]|什么时[候间]|何时)(?:开始)?起?"
)
_PART_CHARS = 2  # of a word of four characters
# Words in quotation marks are meant as they stand.
_QUOTED = re.compile(r'"([^"\s]{2,14})"')
# 职工（医务人员）满意度 names one thing in two ways.
_OTHER_NAME = re.compile(r"(?<=[㐀-鿿a-z])[(（]([㐀-鿿a-z]{2,12})[)）]")
# What a question denies is a word of its own: 没达标 is not 达标.
_DENIAL = re.compile(r"(?:没有?|未能?|不)(达标|完成|达到|实现|落实|通过|合格|公开|纳入)")
# 没投够, 没住满: what was to be reached is not.
_NOT_REACHED = re.compile(r"(?:没有?|未)(?P<verb>[㐀-鿿])[够满足](?![意])")
_COUNTED = re.compile(r"(?<=[\d一二三四五六七八九十两几])个(?=子)")  # 8个子项目 has no 个子
_SHORT = ("未达到", "没有达到", "达不到", "未满", "不满", "不足", "未完成")


@dataclass(frozen=True)
class Keyword:
    """A word of the subject with the other words for it, all as match keys.

    ``is_light`` marks a word that an answer may well word otherwise (推进, 项目, 占比).
    """

    word: str
    also: tuple[str, ...] = ()
    is_light: bool = False

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The word and its synonyms."""
        return (self.word, *self.also)

    @cached_property
    def pairs(self) -> tuple[str, ...]:
        """The character pairs of the word."""
        return tuple(map("".join, pairwise(self.word)))

    @cached_property
    def halves(self) -> tuple[str, ...]:
        """The word cut into twos."""
        return tuple(self.word[start : start + 2] for start in range(0, len(self.word) - 1, 2))


def _lines(name: str) -> list[str]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(word for line in _lines("stopwords.txt") for word in line.split())


@cache
def _light() -> frozenset[str]:
    return frozenset(word for line in _lines("light.txt") for word in line.split())


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Read synonyms.txt: the words that each word may be found as, in the order written.

    In a line ``A B > C D``, A and B ask for the same thing and are found for each other; C and D are
    found for both and ask for neither. A lone character asks and is found only right of the ``>``.
    """
    found: dict[str, dict[str, None]] = {}
    for line in _lines("synonyms.txt"):
        left, _, right = match_key(line).partition(">")
        asking = left.split()
        forms = [*(word for word in asking if len(word) > 1), *right.split()]
        for word in asking:
            found.setdefault(word, {}).update((form, None) for form in forms if form != word)
    return {word: tuple(others) for word, others in found.items()}


def _other_words(word: str) -> tuple[str, ...]:
    """Return the words that ``word`` may be found as; of a compound, by those of its last part (门诊患者)."""
    own = _synonyms().get(word, ())
    if own or len(word) != 2 * _PART_CHARS:
        return own
    head, tail = word[:_PART_CHARS], word[_PART_CHARS:]
    others = _synonyms().get(tail, ())
    return tuple(head + other for other in others if len(other) == _PART_CHARS)


def without_asking(question: str) -> str:
    """Return the match key of ``question`` with the words of asking blanked out."""
    key = BEFORE_IT_MOVED.sub(" ", match_key(question))
    key = _SPLIT_ASKING.sub(lambda match: f" {match['often'] or ''} ", key)
    return _ASKING.sub(" ", key)


def keywords(question: str, *, without: tuple[str, ...] = ()) -> tuple[Keyword, ...]:
    """Return the words that carry the subject of ``question``, in order, each once.

    ``without`` are words to leave out: the cities, which retrieval filters by; years and dates are
    left out too. A question that has none but words of filling keeps the longer ones.
    """
    quoted = tuple(dict.fromkeys(_QUOTED.findall(match_key(question))))
    subject = _OTHER_NAME.sub("", without_asking(_without_times(question)))
    counties = _counties(subject)
    for county in reversed(counties):  # the segmenter would cut them up (从 化 区)
        subject = f"{subject[: county.span.start]} {subject[county.span.end :]}"
    for word in sorted(map(match_key, without), key=len, reverse=True):
        subject = subject.replace(word + "市", " ").replace(word, " ")
    denied = tuple(match[1] for match in _DENIAL.finditer(subject))
    fell_short = tuple(match["verb"] for match in _NOT_REACHED.finditer(subject))[:1]
    subject = _COUNTED.sub(" ", _NOT_REACHED.sub(" ", _DENIAL.sub(" ", subject)))
    found = words(subject)
    content = [word for word in found if word not in _stopwords()] or [
        word for word in found if len(word) > 1
    ]
    named_again = _other_names(question)
    plain = (
        Keyword(word, (*_other_words(word), *named_again.get(word, ())), word in _light())
        for word in dict.fromkeys(content)
    )
    negated = (Keyword(f"未{word}", (f"没{word}", f"不{word}")) for word in denied)
    short = (Keyword(f"未{verb}足", _SHORT) for verb in fell_short)
    named = (Keyword(county.full, (county.full[:-1],)) for county in counties)
    return (*(Keyword(phrase) for phrase in quoted), *named, *plain, *negated, *short)


def _counties(text: str) -> tuple[Place, ...]:
    """Return the counties that ``text`` names in full."""
    named = (place for place in places_in(text) if place.level == "county")
    return tuple(p for p in named if len(p.full) > 2 and p.span.of(text) == p.full)


def _other_names(question: str) -> dict[str, tuple[str, ...]]:
    """Return the word before each bracket that names it in another way, with that name."""
    key = match_key(question)
    before = ((words(key[: match.start()])[-1:], match[1]) for match in _OTHER_NAME.finditer(key))
    return {word: (name,) for [word], name in before}


def _without_times(text: str) -> str:
    spans = [year.span for year in find_years(text)] + [day.span for day in find_dates(text)]
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + " " + text[span.end :]
    return text
