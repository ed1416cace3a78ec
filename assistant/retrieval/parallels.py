"""One subject in the place of another: what a follow-up puts where the turn before had something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.text.tokens import words as segmented

_WHOLE_SUBJECT_CHARS = 6
_LEAST_ALIKE, _MORE_OR_LESS = 0.4, 2  # of the characters; how much longer or shorter a twin may be
# What a question asks, to be asked again of another subject.
ASKED = re.compile(
    r"(?:有|是|要|得|建|达到?)?(?:多少|几)(?:[个家所名人项条级种类张次趟天位处支套分])?|多[大高长重]|什么时候|由?哪些?[^，。？?]{0,6}|谁[^，。？?]{0,4}|怎么[^，。？?]{0,6}|如何[^，。？?]{0,6}"
)
_COUNTING = re.compile(r"(?:多少|几)[个家所名项条]$")
# Such a subject is not counted, whatever was before: 规模化供水覆盖率 after 多少个.
_MEASURED = re.compile(
    r"(?:率|比例|比重|占比|比|面积|额|量|水平|寿命|收入|支出|投资|值|度|长度|里程)$"
)
_SHARE = re.compile(r"率|比例|比重|占比|面积|金额|经费|资金")
_BODY = re.compile(
    r"(?:[一二三]级(?:甲等|乙等|以上)?|[省市县区乡镇村]级?|基层|公立|民营|民办|公办|社区|中医|综合|专科)*"
    r"(?:医院|医疗(?:卫生)?机构|卫生院|卫生服务中心|卫生室|诊所|养老院|敬老院|养老机构)|基层"
)
_HAN = re.compile(r"[㐀-鿿]+")
_NUMERALS = "一二三四五六七八九十"
_UNITS = r"(?:批|期|步|轮|档|阶段|梯队)"
_ORDINAL = re.compile(rf"第(?P<number>[{_NUMERALS}])(?:个)?(?P<unit>{_UNITS})")
_FOLLOWING = re.compile(
    rf"(?:后面|之后|往后|接下来|剩下|其余|余下|另外|后)(?:的)?(?P<count>[两{_NUMERALS}])(?:个)?(?P<unit>{_UNITS})"
)


def in_place(words: str, subject: str) -> str:
    """Ask what ``subject`` asks of ``words`` instead; empty where nothing in it is like them.

    智慧管理 takes the place of 智慧服务 in its question; what has but the same kind of name, or is long
    enough to say all, takes the place of everything before the words of asking.
    """
    if ordinal := _ordinal_for(words, subject):
        return subject.replace(ordinal, words, 1)
    if body := _body_for(words, subject):
        return subject.replace(body, words.removesuffix("的"), 1)
    if alike := begins_alike(words, subject) or _twin(words, subject):
        return subject.replace(alike, words, 1)
    asked = ASKED.search(subject)
    kin = shares_tail(words, subject)
    if asked and (kin or len(words) >= _WHOLE_SUBJECT_CHARS):
        return f"{words}{_asked_of(words, asked.group(), kin)}"
    return ""


def begins_alike(words: str, subject: str) -> str:
    """Find the stretch of ``subject`` that begins as ``words`` do (智慧服务 for 智慧管理)."""
    for length in range(len(words) - 1, 1, -1):
        start = subject.find(words[:length])
        if start >= 0:
            return subject[start : start + len(words)]
    return ""


def shares_tail(words: str, subject: str) -> bool:
    """Say whether ``words`` end as what ``subject`` asks of does (价格改革, 支付方式改革由谁负责)."""
    asked = ASKED.search(subject)
    if asked is None or len(words) < 3:
        return False
    return subject[: asked.start()].endswith(words[-2:])


def with_ordinals(question: str, subject: str) -> str:
    """Write 后面两批 as the ones that they are, counted from the last that ``subject`` names (第二批和第三批)."""
    named = {
        match["unit"]: _NUMERALS.index(match["number"]) for match in _ORDINAL.finditer(subject)
    }

    def counted(match: re.Match[str]) -> str:
        unit, count = match["unit"], _NUMERALS.index(match["count"].replace("两", "二")) + 1
        following = _NUMERALS[named[unit] + 1 : named[unit] + 1 + count] if unit in named else ""
        return "和".join(f"第{number}{unit}" for number in following) or match.group()

    return _FOLLOWING.sub(counted, question)


def without_ordinals(subject: str, question: str) -> str:
    """Take the ordinals out of ``subject`` where ``question`` has its own."""
    return _ORDINAL.sub("", subject) if _ORDINAL.search(question) else subject


def _ordinal_for(words: str, subject: str) -> str:
    """Return the ordinal of ``subject`` that is of the same series as ``words`` (第一批 for 第二批)."""
    own = _ORDINAL.fullmatch(words)
    series = (match for match in _ORDINAL.finditer(subject) if own and match["unit"] == own["unit"])
    return next((match.group() for match in series), "")


def _body_for(words: str, subject: str) -> str:
    """Return the kind of body in ``subject`` where ``words`` are another (三级医院 for 基层)."""
    own = _BODY.fullmatch(words.removesuffix("的"))
    other = _BODY.search(subject) if own else None
    return other.group() if other else ""


def _twin(words: str, subject: str) -> str:
    """Find the stretch of ``subject`` that is made like ``words``: the same end, many of the same
    characters, about the same length (科技创新策源区 for 产业创新承载区)."""
    best, least = "", _LEAST_ALIKE
    for stretch in _stretches(words, subject):
        shared = (Counter(stretch) & Counter(words)).total() / max(len(stretch), len(words))
        if shared > least or (shared == least and len(stretch) == len(words)):
            best, least = stretch, shared
    return best


def _stretches(words: str, subject: str) -> Iterator[str]:
    """Yield the stretches of ``subject`` that end as ``words`` do and are about as long."""
    longest = len(words) + _MORE_OR_LESS
    bounds = _word_bounds(subject)
    for end in (m.end() for m in re.finditer(re.escape(words[-1:]), subject) if len(words) > 3):
        for length in range(max(3, len(words) - _MORE_OR_LESS), longest + 1):
            if {end - length, end} <= bounds and _HAN.fullmatch(subject[end - length : end]):
                yield subject[end - length : end]


def _word_bounds(text: str) -> set[int]:
    """Return the places in ``text`` where a word begins or ends: 幼儿园 holds no 幼儿."""
    bounds, at = {len(text)}, 0
    for word in segmented(text):
        at = text.find(word, at)
        if at < 0:
            return set()
        bounds |= {at, at + len(word)}
        at += len(word)
    return bounds


def _asked_of(words: str, asked: str, kin: bool) -> str:
    """Return the words of asking; what is of another kind is not counted in the same measure."""
    if kin or not re.search(r"多少|几", asked):
        return asked
    if asked.endswith("几级") and not _SHARE.search(words):
        return f"要到{asked}"
    return asked if _COUNTING.search(asked) and not _MEASURED.search(words) else "是多少"
