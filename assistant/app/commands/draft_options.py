"""The options of ``assistant draft``: what the letter is to say of itself, and what it may rest on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Proposal = Annotated[
    Path, typer.Argument(metavar="提案", help="提案文件：txt、docx、pdf 等（- 为标准输入）")
]
City = Annotated[str, typer.Option("--city", metavar="城市", help="由哪个城市答复")]
Body = Annotated[str, typer.Option("--body", metavar="单位", help="答复单位，如 市卫生健康委")]
To = Annotated[str, typer.Option("--to", metavar="提案人", help="主送，提案里没有写明时用")]
Number = Annotated[str, typer.Option("--number", metavar="编号", help="提案编号，如 1048")]
Session = Annotated[str, typer.Option("--session", metavar="届次", help="会议届次")]
CoBodies = Annotated[
    list[str] | None, typer.Option("--with", metavar="单位", help="会办单位（可重复）")
]
Signatory = Annotated[str, typer.Option("--signatory", metavar="姓名", help="签发人")]
Date = Annotated[str, typer.Option("--date", metavar="日期", help="成文日期，如 2026年5月8日")]
Disclosure = Annotated[
    str,
    typer.Option("--disclosure", metavar="属性", help="公开属性：主动公开、依申请公开、不予公开"),
]
Category = Annotated[str, typer.Option("--category", metavar="类别", help="办理类别：A、B、C")]
Contact = Annotated[str, typer.Option("--contact", metavar="联系", help="联系人及电话")]
Excluded = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="编号", help="不采用这份文件或这个段落（可重复）"),
]
Pinned = Annotated[
    list[str] | None,
    typer.Option(
        "--pin", metavar="段落", help="一定采用这个段落；后加 @2 写进第二个要点（可重复）"
    ),
]
Extractive = Annotated[
    bool, typer.Option("--extractive", help="不用语言模型，只用文件原句（未设模型时本来如此）")
]
Out = Annotated[Path | None, typer.Option("--out", metavar="文件", help="写成 .docx、.md 或 .txt")]
Sources = Annotated[
    str,
    typer.Option(
        "--sources", metavar="方式", help="Word 中的来源：endnotes 尾注、list 附表、none 不附"
    ),
]
