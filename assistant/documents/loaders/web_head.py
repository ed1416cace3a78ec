"""The page head of a government site: 索引号, 发文机关, 成文日期 … as labels before their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.documents.loaders.grid import GridCell

_LABEL = re.compile(
    r"(?:信息)?索引号|主题分类|(?:组配|体裁|服务对象)?分类|[发制]文(?:机关|单位|日期|字号)|发布(?:机构|机关|单位|日期|时间)"
    r"|成文日期|生成日期|公开(?:日期|时间|方式|时限|形式|范围)|(?:文件|信息)?(?:标题|名称)|文号|文件(?:编号|状态)|统一编号"
    r"|主题词|关键[词字]|(?:效力|文件|有效)状态|有效性|时效性|(?:生效|实施|施行|失效|废止)(?:日期|时间)|有效期"
    r"|(?:信息|文章|稿件)?来源|公文种类|责任编辑|(?:浏览|点击|访问|阅读)(?:次数|量|数)|更新时间|日期|时间"
)
_TITLE_LABELS = ("标题", "名称", "文件名称", "文件标题", "信息名称", "信息标题")


def label_of(words: str) -> str:
    """Return the label that a line or cell begins with, before its colon; empty without one."""
    label, colon, _ = squeeze(words).replace(":", "：").partition("：")
    return label if colon and _LABEL.fullmatch(label) else ""


def labels_of(cells: Iterable[GridCell]) -> set[str]:
    """Return the labels among cells, with a colon or without."""
    words = (squeeze(cell.text).rstrip(":：") for cell in cells)
    return {word for word in words if _LABEL.fullmatch(word)}


def is_page_head(cells: Sequence[GridCell]) -> bool:
    """Say whether a table describes the page: a cell is a label with its colon and no value."""
    return any(label_of(cell.text) and cell.text.endswith((":", "：")) for cell in cells)


def pairs(cells: Iterable[GridCell]) -> str:
    """Return the words of a page head, a label and its value on each line, a tab between."""
    lines: list[list[str]] = []
    for cell in cells:
        if not cell.text:
            continue
        if not lines or labels_of((cell,)) or label_of(cell.text):
            lines.append([cell.text])
        else:
            lines[-1].append(cell.text)
    return "\n".join("\t".join(line) for line in lines)


def titles(cells: Sequence[GridCell]) -> list[str]:
    """Return what the page head gives as the title."""
    filled = [cell.text for cell in cells if cell.text]
    return [
        value
        for label, value in zip(filled, filled[1:], strict=False)
        if squeeze(label).rstrip(":：") in _TITLE_LABELS
    ]


def squeeze(text: str) -> str:
    """Return the text without white space, to compare by."""
    return "".join(text.split())
