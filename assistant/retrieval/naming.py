"""Which documents a question names: by number (1048号提案) or by words of a title (自评报告)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.retrieval.keywords import keywords
from assistant.text.dates import find_years
from assistant.text.match import match_key

_NUMBERED = re.compile(
    r"第?\s*(?P<number>\d{2,6})\s*号\s*(?:单位|重点|集体)?(?:提案|建议|议案|答复|文件|令|公告|函|文)"
    r"|(?P<full>[㐀-鿿]{1,8}[\[(]\s*(?:19|20)\d{2}\s*[\])]\s*第?\s*\d{1,4}\s*号)"
)
# 2018年答复里, 自评报告说, 食品科技方案里的: a kind of document, and before it what tells it apart.
_BY_KIND = re.compile(
    r"(?P<apart>[^,，。、;；:：?？]{0,14}?)(?P<kind>答复|报告|方案|意见|办法|规划|规定|细则|条例|通知|纲要)"
    r"(?=里|中(?![心医期])|当中|[说讲写](?!明)|提到|提的|,|，)"
)
_BINDS = re.compile(r"那份|这份|那个|这个|的|在|里|中|按照?|根据")
_LONGEST, _SHORTEST, _LEAST_HAN = 14, 4, 3
_ENTRIES_KEPT = 16_384  # some 400 bytes each
_GENERIC = re.compile(
    r"^(?:的?(?:实施|工作|指导|行动)?(?:方案|意见|通知|办法|规定|答复|提案|建议|报告|管理|暂行)*的?|高质量发展|公立医院|卫生健康|示范项目|人民政府|办公厅|办公室)+$"
)


@dataclass(frozen=True, slots=True)
class Titled:
    """A document as questions name it: id, and the match key of title and number without spaces.

    ``city`` is whose document it is, ``years`` are those in which it was signed or published.
    """

    id: str
    key: str
    city: str = ""
    years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Naming:
    """The documents that a question names, and the numbers in it that no document bears.

    ``dated`` are the words that name a document by its year (2018年答复): they ask for no year.
    """

    documents: tuple[str, ...] = ()
    unknown_numbers: tuple[str, ...] = ()
    dated: str = ""


def documents_named(
    question: str, titled: Sequence[Titled], *, cities: Sequence[str] = (), by_words: bool = True
) -> Naming:
    """Find the documents that ``question`` names.

    A number decides. Without one, the longest words (of at least four characters) that stand in the
    question and in few titles do, unless they are such as any title has; not asked for (``by_words``)
    where a city already says whose documents are meant.
    """
    key = _dense(question)
    numbers = [match["number"] or match["full"] for match in _NUMBERED.finditer(key)]
    if numbers:
        bearing = {number: [t.id for t in titled if _bears(t, number)] for number in numbers}
        found = tuple(dict.fromkeys(each for ids in bearing.values() for each in ids))
        return Naming(found, tuple(number for number, ids in bearing.items() if not ids))
    own = [each for each in titled if not cities or each.city in cities]
    by_kind = _by_kind(key, own, cities) if len(cities) < 2 else None
    return by_kind or Naming(_by_words(key, titled) if by_words else ())


def _by_kind(key: str, titled: Sequence[Titled], cities: Sequence[str]) -> Naming | None:
    """Find the one document of its kind that is told apart by its year or by words of its title.

    Return no document where such words fit none: those words mean one that is named otherwise.
    """
    for match in _BY_KIND.finditer(key):
        years = frozenset(found.year for found in find_years(match["apart"]))
        apart = match["apart"]
        for name in (*cities, "市"):
            apart = apart.replace(match_key(name), "")
        words = [w.word for w in keywords(_BINDS.sub(" ", apart))]
        fitting = [
            each
            for each in titled
            if match["kind"] in each.key
            and (not (years and each.years) or years & each.years)
            and all(word in each.key for word in words)
        ]
        if len(fitting) == 1 and (years or words or cities):
            return Naming((fitting[0].id,), dated=match.group() if years else "")
        if words and not fitting:
            return Naming()
    return None


def _by_words(key: str, titled: Sequence[Titled]) -> tuple[str, ...]:
    for length in range(_LONGEST, _SHORTEST - 1, -1):
        for start in range(len(key) - length + 1):
            words = key[start : start + length]
            if _GENERIC.match(words) or not _is_title_like(words):
                continue
            found = tuple(t.id for t in titled if words in t.key)
            if found and len(found) <= max(1, len(titled) // 4):
                return found
    return ()


def _is_title_like(words: str) -> bool:
    """Say whether ``words`` could stand by themselves: Han and numbers, more than a year, no 的 at an end."""
    own = sum("㐀" <= char <= "鿿" for char in words)
    is_plain = own >= _LEAST_HAN and all("㐀" <= c <= "鿿" or c.isdigit() for c in words)
    return is_plain and "的" not in (words[0], words[-1])


def _bears(titled: Titled, number: str) -> bool:
    return bool(re.search(rf"(?<!\d){re.escape(number)}(?!\d)", titled.key))


def _dense(text: str) -> str:
    return re.sub(r"[\s\"']", "", match_key(text))


@lru_cache(maxsize=_ENTRIES_KEPT)
def titled(
    document_id: str, *names: str, city: str = "", days: tuple[date | None, ...] = ()
) -> Titled:
    """Make the entry of a document from its title and number, its city and its dates.

    Kept: when one document joins a large library, the entries of the others are not made again.
    """
    years = frozenset(day.year for day in days if day)
    return Titled(document_id, "\n".join(_dense(name) for name in names), city, years)
