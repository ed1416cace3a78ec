"""Names and small readings of WordprocessingML."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from assistant.documents.loaders.package import Package

Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{W}val"


def name_of(element: Element) -> str:
    """Return an element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element, *path: str) -> Element:
    """Follow a path of w: names downwards; None where it breaks off."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: Element, *path: str) -> str | None:
    """Return the w:val at the end of a path; empty where it is not written, None without the end."""
    end = child(element, *path)
    return None if end is None else end.get(_VALUE, "")


def number(element: Element, *path: str) -> int | None:
    """Return the w:val at the end of a path as a number; None where it is none."""
    written = value(element, *path)
    return int(written) if written is not None and written.lstrip("-").isdecimal() else None


def switch(element: Element, *path: str) -> bool | None:
    """Return an on/off property; None where it is not set."""
    written = value(element, *path)
    return None if written is None else written not in ("0", "false", "off", "none")


def parts_of(package: Package, owner: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and name of each part inside the package that ``owner`` refers to."""
    folder, _, base = owner.rpartition("/")
    relations = package.xml(f"{folder}/_rels/{base}.rels".lstrip("/"))
    if relations is None:
        return
    for relation in relations:
        if name_of(relation) == "Relationship" and relation.get("TargetMode") != "External":
            target = posixpath.normpath(str(PurePosixPath("/", folder, relation.get("Target", ""))))
            yield relation.get("Type", "").rpartition("/")[2], target.lstrip("/")
