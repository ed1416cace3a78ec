"""What follows for whoever breaks a rule: 不按规定巡河会怎么处理, 擅自拆除罚多少."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering.articles import articles_referred_to
from assistant.answering.choosing import with_following
from assistant.answering.expectation import Expectation
from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query, coverage
from assistant.answering.statements import Outcome, Source, Statement
from assistant.answering.units import Unit
from assistant.answering.wording import say_unit
from assistant.text.match import match_key
from assistant.text.sentences import sentences
from assistant.types import Document, Question, Span

_PENALTY = "处罚|处分|追责|问责|追究|惩处|惩戒|惩罚|罚款"
_ASKS = re.compile(
    rf"(?:怎么|如何|怎样|咋)(?:样|个|被)?(?:{_PENALTY}|罚)|(?:会|要|将|得)?(?:受到?|被|挨)(?:什么|啥|怎[么样])?(?:样的?)?(?:{_PENALTY}|罚)"
    rf"|罚(?:款)?(?:金额)?(?:是|要)?(?:多少|几|什么)|什么(?:样的)?(?:后果|责任|{_PENALTY})|有(?:什么|啥)(?:{_PENALTY})|各罚"
)
_ASKS_TREATMENT = re.compile(
    r"(?:怎么|如何|怎样|咋)(?:样|个|被)?处[理置]|会怎么?样|有(?:什么|啥)后果"
)
_BREAKS_A_RULE = re.compile(
    r"不(?!少于|低于|超过|同|仅|管|断)|没(?!有多)|未|违|擅自|私自|乱|假|骗|拒|逾期|超标|超期|迟|漏|失职|隐瞒|泄露|挪用"
)
_FOLLOWS = re.compile(
    r"责令|罚款|警告|通报批评|约谈|提醒|追究|追责|问责|(?:给予|予以|依法)[^，。；]{0,6}处[分罚理]|吊销|没收|撤销|取消[^，。；]{0,14}(?:资格|称号|待遇)"
    r"|暂停|停止|收回|退[回还赔]|追回|列入[^，。；]{0,14}(?:名单|记录)|移送|惩戒|惩处|扣[减除]?[^，。；]{0,8}分|解聘|清退|赔偿|抵扣|扣[回减除]|核减"
)
_TREATS = re.compile(rf"处[理置]|后果|责任|{_PENALTY}|^罚$")
_LEAST_RELEVANCE, _LONGEST_LIST_CHARS = 0.35, 1500


def asks_consequence(question: Question) -> bool:
    """Say whether ``question`` asks what follows for whoever breaks a rule."""
    text = match_key(question.focus or question.standalone)
    treated = _ASKS_TREATMENT.search(text)
    breaks = bool(treated) and bool(_BREAKS_A_RULE.search(text))
    return bool(_ASKS.search(text)) or breaks


def answer_consequence(
    query: Query,
    expected: Expectation,
    ranked: Sequence[Candidate],
    document_of: Callable[[str], Document],
    is_supported: Callable[[Candidate], bool],
) -> Outcome | None:
    """Say what follows for what ``query`` names: the one sentence that names most of it.

    A case that is only named in a list is said with the sentence above that list, a sentence with
    the one that takes it up (被取消资格的单位，…). None where no
    sentence near enough has a consequence.
    """
    ruled: list[tuple[Candidate, Statement]] = []
    for candidate in ranked:
        said = _ruling(candidate.unit, document_of(candidate.document_id))
        if said and candidate.relevance >= _LEAST_RELEVANCE and is_supported(candidate):
            ruled.append((candidate, said))
    if not ruled:
        return None
    deed = _deed(query)
    best, said = max(ruled, key=lambda pair: _names(deed, pair[0], document_of))
    after = with_following(expected, [best], [best, *(c for c in ranked if c is not best)])[1:]
    return Outcome((said, *(say_unit(c.unit, document_of(c.document_id)) for c in after)))


def _names(deed: Query, one: Candidate, document_of: Callable[[str], Document]) -> float:
    """Say how much of what was done the unit names, or the article that it says is broken."""
    broken = articles_referred_to(one.unit.text, document_of(one.document_id))
    above = f"{one.unit.context} {match_key(broken)}"
    return coverage(deed, key=one.unit.key, above=above, before=one.unit.lead)


def _deed(query: Query) -> Query:
    """Return the query without the words for what follows a deed."""
    wanted = tuple(one for one in query.wanted if not _TREATS.search(one.keyword.word))
    return Query(wanted or query.wanted, query.pairs)


def _ruling(unit: Unit, document: Document) -> Statement | None:
    """Say the unit where it has a consequence, or names a case of a list that has one."""
    if not unit.is_condition:
        announces = unit.text.rstrip().endswith(("：", ":"))
        has_one = _FOLLOWS.search(unit.text) and not announces
        return say_unit(unit, document) if has_one else None
    above = _sentence_above(unit, document.text)
    if above is None:
        return None
    said = say_unit(unit, document)
    quote = above.of(document.text)
    source = Source(document.id, "", above, quote, unit.passage.heading_path)
    return replace(said, text=f"{quote.strip()}{said.text}", sources=(source, *said.sources))


def _sentence_above(unit: Unit, text: str) -> Span | None:
    """Return the sentence that announces the list that the unit stands in, if it has a consequence."""
    begin = max(0, unit.span.start - _LONGEST_LIST_CHARS)
    for sentence in reversed(sentences(text, Span(begin, unit.span.start))):
        words = sentence.of(text)
        if words.endswith(("：", ":")):
            return sentence if _FOLLOWS.search(words) else None
        if not words.startswith(("（", "(")):
            return None
    return None
