"""Follow-up questions: what a question takes from the turns before it.

A question that stands alone takes nothing. One that points back (那…呢, 其中, 这些, 牵头单位是谁) takes the
city, the year and the subject that it lacks from the nearest turn that has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retrieval.keywords import keywords, without_asking
from assistant.text.dates import find_years
from assistant.text.places import find_places
from assistant.text.tokens import words

_POINTS_BACK = re.compile(
    r"^\s*(?:那(?!曲)|那么|换成|换|改成|如果(?:是|换)|它|其(?!他)|这|该|同样|还有|再|上述|前述|以上(?!的))"
    r"|呢\s*[?？]?\s*$|其中|上述|前述|这(?:个|些|项|家|几|两|笔|里)|那(?:个|些|项|几)(?:指标|目标|医院|项目|钱|城市)|该(?:市|项目|方案|指标|文件|医院|区|县|行动)"
    r"|它们?的?|(?:别的|其他|其它)(?:城市|地方|市)|谁(?:的)?(?:更|最)|哪个(?:城市)?(?:更|最)|差多少|相差|提高了(?:几|多少)"
)
# 承担的是哪几个 lacks the thing counted, which the turn before names.
_ENDS_OPEN = re.compile(r"哪(?:几|些)(?:个|家|项|条|所)?\s*[?？]?\s*$")
_SUBSTITUTES = re.compile(
    r"呢\s*[?？]?\s*$|^\s*(?:换成|换|改成|如果(?:是|换))|有没有(?:定|设|提)?(?:这|该)"
)
# A question of all cities, or of a document that it names, does not stay with the city talked of.
_NAMES_OTHERS = re.compile(
    r"哪(?:些|几个?|个)(?:城市|市|地)|各(?:个)?(?:城市|市|地)|别的|其他|其它|所有|全国|全省|《|〔|号(?:文|提案|建议)"
)
_STAYS_TURNS = 2
_PLACE_BEFORE = re.compile(
    r"(?:再|还是)?(?:说|讲|看|回)*(?:回|到)?(?:前面|刚才|之前|开头|最先)(?:说|提|讲|问)?(?:到|过)?的?那?个?(?:城市|市)"
)
_NEXT_YEAR = re.compile(r"(?:下一?年|次年|第二年|转年)(?!度)")
_YEAR_BEFORE = re.compile(r"(?:前一年|上一年|上年|头一年)(?!度|同期|底)")
_SHORT_QUESTION_CHARS, _VERY_SHORT_QUESTION_CHARS = 14, 10
_PARALLEL_CHARS, _WHOLE_SUBJECT_CHARS, _OPEN_SUBJECT_CHARS = 4, 6, 8
# What a question asks, to be asked again of another subject.
_ASKED = re.compile(
    r"(?:有|是|要|建|达到?)?(?:多少|几)[^，。？?]{0,6}|什么时候|由?哪些?[^，。？?]{0,6}|谁[^，。？?]{0,4}|怎么[^，。？?]{0,6}|如何[^，。？?]{0,6}"
)
# 它2025年要实现什么 asks something new of the same subject.
_ASKS_ANEW = re.compile(r"什么|怎么|如何|谁|哪")
# 谁更高 is about all the cities of the turns before.
_COMPARES = re.compile(
    r"谁(?:的)?(?:更|最)|哪个(?:城市)?(?:更|最)|差多少|相差|差距|比较|对比|比一比"
)
# A baseline has its own year.
_BASELINE = re.compile(r"基期|基线|基数|现状|起点|起步|底子|现在|目前")
# Words that name an aspect of a subject and so are no subject themselves.
_ASPECTS = re.compile(
    r"要求|规定|有没有|没有|有|吗|归|管|办|抓|头上|起点|起步|底子|牵头(?:单位|部门)?|责任(?:单位|部门)?|负责(?:单位|部门|的)?|基期(?:值|数)?|基线|基数|现状值?|目标值?|文号|发文(?:字号|机关|单位)|依据|时间(?:节点)?|期限|时限|年份|日期"
    r"|范围|口径|来源|出处|原文|趋势|变化|城市|指标|更[高低大小多少]|最[高低大小多少]|相差|差多少|差距|差|排名|原因|印发|成文|发布|落款|单位|部门|完成|实现|多少|具体|设|定|提|别的|其他|地方|人|主体|实施主体"
    r"|百分点|[是为由在到的了有]|要|换成|换|改成|如果|那么|那|这|该|还|也|它|其|再"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with what it took from earlier turns filled in.

    ``focus`` is what this turn asks; equal to ``standalone`` when nothing was taken.
    """

    standalone: str
    focus: str


def resolve(question: str, history: Sequence[str]) -> Resolved:
    """Fill ``question`` in from ``history`` (earlier questions as asked, oldest first)."""
    earlier: list[str] = []
    for turn in history:
        earlier.append(_resolve(turn, earlier).standalone)
    return _resolve(question, earlier)


