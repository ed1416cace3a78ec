"""What a source's sentence says of its city: done, counted, admitted, or planned."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafting.proposal import Role
from assistant.text.numbers import quantities
from assistant.types import DocumentKind

_PROBLEM_HEAD = re.compile(r"问题|困难|不足|短板|挑战")
_PLAN_HEAD = re.compile(r"下一步|下步|打算|工作思路|工作计划|重点任务|主要目标|计划|展望|安排")
_FUTURE = re.compile(
    r"力争|争取|下一步|将(?!军)(?=[进加继持严按大推逐研认积全深扩]|会|在)|拟(?!定)|到\s*20\d\d\s*年(?:底|末)?[，,]?"
    r"|(?:计划|预计|有望)"
)
_ADMITTED = re.compile(
    r"未达标|仍不|尚不|不够|不足|缓慢|仍然|有待|薄弱|偏少|偏低|滞后|不均衡|不充分|短缺|存在[^。]{0,12}问题"
)
_PLANNING = frozenset(
    {
        DocumentKind.PLAN,
        DocumentKind.PROGRAMME,
        DocumentKind.OPINION,
        DocumentKind.NOTICE,
    }
)
RULES = frozenset({DocumentKind.MEASURES, DocumentKind.LAW})
"""Kinds that set rules: what they say is in force, and said as a rule."""


def role_of(text: str, heading_path: Sequence[str], kind: DocumentKind) -> Role:
    """Return what ``text`` says, by the heading that it stands under and by its own words."""
    path = " ".join(heading_path)
    if _PROBLEM_HEAD.search(path) and _ADMITTED.search(text):
        return Role.PROBLEM
    if kind in RULES:
        return Role.DONE
    if kind in _PLANNING:
        return Role.PLAN
    if _PROBLEM_HEAD.search(path):
        return Role.RESULT if counts(text) else Role.DONE
    if _PLAN_HEAD.search(path) or _FUTURE.search(text):
        return Role.PLAN
    if _ADMITTED.search(text):
        return Role.PROBLEM
    return Role.RESULT if counts(text) else Role.DONE


def counts(text: str) -> bool:
    """Say whether ``text`` gives a result in numbers (a year alone is none)."""
    return any(q.unit and q.unit not in "年月日项条号期" for q in quantities(text))
