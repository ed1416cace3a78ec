"""Who is responsible: the departments that a document names at the end of a task's section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.grounds import NO_GROUND, Ground
from assistant.answering.relevance import Query, coverage
from assistant.answering.statements import Outcome, Source, Statement
from assistant.text.match import match_key
from assistant.types import Document, Intent, Question, Span

_ASKED = re.compile(
    r"牵头(?!医院|推进)|责任(?:单位|部门|主体|分工)|负责(?!人|制|什么|啥|哪些(?!部门|单位))|实施主体|哪(?:个|些|几个)(?:部门|单位|委办局|局)|(?:部门|单位).{0,4}(?:有哪|是哪|是谁|谁)|谁(?:来|去)?(?:管|抓|主责|办|落实|实施|建(?!议)|搞|推(?!荐|选))|谁头上|归(?:谁|哪)|谁.{0,2}牵头|主管"
)
# Hospitals, schools and firms are named in the sentences, not in the brackets of departments.
_ASKS_INSTITUTION = re.compile(
    r"哪[^，。？]{0,3}(?:医院|学校|高校|企业|公司|中心|院|医疗机构|专家|团队)"
)
_ASKS_DEPARTMENTS = re.compile(
    r"(?:责任|负责)(?:单位|部门)|(?:哪|什么)[些几]?个?(?:单位|部门)(?:来|去|共同|一起)?负责"
)
_LEADS = re.compile(r"牵头")
# A body of government by its name: 市商务委, 各区政府, 上海金融监管局.
_BODY = r"[㐀-鿿]{1,14}?(?:委|局|办|厅|院|会|部|政府|办公室|管委会|银行|集团)"
_BRACKET = re.compile(
    r"[（(〔\[【]\s*(?:责任单位|牵头单位|责任部门|牵头部门|配合单位|主责单位|负责单位)\s*[:：](?P<named>[^）)〕\]】]+)[）)〕\]】]"
    r"|[〔\[【（(](?P<shared>[^〔〕\[\]【】\n]{2,200}?(?:按职责分工负责|分别负责|分工负责|牵头负责|牵头|负责))[〕\]】）)]"
    rf"|[（(](?P<bodies>{_BODY}(?:[、，,]{_BODY})*(?:等)?)[)）](?=\s*(?:$|[一二三四五六七八九十\d（(]))"
    r"|^[ \t　]*(?:责任单位|牵头单位|责任部门)\s*[:：](?P<line>[^\n]+)$",
    re.MULTILINE,
)
_WHO_COLUMN = re.compile(r"主体|责任|牵头|负责|主管|部门|单位")
FIRST_LEADS = re.compile(
    r"列第一(?:位)?的?为牵头(?:单位|部门)?|排(?:名)?第一(?:位)?的?为牵头|首位(?:单位)?为牵头"
)
"""How documents say that the first body of a list leads."""
_WORDS_OF_DUTY = re.compile(
    r"实施主体|牵头|责任|负责|单位|部门|主体|管|管理|抓|归|主管|工作|任务|事情|事|落实|实施|办|块|一块"
)
_NAMING_GROUPS = ("named", "shared", "bodies", "line")
_TITLE_FITS, _BODY_ALONE, _GROUNDED, _NAMED_SO = 0.4, 0.55, 0.12, 0.1
_ROLES = re.compile(r"责任|牵头|主体|配合|主管")


@dataclass(frozen=True, slots=True)
class Duty:
    """A task with the words that name who is responsible for it.

    ``task`` is its title, ``body`` what it says; ``named`` stands at ``place``, called ``role`` there.
    """

    document: Document
    task: str
    body: Span
    path: tuple[str, ...]
    place: Span
    named: str
    role: str


def asks_who_is_responsible(question: Question) -> bool:
    """Say whether the question asks for responsible or leading departments."""
    text = question.focus or question.standalone
    is_another = question.intent in (Intent.WHEN, Intent.VALUE)
    return bool(_ASKED.search(text)) and not is_another and not _ASKS_INSTITUTION.search(text)


def asks_for_departments(question: Question) -> bool:
    """Say whether all the departments that are responsible are asked for, not who leads."""
    return bool(_ASKS_DEPARTMENTS.search(question.focus or question.standalone))


def duties_of(document: Document) -> tuple[Duty, ...]:
    """Find every task that names who is responsible: in a bracket at its end, or in a table column."""
    return (*_in_brackets(document), *_in_tables(document))


def _in_brackets(document: Document) -> Iterator[Duty]:
    after = 0  # a bracket speaks of what follows the bracket before it
    for match in _BRACKET.finditer(document.text):
        position = match.start()
        above = [h for h in document.outline if h.section.start <= position < h.section.end]
        if above:
            deepest = max(above, key=lambda heading: (heading.level, heading.span.start))
            path = tuple(f"{heading.label}{heading.title}" for heading in above)
            named = next(filter(None, (match[name] for name in _NAMING_GROUPS)))
            body = Span(max(deepest.span.start, after), position)
            after = match.end()
            place = Span(*match.span())
            yield Duty(document, path[-1], body, path, place, named.strip(), match.group())


def _in_tables(document: Document) -> Iterator[Duty]:
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                if _WHO_COLUMN.search(cell.header) and cell.text.strip():
                    before = [c.text for c in row.cells if c.span.end <= cell.span.start]
                    task = before[-1] if before else table.title
                    path = (table.title, *before)
                    named = cell.text.strip()
                    yield Duty(document, task, row.span, path, cell.span, named, cell.header)


def answer_who_is_responsible(
    question: Question,
    query: Query,
    documents: Sequence[Document],
    ground: Ground = NO_GROUND,
) -> Outcome | None:
    """Name the departments of the task that fits best; None where no task with a bracket fits.

    The task inside of which the turn before was answered (``ground``) fits better.
    """
    task = _without_words_of_duty(query)
    roles = _ROLES.findall(question.focus or question.standalone)
    scored = [
        (_fit(task, duty) + _fits_talk(duty, roles, ground), duty)
        for document in documents
        for duty in duties_of(document)
    ]
    if not scored:
        return None
    best, duty = max(scored, key=lambda pair: pair[0])
    if best < _TITLE_FITS:
        return None
    return Outcome(tuple(_statements(question, duty)), confidence=best)


def _fits_talk(duty: Duty, roles: Sequence[str], ground: Ground) -> float:
    """Rate whether the duty is the one just talked of, and called by the name that is asked for."""
    talked_of = ground.is_in(duty.document.id, duty.body)
    named = any(role in duty.role for role in roles)
    return (_GROUNDED if talked_of else 0.0) + (_NAMED_SO if named else 0.0)


def _without_words_of_duty(query: Query) -> Query:
    """Return ``query`` with the words of its task alone: 由哪些单位负责 says nothing of it."""
    task = tuple(one for one in query.wanted if not _WORDS_OF_DUTY.fullmatch(one.keyword.word))
    return Query(task, pairs=()) if task else query


def _fit(query: Query, duty: Duty) -> float:
    """Rate a duty by its title, helped by what it says; or by that alone, where it says it all."""
    by_title = coverage(query, key=match_key(duty.task), above=match_key(" ".join(duty.path)))
    by_body = coverage(query, key=match_key(duty.body.of(duty.document.text)))
    return max(0.75 * by_title + 0.25 * by_body, _BODY_ALONE * by_body)


def _statements(question: Question, duty: Duty) -> Iterator[Statement]:
    source = Source(duty.document.id, "", duty.place, duty.place.of(duty.document.text), duty.path)
    task = re.sub(r"\s*\n\s*", "", duty.task).strip("。 ")
    rule = FIRST_LEADS.search(duty.document.text)
    if _LEADS.search(question.focus or question.standalone) and rule:
        first = re.split(r"[、，,；; 和。]", duty.named)[0]
        rule_span = Span(*rule.span())
        rule_source = Source(duty.document.id, "", rule_span, rule.group(), ("全文说明",))
        yield Statement(f"「{task}」的牵头单位：{first}。", (source, rule_source))
    yield Statement(f"「{task}」：{duty.named.strip('。')}。", (source,))
