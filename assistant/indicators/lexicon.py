"""The lexicon of indicators: one canonical name for the many ways of writing a measure.

The file beside this module is vocabulary only. A name that it does not know is kept as written, so
that a document of any field yields its values.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from assistant.text.match import match_key

Better = Literal["higher", "lower", ""]
_BRACKETS = re.compile(r"\([^()]*\)")
_NOISE = re.compile(r"[\s\"'《》]+")
_SCOPE_TAIL = re.compile(
    r"(?:医院|机构|中心|卫生院|门诊|对象|城乡|全市|全省|全国|我市|本市|全区|全县|全域|居民|人群|人口|学校|幼儿园|企业|社区|城区|县城|市区|建成区|地区|农村|城市|城镇|县域|"
    r"乡镇|街道|各区县?|各县\(?区?\)?|市级|省级|县级|区级|出院患者|职工|养老院|村|其中|专科|系统|评审|项目|平均|总体|年度|的|内|中)$"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the lexicon; ``better`` is the direction of improvement, empty if none."""

    name: str
    aliases: tuple[str, ...]
    unit: str
    better: Better


def name_key(name: str) -> str:
    """Return what two spellings of an indicator's name have in common: no spaces, no quotes."""
    return _NOISE.sub("", match_key(name))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The entries, and the keys of all their names (longest first)."""

    entries: tuple[Entry, ...]
    names: Mapping[str, str]
    pattern: re.Pattern[str]

    @classmethod
    def load(cls) -> Lexicon:
        """Return the lexicon that is shipped; read once."""
        return _load()

    def entry(self, name: str) -> Entry | None:
        """Return the entry of a canonical name."""
        return next((entry for entry in self.entries if entry.name == name), None)

    def has(self, written: str) -> bool:
        """Say whether a name as written is, whole, a name of the lexicon."""
        return name_key(written) in self.names

    def known(self, written: str) -> str:
        """Return the canonical name of a name as written, empty when the lexicon has none.

        What stands before the indicator may only say whose value it is (三级公立医院CMI值).
        """
        return _known(written)

    def _look_up(self, written: str) -> str:
        key = name_key(written)
        for candidate in (key, _BRACKETS.sub("", key)):
            if candidate in self.names:
                return self.names[candidate]
            for start in range(1, max(1, len(candidate) - 2)):
                name = self.names.get(candidate[start:])
                if name and _SCOPE_TAIL.search(candidate[:start]):
                    return name
        return ""

    def find(self, text: str) -> tuple[str, ...]:
        """Return the canonical names mentioned in ``text``, longest match first, in text order."""
        key = name_key(text)
        found = dict.fromkeys(self.names[match[0]] for match in self.pattern.finditer(key))
        return tuple(found)


@lru_cache(maxsize=4096)
def _known(written: str) -> str:
    return _load()._look_up(written)


@cache
def _load() -> Lexicon:
    raw = tomllib.loads((files(__package__) / "lexicon.toml").read_text(encoding="utf-8"))
    entries = tuple(
        Entry(item["name"], tuple(item.get("aliases", ())), item.get("unit", ""), _better(item))
        for item in raw["indicator"]
    )
    spoken = {name_key(alias): e.name for e in entries for alias in (*e.aliases, e.name)}
    beside = {name_key(a): item["name"] for item in raw["indicator"] for a in _beside(item)}
    alternatives = "|".join(map(re.escape, sorted(spoken, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![a-z])(?:{alternatives})(?![a-z])")
    return Lexicon(entries, {**beside, **spoken}, pattern)


def _beside(item: Mapping[str, list[str]]) -> list[str]:
    return item.get("with_value", [])


def _better(item: Mapping[str, str]) -> Better:
    direction = item.get("better", "")
    if direction == "higher":
        return "higher"
    return "lower" if direction == "lower" else ""


def find_indicators(text: str) -> tuple[str, ...]:
    """Return the canonical names of the indicators that a question names."""
    return Lexicon.load().find(text)
