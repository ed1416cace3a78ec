"""A proposal's words become a Proposal: title, number, session, proposer, and the points it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from assistant.drafting.proposal import Point, Proposal
from assistant.errors import QuestionError
from assistant.text.sentences import sentences
from assistant.types import Span

MOST_CHARS = 50_000
_NUMBER = re.compile(r"第\s*([A-Za-z]?\d{1,8})\s*号")
# White space is only looked for after a word or on one line: else a run of blank lines is read
# again from each of its places.
_SESSION = re.compile(
    r"(?:(?:全国|省|市|区|县)?(?:政协|人大)\s*|(?:全国|省|市|区|县)\s*)?"
    r"第?[一二三四五六七八九十]{1,3}届(?:人大|政协|人民代表大会|委员会)?第?[一二三四五六七八九十]{1,3}次会议"
)
_LABELLED = re.compile(
    r"^[^\S\n]*(题\s*目|标\s*题|案\s*由|提案题目|建议题目|提\s*案\s*(?:人|者|单位)|建议人|领衔代表|第一提案人"
    r"|提出人|编\s*号|案\s*号|届\s*次|(?:主\s*办|承\s*办)(?:单\s*位|部\s*门)|(?:会\s*办|协\s*办|分\s*办)(?:单\s*位|部\s*门))\s*[：:]\s*(.*)$",
    re.MULTILINE,
)
_TITLE_LABELS = ("题目", "标题", "案由", "提案题目", "建议题目")
_PROPOSER_LABELS = ("提案人", "提案者", "提案单位", "建议人", "领衔代表", "第一提案人", "提出人")
_BODY_LABELS = ("主办单位", "主办部门", "承办单位", "承办部门")
_CO_BODY_LABELS = ("会办单位", "会办部门", "协办单位", "协办部门", "分办单位", "分办部门")
_BOOK_TITLE = re.compile(r"《([^》]{4,60})》")
_ASKING_HEAD = re.compile(
    r"^[ \t　]*(?:#+\s*)?(?:(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[)）])\s*)?"
    r"(?:(?:具体|有关|相关|工作|意见|对策|几点|主要)*(?:建议|对策)(?:措施|如下|和建议|与建议)?|为此[，,]?(?:我们?)?建议(?:如下)?)"
    r"[：:。]?[ \t　]*$|(?:为此|因此|对此)[，,]?(?:现|特|我们?|特此)*(?:提出(?:以下|如下)(?:几点)?|提)?建议(?:如下)?[：:]",
    re.MULTILINE,
)
_NEXT_PART = re.compile(
    r"^[ \t　]*(?:[一二三四五六七八九十]+、)?(?:案由|问题|背景|理由|现状)", re.MULTILINE
)
_HAN = "一二三四五六七八九十"
_MARKS = (
    re.compile(rf"^[ \t　]*[（(][{_HAN}]+[)）]\s*", re.MULTILINE),
    re.compile(r"^[ \t　]*(?:[（(]\d{1,2}[)）]|\d{1,2}\s*[.．、](?!\d)|[①-⑳])\s*", re.MULTILINE),
    re.compile(rf"^[ \t　]*[{_HAN}]+、\s*", re.MULTILINE),
    re.compile(rf"(?<![{_HAN}])[{_HAN}]是(?:要)?(?=[^{_HAN}])"),
    re.compile(r"(?<=[。；;：:])\s*(?:[（(]\d{1,2}[)）]|\d{1,2}\s*[.．、](?!\d)|[①-⑳])\s*"),
    re.compile(rf"第[{_HAN}][，、]"),
)
_TOPIC_END = re.compile(r"[。；;：:\n]")
_TOPIC_CHARS = 40
_ASK = re.compile(r"建议|应当|应该|希望|呼吁|请(?:市|有关|尽快)")
_COURTESY = re.compile(r"^(?:此致|敬礼|以上建议|特此|妥否|专此)")


def read_proposal_file(path: Path, *, max_bytes: int) -> str:
    """Return the words of a file; raises UnreadableFileError."""
    from assistant.documents import load

    return load(path, max_bytes=max_bytes).text


def proposal_of(content: bytes, *, name: str) -> str:
    """Return the words of a plain text in any encoding that documents have.

    Raises UnreadableFileError, which calls it by ``name``.
    """
    from assistant.documents.loaders.decode import decode

    return decode(Path(name), content)


def parse_proposal(text: str) -> Proposal:
    """Read a proposal; raises QuestionError when it is empty or longer than 50,000 characters."""
    if not text.strip():
        raise QuestionError("提案是空的。请粘贴提案全文，或给出提案文件。")
    if len(text) > MOST_CHARS:
        raise QuestionError(f"提案有 {len(text)} 字，超过上限 {MOST_CHARS} 字。请删减后再试。")
    labels = {re.sub(r"\s", "", m[1]): m[2].strip() for m in _LABELLED.finditer(text)}
    title = _title(text, labels)
    number, session = _NUMBER.search(text), _SESSION.search(text)
    return Proposal(
        text=text,
        title=title,
        number=f"第{number[1]}号" if number else "",
        session=re.sub(r"\s", "", session[0]) if session else "",
        proposer=next((labels[k] for k in _PROPOSER_LABELS if k in labels), ""),
        points=tuple(_points(text)) or (_whole(text, title),),
        body=next((labels[k] for k in _BODY_LABELS if k in labels), ""),
        co_bodies=next((_listed(labels[k]) for k in _CO_BODY_LABELS if k in labels), ()),
    )


def _listed(bodies: str) -> tuple[str, ...]:
    return tuple(body for body in re.split(r"[、，,；;\s]+", bodies.strip("。 ")) if body)


def _title(text: str, labels: dict[str, str]) -> str:
    """Return the labelled title, the first title-like line, or the first line's beginning."""
    labelled = next((labels[k] for k in _TITLE_LABELS if labels.get(k)), "")
    if labelled and len(labelled) <= 60:
        return labelled.strip("《》")
    lines = [re.sub(r"^#+\s*", "", line).strip() for line in text.splitlines() if line.strip()]
    about = (x for x in lines[:8] if re.match(r"关于.+的(?:提案|建议|议案)", x) and len(x) <= 70)
    if found := next(about, ""):
        return found
    if quoted := _BOOK_TITLE.search("\n".join(lines[:4])):
        return quoted[1]
    plain = (x for x in lines[:5] if not _LABELLED.match(x) and not _NUMBER.search(x))
    return next(plain, lines[0])[:60].rstrip("。：:，")


