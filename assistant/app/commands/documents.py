"""``assistant show`` and ``assistant remove``: one document of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.app.common import (
    JsonOption,
    LibraryOption,
    open_library,
    say,
    settings_for,
    write_json,
)
from assistant.app.wording import title_of
from assistant.errors import DocumentNotFoundError

if TYPE_CHECKING:
    from assistant.library import DocumentCard
    from assistant.types import Document, Heading

EXAMPLES = {
    "show": """
assistant show huzhou-implementation-plan-2023.txt
assistant show 广元 --section 总体要求
""",
    "remove": "assistant remove 旧方案.docx --yes",
}
DocumentArgument = Annotated[
    str, typer.Argument(metavar="文件", help="文件名、标识、文号，或标题、城市中的字")
]


def show(
    context: typer.Context,
    document: DocumentArgument,
    section: Annotated[
        str, typer.Option("--section", metavar="标题", help="只显示标题含此字样的部分")
    ] = "",
    json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """显示一份文件：元数据、目录与原文，或其中一节。"""
    from assistant.app.terminal import document_text

    with open_library(settings_for(context, library)) as opened:
        card = find_card(document, opened.documents())
        found = opened.document(card.id)
        headings = find_sections(found, section)
        if json:
            write_json(_document_json(card, found, headings), indent=2)
        else:
            typer.echo(document_text(card, found, headings))


def remove(
    context: typer.Context,
    document: DocumentArgument,
    yes: Annotated[bool, typer.Option("--yes", help="不再确认")] = False,
    library: LibraryOption = None,
) -> None:
    """把一份文件从文件库移除（语料目录里的原件不动）。"""
    from assistant.library import Library

    settings = settings_for(context, library)
    with open_library(settings) as opened:
        card = find_card(document, opened.documents())
        if not yes and not typer.confirm(f"确定从文件库移除「{title_of(card)}」？", err=True):
            say("未移除。")
            return
    with Library.open(settings.library, settings) as opened:
        opened.remove(card.id)
    say(f"已移除「{title_of(card)}」（{card.passages} 段）。")


def find_card(wanted: str, cards: tuple[DocumentCard, ...]) -> DocumentCard:
    """Find the one document that ``wanted`` names: id, file, 文号, else words of title or city.

    Raises DocumentNotFoundError where none or several match, or no name is given.
    """
    if not wanted.strip():
        raise DocumentNotFoundError(
            "没有写是哪份文件。请写文件名；运行 assistant status 查看全部。"
        )
    exact = [card for card in cards if wanted in (card.id, card.source, card.number, card.title)]
    loose = [card for card in cards if wanted in f"{card.source}\n{card.title}\n{card.city}"]
    matches = exact or loose
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = "、".join(card.source for card in matches[:5])
        raise DocumentNotFoundError(
            f"「{wanted}」对应 {len(matches)} 份文件（{names}）。请写文件名。"
        )
    raise DocumentNotFoundError(f"文件库中没有「{wanted}」。运行 assistant status 查看全部文件。")


def find_sections(document: Document, wanted: str) -> tuple[Heading, ...]:
    """Find the sections whose heading contains ``wanted``; empty for no wish.

    Raises DocumentNotFoundError where no heading does.
    """
    if not wanted:
        return ()
    found = [h for h in document.outline if wanted in f"{h.label}{h.title}"]
    if not found:
        raise DocumentNotFoundError(
            f"「{document.title}」中没有标题含「{wanted}」的部分。不带 --section 可查看目录。"
        )
    outer: list[Heading] = []
    for heading in found:
        if not any(kept.section.contains(heading.section) for kept in outer):
            outer.append(heading)
    return tuple(outer)


def _document_json(
    card: DocumentCard, document: Document, headings: tuple[Heading, ...]
) -> dict[str, object]:
    from assistant.app.json_output import card_json

    shown = headings or document.outline
    return {
        **card_json(card),
        "outline": [
            {
                "level": h.level,
                "label": h.label,
                "title": h.title,
                "start": h.section.start,
                "end": h.section.end,
            }
            for h in shown
        ],
        "text": document.text
        if not headings
        else "\n".join(h.section.of(document.text) for h in headings),
    }
