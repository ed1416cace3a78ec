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

if TYPE_CHECKING:
    from assistant.drafting import Draft, Wish
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
    from assistant.app.draft_wishes import disclosure_and_category, one_of, pin_of
    from assistant.app.exports.files import require_ending
    from assistant.drafting import Wish
    from assistant.drafting.word import SOURCES

    disclosure, category = disclosure_and_category(disclosure, category)
    wish = Wish(
        city=city, body=body, addressee=to, number=number, session=session,
        co_bodies=tuple(with_body or ()), signatory=signatory, date=date, contact=contact,
        disclosure=disclosure, category=category,
        excluded=tuple(exclude or ()), pinned=tuple(map(pin_of, pin or ())), extractive=extractive,
    )  # fmt: skip
    one_of(sources, SOURCES, "来源方式")
    if out is not None:
        require_ending(out.suffix)
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


def _read(path: Path, settings: Settings) -> str:
    from assistant.drafting import proposal_of, read_proposal_file

    if str(path) == "-":
        return proposal_of(typer.get_binary_stream("stdin").read(), name="标准输入")
    return read_proposal_file(path, max_bytes=settings.max_file_bytes)


def _drafted(library: Library, text: str, wish: Wish) -> Draft:
    """Draft; what takes time because a model writes is told on standard error."""
    from assistant.app.draft_wishes import require_places
    from assistant.drafting import Draft, Drafter

    require_places(library, wish.excluded)
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
    from assistant.app.exports.files import write_file
    from assistant.app.exports.letters import letter_bytes

    write_file(path, letter_bytes(written, library, path.suffix, sources=sources))
    say(f"已写入「{path}」，{len(written.placeholders)} 处待补充。")