def _points(text: str) -> list[Point]:
    """Find what is asked: the items under the asking head, else of the whole text."""
    area = _asking_area(text)
    for marks in _MARKS:
        found = list(_items(text, area, marks))
        if len(found) > 1:
            return found
    asked = (s for s in sentences(text, area) if area.start or _ASK.search(s.of(text)))
    spoken = [s for s in asked if len(s) > 4 and not _COURTESY.match(s.of(text))]
    return [_point(text, span) for span in spoken[:12]]


def _asking_area(text: str) -> Span:
    heads = list(_ASKING_HEAD.finditer(text))
    if not heads:
        return Span(0, len(text))
    start = heads[-1].end()
    after = _NEXT_PART.search(text, start)
    return Span(start, after.start() if after else len(text))


def _items(text: str, area: Span, marks: re.Pattern[str]) -> Iterator[Point]:
    found = list(marks.finditer(text, area.start, area.end))
    edges = [(m.end(), n.start()) for m, n in pairwise(found)]
    if found:
        edges.append((found[-1].end(), _end_of_last(text, found[-1].end(), area.end)))
    for start, end in edges:
        words = text[start:end]
        if len(words.strip()) > 3:
            lead = len(words) - len(words.lstrip())
            yield _point(text, Span(start + lead, start + len(words.rstrip())))


def _end_of_last(text: str, start: int, end: int) -> int:
    """End the last item at its paragraph's end, or where the courtesies begin."""
    position = start
    for line in text[start:end].splitlines(keepends=True):
        if position > start and (_COURTESY.match(line.strip()) or _LABELLED.match(line)):
            return position
        position += len(line)
    return end


def _point(text: str, span: Span) -> Point:
    words = span.of(text)
    return Point("".join(map(str.strip, words.split("\n"))), topic_of(words), span)


def topic_of(words: str) -> str:
    """Return the first clause of an item: what it is about."""
    first = _TOPIC_END.split(words.strip(), maxsplit=1)[0]
    if len(first) > _TOPIC_CHARS:
        head = re.split(r"[，,]", first)
        first = head[0] if len(head[0]) >= 6 else "，".join(head[:2])
    return re.sub(r"^(?:建议|要|应|希望)", "", first).strip("，, ")


def _whole(text: str, title: str) -> Point:
    return Point(title, topic_of(title), Span(0, min(len(text), len(title))))
