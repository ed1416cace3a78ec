"""Years, dates, places, document numbers and bodies that a claim names must be named in its grounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.verification.frames import dense
from assistant.answering.verification.grounds import Ground
from assistant.text.dates import find_dates, find_years
from assistant.text.places import find_places

_TITLE = re.compile(r"《[^》]+》")
_NUMBER_OF_DOCUMENT = re.compile(r"([㐀-鿿]{1,8})(\[(?:19|20)\d{2}\]第?\d+号)")
_LEADS_IN = "为是号据按照以和与及即文件。"
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月(?:(\d{1,2})日)?")
_BODY_END = "局|委员会|委|办公室|厅"
_BODY = re.compile(
    rf"(?:国家|[市省县区])[^\W\da-z由为是的、]{{1,8}}?(?:{_BODY_END})(?![㐀-鿿]*?(?:书记|常委))"
)
_LEADS = re.compile(r"牵头")
_LISTED = re.compile(r"责任(?:单位|部门)\s*:\s*([^);。\n]+)")
_SEPARATOR = re.compile(r"[、,和及]")


def names_wrong(claim: str, grounds: Sequence[Ground]) -> str:
    """Return which name of ``claim`` its grounds do not have, or ''. Match key in, titles included."""
    rest = _TITLE.sub("", claim)
    checks = (_titles(claim, grounds), _document_numbers(rest, grounds), _days(rest, grounds))
    named = next((wrong for wrong in checks if wrong), "")
    return named or _years(rest, grounds) or _places(rest, grounds) or _bodies(rest, grounds)


def without_titles(claim: str) -> str:
    """Take the titles of documents out of a claim; what they name is checked as a whole."""
    return _TITLE.sub("\n", claim)


def _titles(claim: str, grounds: Sequence[Ground]) -> str:
    for match in _TITLE.finditer(claim):
        words = _bare(match[0])
        if not any(words in _bare(ground.text) for ground in grounds):
            return f"引文中没有{match[0]}"
    return ""


def _bare(text: str) -> str:
    """Keep letters and digits only: sources lose dashes and quotes."""
    return re.sub(r"\W+", "", text)


def _document_numbers(claim: str, grounds: Sequence[Ground]) -> str:
    held = [m.groups() for g in grounds for m in _NUMBER_OF_DOCUMENT.finditer(g.dense)]
    for match in _NUMBER_OF_DOCUMENT.finditer(dense(claim)):
        series, number = match.groups()
        if not any(number == other and _same_series(series, lead) for lead, other in held):
            return f"引文中没有文号 {series}{number}"
    return ""


def _same_series(claimed: str, held: str) -> bool:
    """Say whether two runs of characters end in the same series (湖政办发), led in or not."""
    common = 0
    while common < min(len(claimed), len(held)) and claimed[-1 - common] == held[-1 - common]:
        common += 1
    one, other = claimed[: len(claimed) - common], held[: len(held) - common]
    return common >= 2 and (not one or not other or one[-1] in _LEADS_IN or other[-1] in _LEADS_IN)


def _days(claim: str, grounds: Sequence[Ground]) -> str:
    held = {found.date for ground in grounds for found in find_dates(ground.text)}
    for found in find_dates(claim):
        if found.date not in held:
            return f"引文中没有日期 {found.date.isoformat()}"
    months = {match[0] for g in grounds for match in _MONTH.finditer(_split_years(g.dense))}
    dated = {f"{day.month}月{day.day}日" for day in held} | {f"{day.month}月" for day in held}
    for match in _MONTH.finditer(dense(claim)):
        if match[0] not in months and match[0] not in dated:
            return f"引文中没有 {match[0]}"
    return ""


def _split_years(text: str) -> str:
    """Put a lost 年 back between year and month: 20238月."""
    return re.sub(r"(20\d\d)(?=\d{1,2}月)", r"\1年", text)


def _years(claim: str, grounds: Sequence[Ground]) -> str:
    quoted = _years_of(ground.quote for ground in grounds)
    around = _years_of(ground.around for ground in grounds)
    about = _years_of(ground.about for ground in grounds)
    for found in find_years(claim):
        if found.year in quoted or (not quoted and found.year in around | about):
            continue
        if found.year not in around:
            return f"引文中没有 {found.year} 年"
    return ""


def _years_of(texts: Iterator[str]) -> set[int]:
    found = [year for text in texts for year in find_years(text, bare=True)]
    spans = [range(year.period[0], year.period[1] + 1) for year in found if year.period]
    return {year.year for year in found} | {year for span in spans for year in span}


def _places(claim: str, grounds: Sequence[Ground]) -> str:
    for place in find_places(claim):
        if not any(place.name in ground.text for ground in grounds):
            return f"引文与「{place.name}」无关"
    return ""


def _bodies(claim: str, grounds: Sequence[Ground]) -> str:
    words = dense(claim)
    for match in _BODY.finditer(words):
        for body in _split_bodies(match[0]):
            if not any(_names(ground.dense, body) for ground in grounds):
                return f"引文中没有「{body}」"
    return _roles(words, grounds)


def _split_bodies(words: str) -> list[str]:
    """Take 市政府和市财政局 apart, but not 市林业和草原局."""
    last = re.split(r"[和与及](?=[市省县区])", words)[-1]
    return [last]


def _names(text: str, body: str) -> bool:
    """Say whether ``text`` names ``body``, in full or (市卫健委) in short for what it has in full."""
    if body in text:
        return True
    loose = "[㐀-鿿]{0,4}?".join(map(re.escape, body))
    return any(len(found[0]) > len(body) for found in re.finditer(loose, text))


def _roles(words: str, grounds: Sequence[Ground]) -> str:
    """A body said to lead must not be one that only helps, nor stand behind the first of a list."""
    led = re.search(rf"牵头(?:单位|部门)?(?:是|为|:)({_BODY.pattern})", words)
    first = led or re.search(rf"由({_BODY.pattern})牵头", words)
    if not first:
        return ""
    for ground in grounds:
        if _leads(ground.dense, first[1]):
            return ""
    return f"引文中牵头的不是「{first[1]}」"


def _leads(text: str, body: str) -> bool:
    if _LEADS.search(text) and re.search(
        rf"牵头[^;。)]*{re.escape(body)}|{re.escape(body)}[^;。:)]{{0,12}}牵头", text
    ):
        return not re.search(rf"(?:配合|参与|协助)(?:单位|部门)?:[^;。)]*{re.escape(body)}", text)
    lists = [_SEPARATOR.split(match[1]) for match in _LISTED.finditer(text)]
    return any(listed[0].startswith(body) for listed in lists if listed)
