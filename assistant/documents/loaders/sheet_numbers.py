"""A cell's value as its number format shows it: 18% and not 0.18, 2025年3月 and not 45717.

ECMA-376 part 1, 18.8.31 (number format codes). Fractions and conditions are shown as General.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_GENERAL_DIGITS = 15  # Excel keeps no more
_MOST_DIGITS = 24  # what Decimal rounds exactly, with room for percent
_GENERAL = re.compile(r"general|g/通用格式", re.IGNORECASE)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])*')
_COLOUR = re.compile(r"\[(?!h|m|s)[^\]]*\]", re.IGNORECASE)
_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|(?P<other>.)', re.DOTALL)
_PLACES = re.compile(r"[#0?.,]*[#0?][#0?.,]*")
_DATE_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<half>上午/下午|am/pm|a/p)|(?P<elapsed>\[(?:h+|m+|s+)\])'
    r"|(?P<part>y+|e+|m+|d+|a{3,4}|h+|s+(?:\.0+)?)|_.|\*.|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_WEEKDAYS = "一二三四五六日"
_LOCAL_DATES = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm"}


def shown(value: Any, code: str) -> str:
    """Return a cell's value in its number format; ``value`` as openpyxl reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value, code)
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), code)
    return str(value)


def _number(value: Decimal, code: str) -> str:
    if not value.is_finite():
        return str(value)
    section, negative = _section(value, code)
    plain = _GENERAL.sub("\x00", _COLOUR.sub("", section))
    if "\x00" in plain:
        return _literal(plain).replace("\x00", _general(abs(value) if negative else value))
    places = _places(plain)
    if places is None or value.adjusted() + places.most > _MOST_DIGITS:
        return _general(value)
    digits = places.digits(abs(value))
    sign = "-" if value < 0 and not negative and digits.strip("0.,") else ""
    return sign + places.words.replace("\x00", digits)


@dataclass(frozen=True, slots=True)
class _Places:
    """A numeric format: the words around the number (at NUL), and how its digits are written.

    ``least`` and ``most`` count decimals, ``scale`` the powers of a thousand that are left out.
    """

    words: str
    percent: bool
    grouped: bool
    least: int
    most: int
    scale: int
    blank_zero: bool

    def digits(self, size: Decimal) -> str:
        """Write a size, which is not negative."""
        if self.blank_zero and not size:
            return ""
        scaled = size * (100 if self.percent else 1) / 1000**self.scale
        rounded = scaled.quantize(Decimal(1).scaleb(-self.most), ROUND_HALF_UP)
        digits = f"{rounded:,f}" if self.grouped else f"{rounded:f}"
        if self.most == self.least:
            return digits
        whole, _, decimals = digits.partition(".")
        kept = decimals[: self.least] + decimals[self.least :].rstrip("0")
        return f"{whole}.{kept}" if kept else whole


def _section(value: Decimal, code: str) -> tuple[str, bool]:
    """Choose the part of a format for the value's sign, and say whether it writes the sign itself."""
    sections = [match for match in _SECTION.findall(code) if match] or ["General"]
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], False


def _places(plain: str) -> _Places | None:
    """Read a format without colours; None for text, scientific, fractional and conditional ones."""
    unquoted = re.sub(r'"[^"]*"|\\.|_.|\*.', "", plain)
    if re.search(r"@|e[+-]|/|\[", unquoted, re.IGNORECASE):
        return None
    words, number = _literal(plain), _PLACES.search(unquoted)
    if words.count("\x00") > 1 or (number is None and not words):
        return None
    body = number.group() if number else ""
    whole, _, decimals = body.rstrip(",").partition(".")
    return _Places(
        words=words,
        percent="%" in unquoted,
        grouped="," in whole,
        least=decimals.count("0"),
        most=len(decimals),
        scale=len(body) - len(body.rstrip(",")),
        blank_zero=set(body) <= {"?"},
    )


def _literal(plain: str) -> str:
    """Return the words of a format with NUL where its number goes."""
    literal = ""
    for token in _TOKEN.finditer(plain):
        other = token["other"]
        if other and other in "#0?.,":
            literal += "" if "\x00" in literal else "\x00"
        else:
            literal += token["quoted"] or token["escaped"] or other or ""
    return literal


def _general(value: Decimal) -> str:
    """Write a number as Excel does without a format: no exponent where digits do, no float noise."""
    rounded = Decimal(f"{value:.{_GENERAL_DIGITS}g}")
    plain = f"{rounded:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _moment(value: datetime | date | time | timedelta, code: str) -> str:
    if isinstance(value, timedelta):
        return _elapsed(value)
    code = _COLOUR.sub("", _LOCAL_DATES.get(code, code)).split(";")[0]
    if not re.search(r"[ymdhse]", re.sub(r'"[^"]*"', "", code), re.IGNORECASE):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    tokens = list(_DATE_TOKEN.finditer(code))
    twelve = any(token["half"] for token in tokens)
    words, after_hour = "", False
    for place, token in enumerate(tokens):
        part = (token["part"] or "").lower()
        if part:
            before_seconds = any(
                (t["part"] or "").lower()[:1] == "s" for t in tokens[place + 1 :][:2]
            )
            minutes = part[0] == "m" and (after_hour or before_seconds)
            words += _part(value, "minute" * minutes or part, twelve)
            after_hour = part[0] == "h"
        elif token["half"]:
            words += "上午" if getattr(value, "hour", 0) < 12 else "下午"
        else:
            words += token["quoted"] or token["escaped"] or token["other"] or ""
    return words


def _part(value: datetime | date | time, part: str, twelve: bool) -> str:
    """Write one part of a date or time; nothing for a part that the value has not."""
    hour = getattr(value, "hour", 0)
    if part == "minute":
        return f"{getattr(value, 'minute', 0):02}"
    if part[0] == "h":
        return f"{((hour - 1) % 12 + 1) if twelve else hour:0{len(part)}}"
    if part[0] == "s":
        return f"{getattr(value, 'second', 0):0{len(part.split('.')[0])}}"
    if not isinstance(value, date):
        return ""
    if part[0] in "ye":
        return f"{value.year % 100:02}" if part in ("y", "yy") else str(value.year)
    if part[0] == "m":
        return f"{value.month:0{min(len(part), 2)}}"
    if part[0] == "d":
        return f"{value.day:0{min(len(part), 2)}}"
    return ("星期" if len(part) == 4 else "") + _WEEKDAYS[value.weekday()]


def _elapsed(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
