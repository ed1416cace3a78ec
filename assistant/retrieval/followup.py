"""Follow-up questions: what a question takes from the turns before it.

A question that stands alone takes nothing. One that points back (那…呢, 其中, 这些, 牵头单位是谁) takes the
city, the year and the subject that it lacks from the nearest turn that has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.retrieval import parallels, spoken
from assistant.retrieval.baselines import asks_where_it_started
from assistant.retrieval.keywords import keywords, without_asking
from assistant.text.county_names import find_counties
from assistant.text.dates import find_years

_POINTS_BACK = re.compile(
    r"^\s*(?:批准?|审批|核准|通过|受理|申请|验收|认定|评上|建成|建好|到期|期满|办完|交了?)[^，。]{0,4}?(?:以后|之后|后)"
    r"|^\s*(?:那(?!曲)|那么|换成|换|改成|如果(?:是|换)|它|其(?!他)|这|该|同样|还有|再|上述|前述|以上(?!的))"
    r"|呢\s*[?？]?\s*$|其中|里面|里头|上述|前述|这(?:个|些|项|家|几|两|笔|里)|那(?:个|些|项|几)(?:指标|目标|医院|项目|钱|城市)|该(?:市|项目|方案|指标|文件|医院|区|县|行动)"
    r"|它们?的?|(?:别的|其他|其它)(?:城市|地方|市)|谁(?:的)?(?:更|最)|哪个(?:城市)?(?:更|最)|差多少|相差|提高了(?:几|多少)"
)
# 承担的是哪几个 lacks the thing counted, which the turn before names.
_ENDS_OPEN = re.compile(r"哪(?:几|些)(?:个|家|项|条|所)?\s*[?？]?\s*$")
_SUBSTITUTES = re.compile(
    r"呢\s*[?？]?\s*$|^\s*(?:换成|换|改成|如果(?:是|换))|有没有(?:定|设|提)?(?:这|该)"
)
# 广元有没有类似的做法 asks the whole question again of another place.
_LIKEWISE = re.compile(
    r"(?:那边|那里|那儿)?(?:又|也|还)?(?:有没有|有无|是否有?|是不是也?有?|有)?(?:类似|同样|一样|相同|同类)的?"
    r"(?:做法|规定|目标|要求|安排|政策|措施|举措|指标|说法|内容|项目|服务|机制|任务|办法|情况|计划|模式)?[^，。]*$"
)
# A question of all cities, or of a document that it names, does not stay with the city talked of.
_NAMES_OTHERS = re.compile(
    r"哪(?:些|几个?|个)(?:城市|市|地)|各(?:个)?(?:城市|市|地)|(?:别的|其他|其它)(?:城市|地方|地市|地区|市|省|文件|呢|[?？]|$)|所有|全国|全省|《|〔|号(?:文|提案|建议)"
)
_STAYS_TURNS = 2
_SHORT_QUESTION_CHARS, _VERY_SHORT_QUESTION_CHARS = 14, 10
_PARALLEL_CHARS, _OPEN_SUBJECT_CHARS = 4, 8
# 它2025年要实现什么 asks something new of the same subject.
_ASKS_ANEW = re.compile(r"什么|怎么|如何|谁|哪")
# 谁更高 is about all the cities of the turns before.
_COMPARES = re.compile(
    r"谁(?:的)?(?:更|最)|哪个(?:城市)?(?:更|最)|差多少|相差|差距|比较|对比|比一比"
)
# A baseline has its own year.
_NOW = re.compile(r"现在|目前|眼下|如今|当前")
# Words that name an aspect of a subject and so are no subject themselves.
_ASPECTS = re.compile(
    r"要求|规定|有没有|没有|有|吗|归|管|办|抓|头上|起点|起步|底子|牵头(?:单位|部门)?|责任(?:单位|部门)?|负责(?:单位|部门|的)?|基期(?:值|数)?|基线|基数|现状值?|目标值?|文号|发文(?:字号|机关|单位)|依据|时间(?:节点)?|期限|时限|年份|日期"
    r"|范围|口径|来源|出处|原文|趋势|变化|城市|指标|更[高低大小多少]|最[高低大小多少]|相差|差多少|差距|差|排名|原因|印发|成文|发布|落款|单位|部门|完成|实现|多少|具体|设|定|提|别的|其他|地方|人|主体|实施主体"
    r"|百分点|中间|[是为由在到的了有]|要|换成|换|改成|如果|那么|那|这|该|还|也|它|其|再"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with what it took from earlier turns filled in.

    ``focus`` is what this turn asks; equal to ``standalone`` when nothing was taken. ``before`` is the
    turn whose talk it goes on with, filled in; empty when it stands alone or changes the place.
    ``repeats`` says that it is the turn before with something put in place of something else.
    """

    standalone: str
    focus: str
    before: str = ""
    repeats: bool = False


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
    if _ENDS_OPEN.search(question) and not spoken.places(question):
        return len(_subject(question)) <= _OPEN_SUBJECT_CHARS
    return bool(earlier) and _is_sibling(question, earlier[-1])


