"""The 起草答复 tab: the proposal on the left, points in the middle, the letter on the right.

``build_draft_tab`` lays it out; ``redraw`` fills its lists; ``serve_drafts`` answers download links.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from assistant.app.web.desk import Desk
from assistant.app.web.draft_view import NOTHING_YET, label_of, letter_view, points_view
from assistant.drafting import Draft, Drafter, DraftStore, KeptDraft, Wish, edit_sentence
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from fastapi import FastAPI

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
_LATEST = 200


@dataclass(frozen=True, slots=True)
class DraftTab:
    """The parts of the tab that others fill or listen to; fill ``drawn`` with ``redraw``."""

    desk: Desk
    proposal: Any
    file: Any
    city: Any
    body: Any
    write: Any
    points: Any
    letter: Any
    kept: Any
    sentence: Any
    words: Any
    save: Any

    @property
    def drawn(self) -> list[Any]:
        """What is redrawn when the page opens or the library changed."""
        return [self.city, self.kept]


def store_of(desk: Desk) -> DraftStore:
    """Return the store beside the desk's library."""
    return DraftStore(desk.settings.library)


def build_draft_tab(desk: Desk) -> DraftTab:
    """Lay the tab out inside the current Blocks and wire it up."""
    tab = _lay_out(desk)
    _wire(tab)
    return tab


def redraw(tab: DraftTab) -> tuple[Any, ...]:
    """Fill ``drawn`` for the library and the store as they stand."""
    import gradio as gr

    return gr.update(choices=list(tab.desk.library.cities())), _listed(tab.desk, None)


def _lay_out(desk: Desk) -> DraftTab:
    import gradio as gr

    with gr.Row(elem_id="drafting", equal_height=False):
        with gr.Column(scale=3, min_width=280):
            proposal = gr.Textbox(
                label="提案全文", lines=10, max_lines=20, elem_id="proposal", placeholder="粘贴提案"
            )
            file = gr.File(
                label="或上传提案文件", elem_id="proposal-file", height=130, type="filepath"
            )
            city = gr.Dropdown([], label="答复城市", elem_id="draft-city", value=None)
            body = gr.Textbox(label="答复单位", elem_id="draft-body", placeholder="如 市卫生健康委")
            write = gr.Button("起草答复", variant="primary", elem_id="write-draft")
            kept = gr.Dropdown([], label="已存草稿", elem_id="kept-drafts", value=None)
        with gr.Column(scale=2, min_width=220):
            points = gr.HTML(NOTHING_YET, elem_id="draft-points", apply_default_css=False)
        with gr.Column(scale=5, min_width=360):
            letter = gr.HTML(elem_id="draft-letter", apply_default_css=False)
            with gr.Accordion("修改句子（改后重新核对，另存一稿）", open=False, elem_id="edit"):
                sentence = gr.Dropdown([], label="句子", elem_id="edit-sentence", value=None)
                words = gr.Textbox(label="改为", lines=3, elem_id="edit-words")
                save = gr.Button("保存修改", size="sm", elem_id="edit-save")
    return DraftTab(
        desk, proposal, file, city, body, write, points, letter, kept, sentence, words, save
    )


def _wire(tab: DraftTab) -> None:
    desk = tab.desk
    quiet: dict[str, Any] = {"api_name": False}

    def written(text: str, city: str | None, body: str) -> tuple[Any, ...]:
        return _written(desk, text, city or "", body or "")

    def opened(chosen: str | None) -> tuple[Any, ...]:
        return _opened(desk, chosen)

    def read(path: str | None) -> Any:
        return _read(desk, path)

    def edited(chosen: str | None, at: int | None, words: str) -> tuple[Any, ...]:
        return _edited(desk, chosen, at, words)

    def picked(chosen: str | None, at: int | None) -> str:
        return _chosen(desk, chosen).sentences[at].text if at is not None else ""

    shown = [tab.points, tab.letter, tab.sentence]
    tab.sentence.input(picked, [tab.kept, tab.sentence], tab.words, **quiet)
    tab.save.click(edited, [tab.kept, tab.sentence, tab.words], [*shown, tab.kept], **quiet)
    tab.write.click(written, [tab.proposal, tab.city, tab.body], [*shown, tab.kept], **quiet)
    tab.kept.input(opened, tab.kept, [tab.proposal, tab.city, *shown], **quiet)
    tab.file.upload(read, tab.file, tab.proposal, **quiet)


