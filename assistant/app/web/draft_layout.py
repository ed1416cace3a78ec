"""The parts of the 起草答复 tab and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.app.web.desk import Desk
from assistant.app.web.draft_fields import Fields, build_fields
from assistant.app.web.draft_room import DraftRoom
from assistant.app.web.draft_saving import saver
from assistant.app.web.draft_view import NOTHING_YET

_HERE = Path(__file__).parent
_KINDS = [".txt", ".docx", ".pdf", ".md", ".html"]


@dataclass(frozen=True, slots=True)
class DraftTab:
    """The parts of the tab; ``key`` is the open draft's name and version."""

    desk: Desk
    room: DraftRoom
    proposal: Any
    file: Any
    fields: Fields
    write: Any
    fill_in: Any
    fresh: Any
    kept: Any
    progress: Any
    sheet: Any
    key: Any

    @property
    def drawn(self) -> list[Any]:
        """What is redrawn when the page opens or the library changed."""
        return [self.fields.city, self.kept]

    @property
    def request(self) -> list[Any]:
        """What the reader typed: the proposal and the fields."""
        return [self.proposal, *self.fields.all]

    @property
    def result(self) -> list[Any]:
        """What a drafting event fills, in the order of ``_drawn``."""
        return [self.progress, self.sheet, self.key, self.kept]


def lay_out(desk: Desk) -> DraftTab:
    """Lay the tab out inside the current Blocks."""
    import gradio as gr

    room = DraftRoom(desk)
    with gr.Row(elem_id="drafting", equal_height=False):
        with gr.Column(scale=3, min_width=270, elem_id="draft-request"):
            with gr.Row(elem_classes="pair"):
                kept = gr.Dropdown([], label="已存草稿", elem_id="kept-drafts", value=None)
                fresh = gr.Button("新起草", size="sm", elem_id="fresh-draft", min_width=70)
            proposal = gr.Textbox(
                label="提案全文", lines=9, max_lines=9, elem_id="proposal",
                placeholder="粘贴提案：标题、编号、提案人、建议一、二、三……",
            )  # fmt: skip
            file = gr.UploadButton(
                "上传提案文件（Word、PDF、文本）",
                size="sm",
                elem_id="proposal-file",
                file_types=_KINDS,
            )
            fields = build_fields(has_model=bool(desk.settings.model))
            with gr.Row(elem_classes="pair"):
                write = gr.Button("起草答复", variant="primary", elem_id="write-draft")
                fill_in = gr.Button("只更新落款等项", elem_id="fill-in", min_width=90)
        with gr.Column(scale=9, min_width=320, elem_id="draft-result"):
            progress = gr.HTML(elem_id="draft-progress", apply_default_css=False)
            sheet = gr.HTML(
                NOTHING_YET,
                elem_id="draft-sheet",
                apply_default_css=False,
                js_on_load=(_HERE / "draft.js").read_text(encoding="utf-8"),
                server_functions=[saver(room)],
            )
    key = gr.Textbox(visible=False)
    return DraftTab(
        desk,
        room,
        proposal,
        file,
        fields,
        write,
        fill_in,
        fresh,
        kept,
        progress,
        sheet,
        key,
    )
