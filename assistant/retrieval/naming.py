"""Which documents a question names: by number (1048号提案) or by words of a title (自评报告)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.text.match import match_key

_NUMBERED = re.compile(
    r"第?\s*(?P<number>\d{2,6})\s*号\s*(?:单位|重点|集体)?(?:提案|建议|议案|文件|令|公告|函|文)"
    r"|(?P<full>[㐀-鿿]{1,8}[\[(]\s*(?:19|20)\d{2}\s*[\])]\s*第?\s*\d{1,4}\s*号)"
)
_LONGEST, _SHORTEST = 14, 4
_GENERIC = re.compile(
    r"^(?:的?(?:实施|工作|指导|行动)?(?:方案|意见|通知|办法|规定|答复|提案|建议|报告|管理|暂行)*的?|高质量发展|公立医院|卫生健康|示范项目|人民政府|办公厅|办公室)+$"
)


@dataclass(frozen=True, slots=True)
class Titled:
    """A document as questions name it: id, and the match key of title and number without spaces."""

    id: str
    key: str


@dataclass(frozen=True, slots=True)
class Naming:
    """The documents that a question names, and the numbers in it that no document bears."""

    documents: tuple[str, ...] = ()
    unknown_numbers: tuple[str, ...] = ()


def documents_named(question: str, titled: Sequence[Titled], *, by_words: bool = True) -> Naming:
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
    return Naming(_by_words(key, titled) if by_words else ())


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
    return all("㐀" <= char <= "鿿" or char.isdigit() for char in words)


def _bears(titled: Titled, number: str) -> bool:
    return bool(re.search(rf"(?<!\d){re.escape(number)}(?!\d)", titled.key))


def _dense(text: str) -> str:
    return re.sub(r"[\s\"']", "", match_key(text))


def titled(document_id: str, *names: str) -> Titled:
    """Make the entry of a document from its title and number."""
    return Titled(document_id, "\n".join(_dense(name) for name in names))