def _is_sibling(question: str, before: str) -> bool:
    """Say whether a short question without a place asks for what stands beside the one before."""
    if spoken.places(question) or len(question) > _SHORT_QUESTION_CHARS:
        return False
    if len(question) <= _VERY_SHORT_QUESTION_CHARS:
        return True
    first = re.split(r"多少|几", without_asking(question).strip())[0].strip()[:_PARALLEL_CHARS]
    alike = bool(parallels.begins_alike(first, before)) or parallels.shares_tail(first, before)
    return len(first) > 2 and first not in before and alike


def _resolve(question: str, earlier: Sequence[str]) -> Resolved:
    if not earlier:
        return Resolved(question, question)
    subject = next((turn for turn in reversed(earlier) if _subject(turn)), earlier[-1])
    named = spoken.with_county_before(question, earlier)
    stays = named != question
    asked = spoken.with_place_before(spoken.with_relative_year(named, earlier), earlier)
    question = parallels.with_ordinals(asked, subject)
    if likewise := _of_another_place(question, subject):
        return likewise
    if question == asked and not points_back(question, earlier):
        alone = _in_same_place(question, earlier)
        return replace(alone, before=_same_talk(question, subject)) if stays else alone
    if beside := _in_place_of_county(question, subject):
        return beside
    only_names = not _subject(question) and not _ASKS_ANEW.search(question)
    if only_names and (spoken.places(question) or spoken.years(question)):
        return _substituted(question, subject, earlier)
    if _SUBSTITUTES.search(question) and _subject(question):
        return _in_place_of_parallel(question, subject, earlier)
    return _appended(question, subject, earlier)


def _says_little(question: str) -> bool:
    """Say whether ``question`` has but words that any subject has (占比从多少提高到多少)."""
    return all(word.is_light for word in keywords(spoken.without_places_and_years(question)))


def _in_same_place(question: str, earlier: Sequence[str]) -> Resolved:
    """Keep to the place that is talked of where ``question`` names no place, document or all cities."""
    if spoken.places(question) or _NAMES_OTHERS.search(question):
        return Resolved(question, question)
    standalone = spoken.last_places(earlier[-_STAYS_TURNS:]) + question
    return Resolved(standalone, question, earlier[-1])


def _of_another_place(question: str, subject: str) -> Resolved | None:
    """广元有没有类似的做法 → the earlier question with 广元 for its city; None for other questions."""
    match = _LIKEWISE.search(question)
    where = question[: match.start()] if match else ""
    where = re.sub(r"^\s*那么?|[，,、的\s]+$", "", where)
    if not where or _subject(spoken.without_counties(where)):
        return None
    if counties := find_counties(where):
        standalone = spoken.with_county(subject, counties[0])
    else:
        standalone = spoken.with_places(subject, spoken.places(where))
    return Resolved(standalone, standalone, repeats=True)


def _substituted(question: str, subject: str, earlier: Sequence[str]) -> Resolved:
    """那广元呢 → the earlier question with 广元 for its city; 2023年呢 likewise for its year."""
    standalone = _in_their_place(question, _as_it_stood(question, _last_asked(subject)), earlier)
    aspects = [aspect for aspect in ("基期", "牵头单位", "责任单位", "目标") if aspect in question]
    standalone += "".join(aspect for aspect in aspects if aspect not in standalone)
    return Resolved(standalone, standalone, _same_talk(question, subject), repeats=True)


def _as_it_stood(question: str, subject: str) -> str:
    """目标是多少 → 2023年底是多少: what is asked for a year before that of the target is no target."""
    asked, before = find_years(question), find_years(subject)
    is_past = asked and before and max(y.year for y in asked) < min(y.year for y in before)
    if not is_past or "目标" in question or not parallels.ASKED.search(question):
        return subject
    return re.sub(r"的?(?:预期)?目标值?", "", subject)


