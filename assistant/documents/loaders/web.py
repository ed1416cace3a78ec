"""Web pages: the document in reading order, its page head as apparatus, navigation left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from assistant.documents.loaded import Loaded
from assistant.documents.loaders.build import TextBuilder
from assistant.documents.loaders.decode import decode
from assistant.documents.loaders.grid import write_table
from assistant.documents.loaders.package import has_entities
from assistant.documents.loaders.web_blocks import BLOCK_TAGS, Block, blocks_of
from assistant.documents.loaders.web_head import label_of, labels_of, pairs, squeeze, titles
from assistant.documents.loaders.web_main import MainText
from assistant.errors import UnreadableFileError

Element = Any

_UNSEEN_TAGS = frozenset(
    ("head", "title", "meta", "link", "base", "script", "style", "noscript", "template",
     "iframe", "frame", "frameset", "object", "embed", "applet", "svg", "canvas", "audio", "video",
     "map", "input", "select", "textarea", "button", "datalist", "option", "progress", "meter",
     "rp", "rt")
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![\d.])", re.I)
_SUBSET = re.compile(r"<!doctype[^>\[]*\[|<!entity\b", re.IGNORECASE)
_MAX_DEPTH = 300
_FURNITURE = re.compile(
    r"扫一扫|分享到|【?(?:打印|关闭|字体|字号)|(?:打印|关闭)(?:本页|窗口|页面)|当前位置|上一[篇条]|下一[篇条]"
    r"|返回(?:顶部|列表)|收藏|\[?(?:大|中|小)(?:\s+(?:中|小))+\]?$"
)
_MAX_FURNITURE_CHARS = 60
_MAX_LABEL_CHARS = 80
_MIN_PROSE_CHARS = 40
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
# 嘉宾：某局副局长 某某, between the title of an interview and its text.
_PERSON = re.compile(
    r"\s*(?:[㐀-鿿]{0,4}嘉宾|受访[者人]|主讲人?|主持人?|发布人|发言人|解读人|出席人员?)[:：]"
)
_SITE = re.compile(r"\s*[-_|–—]+\s*|\s*::\s*")
_NAMED = ("articletitle", "og:title", "dc.title")


def load(path: Path, content: bytes, *, max_bytes: int) -> Loaded:
    """Load a web page of any size.

    Scripts, styles, comments and hidden parts are left out, so is navigation; the page's own table
    of 索引号, 发文机关 … is kept as apparatus. Raises UnreadableFileError.
    """
    page = decode(path, content)
    if _SUBSET.search(page):
        raise has_entities(path)
    root = _parse(path, page)
    names = _names(root)
    _prune(root)
    blocks = blocks_of(root)
    main = MainText(root, blocks)
    title = _title(names, blocks)
    return _write(blocks, main, title).loaded(title)


def _parse(path: Path, page: str) -> Element:
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableFileError(path, "网页里没有内容", "请用浏览器重新保存网页") from error
    if _depth(root) > _MAX_DEPTH:
        raise UnreadableFileError(
            path, "网页标签嵌套过深", "请用浏览器打开后另存，或复制正文为 txt"
        )
    return root


def _depth(root: Element) -> int:
    """Return how deep blocks are nested; inline elements may nest as they like."""
    from lxml import etree

    depth = deepest = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCK_TAGS:
            depth += 1 if event == "start" else -1
            deepest = max(deepest, depth)
    return deepest


def _names(root: Element) -> list[str]:
    """Return what the page calls itself, surest first: its metadata, its title bar without the site."""
    metas = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content") or ""
        for meta in root.iter("meta")
    }
    names = [metas[name] for name in _NAMED if metas.get(name)]
    bar = next((_one_line(title.text or "") for title in root.iter("title")), "")
    before = [bar[: stop.start()] for stop in _SITE.finditer(bar)]
    return [*map(_one_line, names), bar, *reversed(before), *_SITE.split(bar)]


def _prune(root: Element) -> None:
    """Take out what no reader sees. A hidden body is shown by a script, so it stays."""
    shown = {root, *root.iterchildren("body")}
    hidden = [
        element
        for element in root.iter()
        if element not in shown
        and (
            element.tag in _UNSEEN_TAGS
            or not isinstance(element.tag, str)
            or element.get("hidden") is not None
            or _HIDDEN.search(element.get("style") or "")
        )
    ]
    for element in shown:
        element.attrib.pop("style", None)
    for element in hidden:
        if element.getparent() is not None:
            element.drop_tree()


def _title(names: list[str], blocks: list[Block]) -> str:
    """Return the first of the page's names that stands in its text, else its one top heading."""
    text = squeeze("".join(block.text for block in blocks))
    heads = [name for block in blocks for name in titles(block.cells)]
    for name in [*names, *heads]:
        if len(squeeze(name)) >= 4 and squeeze(name) in text:
            return name
    tops = [_one_line(block.text) for block in blocks if block.level == 1]
    return tops[0] if len(set(tops)) == 1 else ""


def _write(blocks: list[Block], main: MainText, title: str) -> TextBuilder:
    builder = TextBuilder()
    held = [main.holds(block) for block in blocks]
    heads = _page_head(blocks, held)
    first = next((place for place, is_held in enumerate(held) if is_held and place not in heads), 0)
    titled = False
    for place, block in enumerate(blocks):
        is_title = block.level == 1 and bool(title) and squeeze(block.text) == squeeze(title)
        if place in heads or (held[place] and _is_furniture(block)):
            builder.add_apparatus(pairs(block.cells) or block.text)
        elif held[place] and block.cells:
            write_table(builder, block.cells, title=block.caption)
        elif (is_title and not titled and place < first) or (held[place] and block.level):
            builder.add_heading(_one_line(block.text), block.level)
        elif held[place] or (titled and place < first and _PERSON.match(block.text)):
            builder.add(block.text)
        elif titled and place < first and _DATE.fullmatch(block.text):
            builder.add_apparatus(block.text)
        titled = titled or is_title
    return builder


def _page_head(blocks: list[Block], held: list[bool]) -> set[int]:
    """Return the places of the page's own description: 索引号：… 发文机关：… before any prose.

    Inside the main text one such label alone is content; two or more are a page head.
    """
    heads: set[int] = set()
    inside: set[int] = set()
    prose = False
    for place, block in enumerate(blocks):
        count = len(labels_of(block.cells))
        if count >= 2 or (count and not (held[place] and prose)):
            heads.add(place)
        elif not block.cells and not prose and _is_labelled(block):
            (inside if held[place] else heads).add(place)
        prose = prose or (held[place] and not block.cells and len(block.text) >= _MIN_PROSE_CHARS)
    return heads | (inside if len(inside) + len(heads) >= 2 else set())


def _is_labelled(block: Block) -> bool:
    return len(block.text) <= _MAX_LABEL_CHARS and bool(label_of(block.text))


def _is_furniture(block: Block) -> bool:
    short = len(block.text) <= _MAX_FURNITURE_CHARS and not block.cells
    return short and bool(_FURNITURE.match(block.text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