def _written(desk: Desk, text: str, city: str, body: str) -> tuple[Any, ...]:
    """Draft, keep, show; a proposal that was drafted before gets its next version."""
    store = store_of(desk)
    try:
        draft = Drafter(desk.library).draft(text or "", Wish(city=city, body=body.strip()))
    except AssistantError as error:
        raise _shown(error) from error
    kept = store.keep(draft, name=_name_of(store, draft))
    return *_show(desk, draft, kept), _listed(desk, kept)


def _name_of(store: DraftStore, draft: Draft) -> str:
    same = (
        kept.draft
        for kept in store.versions()
        if (kept.title, kept.city) == (draft.proposal.title, draft.wish.city)
        and store.read(kept.draft, kept.version).proposal.text == draft.proposal.text
    )
    return next(same, "")


def _chosen(desk: Desk, chosen: str | None) -> Draft:
    name, _, version = (chosen or "").rpartition("/")
    try:
        return store_of(desk).read(name, int(version or 0))
    except AssistantError as error:
        raise _shown(error) from error


def _edited(desk: Desk, chosen: str | None, at: int | None, words: str) -> tuple[Any, ...]:
    """Change one sentence, check it again, keep the draft as its next version."""
    before = _chosen(desk, chosen)
    try:
        draft = edit_sentence(before, -1 if at is None else at, words or "", desk.library)
    except AssistantError as error:
        raise _shown(error) from error
    kept = store_of(desk).keep(draft, name=(chosen or "").rpartition("/")[0])
    return *_show(desk, draft, kept), _listed(desk, kept)


def _opened(desk: Desk, chosen: str | None) -> tuple[Any, ...]:
    draft = _chosen(desk, chosen)
    kept = next(k for k in store_of(desk).versions() if key_of(k) == chosen)
    return draft.proposal.text, draft.wish.city, *_show(desk, draft, kept)


def _read(desk: Desk, path: str | None) -> Any:
    import gradio as gr

    from assistant.drafting import read_proposal_file

    if not path:
        return gr.skip()
    limit = desk.settings.max_file_mb * 1024 * 1024
    try:
        return read_proposal_file(Path(path), max_bytes=limit)
    except AssistantError as error:
        raise _shown(error) from error


def _show(desk: Desk, draft: Draft, kept: KeptDraft) -> tuple[Any, ...]:
    import gradio as gr

    sentences = [(f"{n + 1}. {s.text[:40]}", n) for n, s in enumerate(draft.sentences)]
    listed = gr.update(choices=sentences, value=None)
    return points_view(draft), letter_view(draft, kept, desk.cards()), listed


def _listed(desk: Desk, kept: KeptDraft | None) -> Any:
    import gradio as gr

    versions = store_of(desk).versions()[:_LATEST]
    choices = [(label_of(one), key_of(one)) for one in versions]
    return gr.update(choices=choices, value=key_of(kept) if kept else None)


def key_of(kept: KeptDraft) -> str:
    """Return what names a version in the list and in addresses."""
    return f"{kept.draft}/{kept.version}"


def _shown(error: AssistantError) -> Exception:
    import gradio as gr

    return gr.Error(str(error), title="无法起草", print_exception=False)


def serve_drafts(application: FastAPI, desk: Desk) -> None:
    """Answer the tab's download links; call it before Gradio is mounted."""
    from fastapi.responses import Response

    from assistant.app.exports.letters import letter_bytes

    def take(name: str, version: int, ending: str) -> Response:
        if ending not in _TYPES:
            return Response("没有这种格式。", 404)
        try:
            draft = store_of(desk).read(name, version)
        except AssistantError as error:
            return Response(str(error), 404)
        content = letter_bytes(draft, desk.library, f".{ending}")
        named = f"attachment; filename*=UTF-8''{quote(f'答复第{version}稿.{ending}')}"
        return Response(content, media_type=_TYPES[ending], headers={"Content-Disposition": named})

    take.__annotations__ = {"name": str, "version": int, "ending": str}
    application.get("/drafts/{name}/{version}.{ending}", response_class=Response)(take)
