"""The type of an official letter: which face and size for which line, and what stands in for it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from assistant.drafting.lettering import Place

SIZE_2, SIZE_3, SIZE_4 = 22.0, 16.0, 14.0
"""Points of 2号, 3号, 4号."""
FANGSONG, HEITI, KAITI, XIAOBIAOSONG, SONGTI = (
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
    "方正小标宋简体",
    "宋体",
)
# What a reader's machine takes where the face is not installed, best first.
FALLBACKS = {
    FANGSONG: ("仿宋", "FangSong", "STFangsong", "Noto Serif CJK SC"),
    HEITI: ("SimHei", "STHeiti", "Noto Sans CJK SC"),
    KAITI: ("楷体", "KaiTi", "STKaiti", "Noto Serif CJK SC"),
    XIAOBIAOSONG: ("小标宋体", "华文中宋", "宋体", "Noto Serif CJK SC"),
    SONGTI: ("SimSun", "STSong", "Noto Serif CJK SC"),
}


@dataclass(frozen=True, slots=True)
class Type:
    """A face with its size in points."""

    face: str
    points: float = SIZE_3


TYPES = {
    Place.TITLE: Type(XIAOBIAOSONG, SIZE_2),
    Place.CHAPTER: Type(HEITI),
    Place.PART: Type(KAITI),
}
BODY = Type(FANGSONG)
PAGE_NUMBER = Type(SONGTI, SIZE_4)
COLOPHON = Type(FANGSONG, SIZE_4)


def font_table() -> bytes:
    """Return the font table of the Word file: each face with its stand-ins (``w:altName``)."""
    faces = "".join(
        f'<w:font w:name="{escape(face)}"><w:altName w:val="{escape(",".join(others))}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for face, others in FALLBACKS.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{space}">{faces}</w:fonts>'.encode()