def points_back(question: str, earlier: Sequence[str] = ()) -> bool:
    """Say whether ``question`` needs the turns ``earlier`` to be understood."""
    if _POINTS_BACK.search(question) or not _subject(question) or _says_little(question):
        return True
    if _ENDS_OPEN.search(question) and not _places(question):
        return len(_subject(question)) <= _OPEN_SUBJECT_CHARS
    return bool(earlier) and _is_sibling(question, earlier[-1])


def _is_sibling(question: str, before: str) -> bool:
    """Say whether a short question without a place asks for what stands beside the one before."""
    if _places(question) or len(question) > _SHORT_QUESTION_CHARS:
        return False
    if len(question) <= _VERY_SHORT_QUESTION_CHARS:
        return True
    first = re.split(r"多少|几", without_asking(question).strip())[0].strip()[:_PARALLEL_CHARS]
    alike = bool(_parallel_to(first, before)) or _shares_tail(first, before)
    return len(first) > 2 and first not in before and alike


def _resolve(question: str, earlier: Sequence[str]) -> Resolved:
    if earlier:
        question = _with_place_before(_with_relative_year(question, earlier), earlier)
    if not earlier or not points_back(question, earlier):
        return Resolved(_in_same_place(question, earlier), question)
    subject = next((turn for turn in reversed(earlier) if _subject(turn)), earlier[-1])
    if beside := _in_place_of_county(question, subject):
        return Resolved(beside, beside)
    only_names = not _subject(question) and not _ASKS_ANEW.search(question)
    if only_names and (_places(question) or _years(question)):
        return _substituted(question, subject, earlier)
    if _SUBSTITUTES.search(question) and _subject(question):
        return _in_place_of_parallel(question, subject, earlier)
    return _appended(question, subject, earlier)


def _says_little(question: str) -> bool:
    """Say whether ``question`` has but words that any subject has (占比从多少提高到多少)."""
    return all(word.is_light for word in keywords(_without_places_and_years(question)))


def _in_same_place(question: str, earlier: Sequence[str]) -> str:
    """Keep to the place that is talked of where ``question`` names no place, document or all cities."""
    if _places(question) or _NAMES_OTHERS.search(question):
        return question
    return _inherited_places(earlier[-_STAYS_TURNS:]) + question


def _with_relative_year(question: str, earlier: Sequence[str]) -> str:
    """Write 下一年 and 前一年 as the year that they are, counted from the last year talked of."""
    years = next((found for turn in reversed(earlier) if (found := find_years(turn))), ())
    for pattern, offset in ((_NEXT_YEAR, 1), (_YEAR_BEFORE, -1)) if years else ():
        question = pattern.sub(f"{years[-1].year + offset}年", question)
    return question


def _substituted(question: str, subject: str, earlier: Sequence[str]) -> Resolved:
    """那广元呢 → the earlier question with 广元 for its city; 2023年呢 likewise for its year."""
    standalone = subject
    if places := _places(question):
        standalone = _with_places(standalone, places)
    elif not _places(standalone):
        standalone = _inherited_places(earlier) + standalone
    if years := _years(question):
        standalone = _with_years(standalone, years)
    aspects = [aspect for aspect in ("基期", "牵头单位", "责任单位", "目标") if aspect in question]
    missing = "".join(aspect for aspect in aspects if aspect not in standalone)
    return Resolved(standalone + missing, standalone + missing)


def _in_place_of_parallel(question: str, subject: str, earlier: Sequence[str]) -> Resolved:
    """智慧管理呢 → the earlier question with 智慧管理 where it had 智慧服务."""
    focus = re.sub(r"^(?:那么?|换成|换|改成)|的?呢\s*[?？]?\s*$|[?？]", "", question).strip()
    bare = _without_places_and_years(focus).lstrip("的")
    parallel, shares_tail = _parallel_to(bare, subject), _shares_tail(bare, subject)
    if parallel:
        standalone = subject.replace(parallel, bare, 1)
    elif (shares_tail or len(bare) >= _WHOLE_SUBJECT_CHARS) and (asked := _ASKED.search(subject)):
        standalone = f"{bare}{asked.group()}"
    else:
        return _appended(question, subject, earlier)
    if places := _places(focus):
        standalone = _with_places(standalone, places)
    elif not _places(standalone):
        standalone = _inherited_places(earlier) + standalone
    if years := _years(focus):
        standalone = _with_years(standalone, years)
    return Resolved(standalone, standalone)


def _in_place_of_county(question: str, subject: str) -> str:
    """安吉的呢 → the earlier question with 安吉县 for the county that it asked about; empty for none."""
    bare = re.sub(r"^\s*那么?|的?呢\s*[?？]?\s*$|[?？]", "", question).strip()
    named = next(iter(_counties(subject).items()), None)
    asked = _counties(bare)
    if named is None or list(asked) != [bare]:
        return ""
    return subject.replace(named[0], asked[bare], 1)