def _last_asked(subject: str) -> str:
    """湖州住院日目标是多少，物价涨幅呢 → 湖州物价涨幅是多少: what a turn that took words asked itself."""
    match = re.search(r"，(?P<own>[^，]{3,})呢\s*[?？]?\s*$", subject)
    own = match["own"].removeprefix("那").removesuffix("的") if match else ""
    if not match or parallels.ASKED.search(own) or not _subject(own) or match["own"].endswith("的"):
        return subject
    before = subject[: match.start()]
    named = "".join((*spoken.places(before)[:1], *spoken.years(before)[:1]))
    asked = parallels.ASKED.search(before)
    return f"{named}{own}{asked.group() if asked else '目标'}"


def _in_their_place(question: str, standalone: str, earlier: Sequence[str]) -> str:
    """Put the places and years of ``question`` in place of those of ``standalone``."""
    if places := spoken.places(question):
        standalone = spoken.with_places(standalone, places)
    elif not spoken.places(standalone):
        standalone = spoken.last_places(earlier) + standalone
    years = spoken.years(question)
    return spoken.with_years(standalone, years) if years else standalone


def _same_talk(question: str, subject: str) -> str:
    """Return ``subject`` where ``question`` names no place and no year besides those of it."""
    named = {*spoken.places(question), *spoken.years(question)}
    return subject if named <= {*spoken.places(subject), *spoken.years(subject)} else ""


def _in_place_of_parallel(question: str, subject: str, earlier: Sequence[str]) -> Resolved:
    """智慧管理呢 → the earlier question with 智慧管理 where it had 智慧服务."""
    focus = re.sub(r"^(?:那么?|换成|换|改成)|的?呢\s*[?？]?\s*$|[?？]", "", question).strip()
    bare = spoken.without_places_and_years(focus)
    bare = re.sub(r"^[的到至在]+", "", bare) if bare != focus else bare
    if parallels.ASKED.search(bare) and not spoken.places(question):
        return _in_same_place(question, earlier)
    standalone = parallels.in_place(bare, subject)
    if not standalone:
        return _appended(question, subject, earlier)
    standalone = _in_their_place(focus, standalone, earlier)
    return Resolved(standalone, standalone, _same_talk(question, subject), repeats=True)


def _in_place_of_county(question: str, subject: str) -> Resolved | None:
    """安吉的呢 → the earlier question with 安吉县 for the county that it asked about; None for none."""
    bare = re.sub(r"^\s*那么?|的?呢\s*[?？]?\s*$|[?？]", "", question).strip()
    asked = find_counties(bare)
    if [one.span.of(bare) for one in asked] != [bare] or not find_counties(subject):
        return None
    standalone = spoken.with_county(subject, asked[0])
    return Resolved(standalone, standalone, subject, repeats=True)


def _appended(question: str, subject: str, earlier: Sequence[str]) -> Resolved:
    """牵头单位是谁 → the subject of the earlier question, then this question."""
    own = spoken.places(spoken.without_counties(question))
    kept = spoken.without_places_and_years(subject).lstrip("的") if own else subject
    kept = re.sub(r"，[^，]*呢\s*[?？]?\s*$", "", kept) if _SUBSTITUTES.search(question) else kept
    kept = parallels.without_ordinals(kept, question)
    context = re.sub(r"[?？。,，\s]+$", "", kept)
    if asks_where_it_started(question) or _NOW.search(question) or spoken.years(question):
        context = spoken.without_years(context)
    if find_counties(question):
        context = spoken.without_counties(context)
    places = "" if own or spoken.places(subject) else spoken.last_places(earlier)
    if _COMPARES.search(question):
        places = spoken.all_places(earlier)
        context = spoken.without_places_and_years(context).lstrip("的")
    standalone = f"{places}{context}，{question}"
    focus = question if _subject(question) else standalone
    return Resolved(standalone, focus, _same_talk(question, subject))


def _subject(question: str) -> str:
    """Return the words of ``question`` that name a subject, without aspects, places and years."""
    bare = _ASPECTS.sub("", without_asking(spoken.without_places_and_years(question)))
    return "".join(keyword.word for keyword in keywords(bare)) if bare.strip() else ""
