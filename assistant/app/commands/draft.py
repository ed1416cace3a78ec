"""``assistant draft``: a proposal becomes a draft reply, on the screen, as JSON, or as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assistant.app.commands import draft_options as options
from assistant.app.common import (
    JsonOption,
    LibraryOption,
    open_library,
    say,
    settings_for,
    write_json,
)
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.drafting import Draft, Pin, Wish
    from assistant.library import Library
    from assistant.settings import Settings

EXAMPLES = {
    "draft": """
assistant draft 提案.docx --city 广州 --body 市卫生健康委 --out 答复.docx
assistant draft 提案.txt --city 湖州 --json
assistant draft 提案.txt --with 市医保局 --category B --sources endnotes --out 答复.docx
"""
}


def draft(
    context: typer.Context,
    proposal: options.Proposal,
    city: options.City = "",
    body: options.Body = "",
    to: options.To = "",
    number: options.Number = "",
    session: options.Session = "",
    with_body: options.CoBodies = None,
    signatory: options.Signatory = "",
    date: options.Date = "",
    disclosure: options.Disclosure = "",
    category: options.Category = "",
    contact: options.Contact = "",
    exclude: options.Excluded = None,
    pin: options.Pinned = None,
    extractive: options.Extractive = False,
    out: options.Out = None,
    sources: options.Sources = "list",
    json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """起草提案答复：逐句注明出处；文件里没有的留作待补充。"""
    from assistant.drafting import CATEGORIES, DISCLOSURES, Wish
    from assistant.drafting.word import SOURCES

    wish = Wish(
        city=city, body=body, addressee=to, number=number, session=session,
        co_bodies=tuple(with_body or ()), signatory=signatory, date=date, contact=contact,
        disclosure=_one_of(disclosure, DISCLOSURES, "公开属性"),
        category=_one_of(category.upper(), CATEGORIES, "办理类别"),
        excluded=tuple(exclude or ()), pinned=tuple(map(_pin, pin or ())), extractive=extractive,
    )  # fmt: skip
    _one_of(sources, SOURCES, "来源方式")
    settings = settings_for(context, library)
    text = _read(proposal, settings)
    with open_library(settings) as opened:
        written = _drafted(opened, text, wish)
        if out is not None:
            _write(out, written, opened, sources)
        if json:
            _print_json(written, opened)
        elif out is None:
            _print_text(written, opened)


def _one_of(given: str, known: tuple[str, ...], what: str) -> str:
    if given and given not in known:
        raise AssistantError(f"没有「{given}」这种{what}。可用：{'、'.join(known)}。")
    return given


def _pin(given: str) -> Pin:
    """Read ``passage`` or ``passage@point``."""
    from assistant.drafting import Pin

    place, _, point = given.partition("@")
    if point and not point.isdecimal():
        raise AssistantError(f"「{given}」里 @ 后面应是要点的序号，如 @2。")
    return Pin(place, int(point or 0))


def _read(path: Path, settings: Settings) -> str:
    if str(path) == "-":
        return typer.get_text_stream("stdin", encoding="utf-8").read()
    from assistant.drafting import read_proposal_file

    return read_proposal_file(path, max_bytes=settings.max_file_mb * 1024 * 1024)


def _drafted(library: Library, text: str, wish: Wish) -> Draft:
    """Draft; what takes time because a model writes is told on standard error."""
    from assistant.drafting import Draft, Drafter
    from assistant.drafting.places import stretch_of

    for place in wish.excluded:
        stretch = stretch_of(place)
        library.document(stretch[0] if stretch else place)
    for step in Drafter(library).steps(text, wish):
        if isinstance(step, Draft):
            for notice in step.notices:
                say(notice)
            return step
        if library.settings.model and not wish.extractive:
            say(f"（{step.done + 1}/{step.total}）{step.doing}")
    raise AssertionError("steps end with the draft")


def _print_json(written: Draft, library: Library) -> None:
    from assistant.app.drafts_json import draft_json

    write_json(draft_json(written, library))


def _print_text(written: Draft, library: Library) -> None:
    from assistant.app.drafts_text import draft_text

    typer.echo(draft_text(written, library))


def _write(path: Path, written: Draft, library: Library, sources: str) -> None:
    from assistant.app.exports.letters import letter_bytes

    content = letter_bytes(written, library, path.suffix.lower(), sources=sources)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise AssistantError(
            f"无法写入「{path}」（{error.strerror}）。请检查文件夹是否存在、文件是否被打开。"
        ) from error
    say(f"已写入「{path}」，{len(written.placeholders)} 处待补充。")