def _counties(text: str) -> dict[str, str]:
    """Return the counties and districts in ``text``, as written → by their full names (花都 → 花都区)."""
    whole = {p.span.of(text): p.span.of(text) for p in find_places(text) if p.level == "county"}
    short = (word for word in (*words(text), text) if word not in _places(text) and len(word) < 4)
    return whole or {word: full for word in short if (full := _county_called(word))}


def _without_counties(text: str) -> str:
    for named in _counties(text):
        text = text.replace(named, "", 1)
    return text


def _county_called(word: str) -> str:
    """Return the full name of the county that ``word`` is short for, empty for none."""
    if len(word) < 2 or find_places(word):
        return ""
    for full in (f"{word}{suffix}" for suffix in "县区市"):
        if any(p.level == "county" and p.span.of(full) == full for p in find_places(full)):
            return full
    return ""


def _with_place_before(question: str, earlier: Sequence[str]) -> str:
    """Write 前面那个市 as the place talked of before the last one."""
    named = [place for turn in earlier for place in _places(turn)]
    before = next((place for place in reversed(named) if place != named[-1]), "")
    return _PLACE_BEFORE.sub(before, question) if before else question


def _appended(question: str, subject: str, earlier: Sequence[str]) -> Resolved:
    """牵头单位是谁 → the subject of the earlier question, then this question."""
    own = _places(question)
    kept = _without_places_and_years(subject) if own else subject
    kept = re.sub(r"，[^，]*呢\s*[?？]?\s*$", "", kept) if _SUBSTITUTES.search(question) else kept
    context = re.sub(r"[?？。,，\s]+$", "", kept)
    if _BASELINE.search(question) or _years(question):
        context = _without_years(context)
    if _counties(question):
        context = _without_counties(context)
    places = "" if own or _places(subject) else _inherited_places(earlier)
    if _COMPARES.search(question):
        places = "和".join(dict.fromkeys(place for turn in earlier for place in _places(turn)))
        context = _without_places_and_years(context).lstrip("的")
    standalone = f"{places}{context}，{question}"
    return Resolved(standalone, question if _subject(question) else standalone)


def _subject(question: str) -> str:
    """Return the words of ``question`` that name a subject, without aspects, places and years."""
    bare = _ASPECTS.sub("", without_asking(_without_places_and_years(question)))
    return "".join(keyword.word for keyword in keywords(bare)) if bare.strip() else ""


def _parallel_to(words: str, subject: str) -> str:
    """Find the stretch of ``subject`` that begins as ``words`` do (智慧服务 for 智慧管理)."""
    for length in range(len(words) - 1, 1, -1):
        start = subject.find(words[:length])
        if start >= 0:
            return subject[start : start + len(words)]
    return ""


def _shares_tail(words: str, subject: str) -> bool:
    """Say whether ``words`` end as what ``subject`` asks of does (价格改革, 支付方式改革由谁负责)."""
    asked = _ASKED.search(subject)
    if asked is None or len(words) < 3:
        return False
    return subject[: asked.start()].endswith(words[-2:])


def _without_years(text: str) -> str:
    for year in reversed(find_years(text)):
        text = text[: year.span.start] + re.sub(r"^年", "", text[year.span.end :])
    return text


def _places(text: str) -> list[str]:
    return [place.span.of(text) for place in find_places(text)]


def _years(text: str) -> list[str]:
    return [year.span.of(text) for year in find_years(text)]


def _inherited_places(earlier: Sequence[str]) -> str:
    return "和".join(next((places for turn in reversed(earlier) if (places := _places(turn))), []))


def _with_places(text: str, places: Sequence[str]) -> str:
    spans = [place.span for place in find_places(text) if place.level != "county"]
    return _replaced(text, [(span.start, span.end) for span in spans], "和".join(places))


def _with_years(text: str, years: Sequence[str]) -> str:
    spans = [(year.span.start, year.span.end) for year in find_years(text)]
    return _replaced(text, spans, "、".join(year.rstrip("年") + "年" for year in years))


def _without_places_and_years(text: str) -> str:
    spans = [(place.span.start, place.span.end) for place in find_places(text)]
    spans += [(year.span.start, year.span.end) for year in find_years(text)]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + re.sub(r"^[市省年]", "", text[end:])
    return text


def _replaced(text: str, spans: list[tuple[int, int]], words: str) -> str:
    """Put ``words`` for the first of ``spans`` and nothing for the rest; in front if there is none."""
    if not spans:
        return words + text
    first, *rest = sorted(spans)
    for start, end in reversed(rest):
        text = text[:start].rstrip("和与、跟,，") + text[end:]
    return text[: first[0]] + words + text[first[1] :]
