"""The 文件库 tab: the documents, adding some, removing some."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.app.web import library_view as view
from assistant.app.web.desk import Desk
from assistant.app.web.uploads import Upload
from assistant.app.wording import title_of
from assistant.errors import AssistantError
from assistant.library import IndexProgress, IndexReport

PATIENCE_SECONDS = 0.25
# In the browser, and so at once: an answer of the server could come after the next question.
_WITHDRAW = "() => ({__type__: 'update', visible: false})"


@dataclass(frozen=True, slots=True)
class LibraryTab:
    """The parts of the tab that others fill or listen to."""

    table: Any
    files: Any
    outcome: Any
    chosen: Any
    remove: Any
    confirm: Any
    question: Any
    asked: Any
    yes: Any
    no: Any

    @property
    def drawn(self) -> list[Any]:
        """What is redrawn when the library changed: the table and the list to remove from."""
        return [self.table, self.chosen]


def build(desk: Desk) -> tuple[LibraryTab, tuple[Any, ...]]:
    """Lay the tab out inside the current Blocks; also return the events that change the library."""
    tab = _lay_out(desk)
    return tab, _wire(tab, desk)


def _lay_out(desk: Desk) -> LibraryTab:
    import gradio as gr

    with gr.Row(elem_id="shelf", equal_height=False):
        with gr.Column(scale=7, min_width=320):
            table = gr.HTML(elem_id="documents", apply_default_css=False)
        with gr.Column(scale=3, min_width=280, elem_id="changes"):
            gr.HTML(view.upload_hint(desk.settings.max_file_mb), apply_default_css=False)
            files = _file_box()
            outcome = gr.HTML(elem_id="outcome", apply_default_css=False)
            chosen = gr.Dropdown(
                [], label="移除文件", elem_id="remove-choice", filterable=True, value=None
            )
            remove = gr.Button("移除…", size="sm", elem_id="remove")
            with gr.Group(visible=False, elem_id="confirm") as confirm:
                question = gr.HTML(apply_default_css=False, padding=True)
                asked = gr.State("")
                with gr.Row():
                    yes = gr.Button("确认移除", variant="stop", size="sm", elem_id="remove-yes")
                    no = gr.Button("取消", size="sm", elem_id="remove-no")
    return LibraryTab(table, files, outcome, chosen, remove, confirm, question, asked, yes, no)


def _file_box() -> Any:
    """Return Gradio's file box, made to give ``Upload``s: its own names lose their brackets."""
    import gradio as gr

    box = gr.File(file_count="multiple", label="添加文件", elem_id="upload", height=150)
    setattr(box, "preprocess", _uploads)  # noqa: B010 - mypy takes a method for fixed
    return box


def _uploads(payload: Any) -> tuple[Upload, ...]:
    sent = getattr(payload, "root", payload) or []
    return tuple(Upload(Path(file.path), file.orig_name or Path(file.path).name) for file in sent)


def _wire(tab: LibraryTab, desk: Desk) -> tuple[Any, ...]:
    import gradio as gr

    writing: dict[str, Any] = {
        "concurrency_limit": 1,
        "concurrency_id": "write",
        "show_progress": "hidden",
        "api_name": False,
    }

    def add(sent: tuple[Upload, ...]) -> Iterator[Any]:
        for shown in _added(desk, sent):
            yield shown, gr.skip()
        yield gr.skip(), None

    def ask_first(document_id: str | None) -> Any:
        card = desk.cards().get(document_id or "")
        words = view.confirmation(card) if card else ""
        return gr.update(visible=card is not None), words, card.id if card else ""

    def take_out(asked: str) -> Any:
        return _removed(desk, asked), gr.update(visible=False), ""

    uploaded = tab.files.upload(add, [tab.files], [tab.outcome, tab.files], **writing)
    question = [tab.confirm, tab.question, tab.asked]
    tab.remove.click(ask_first, [tab.chosen], question, api_name=False)
    for withdrawn in (tab.no.click, tab.chosen.change):
        withdrawn(None, None, [tab.confirm], js=_WITHDRAW, api_name=False)
    # What was asked about, not what is chosen by now.
    removed = tab.yes.click(take_out, [tab.asked], [tab.outcome, tab.confirm, tab.asked], **writing)
    return uploaded, removed


def redraw(desk: Desk) -> tuple[Any, Any]:
    """Draw the table and the list to remove from."""
    import gradio as gr

    cards = tuple(desk.cards().values())
    choices = [(view.choice(card), card.id) for card in cards]
    return view.table(cards), gr.update(choices=choices, value=None)


def _added(desk: Desk, sent: tuple[Upload, ...]) -> Iterator[str]:
    """Index the files in a thread of their own; yield the progress, then the report, as HTML."""
    if not sent:
        return
    steps: queue.SimpleQueue[IndexProgress] = queue.SimpleQueue()
    names = tuple(upload.name for upload in sent)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="index") as worker:
        work = worker.submit(desk.add, sent, progress=steps.put)
        step = IndexProgress(0, len(sent), "", "")
        while not work.done():
            yield view.progress(step)
            step = _next(steps, step)
        yield _report(work, names)


def _next(steps: queue.SimpleQueue[IndexProgress], last: IndexProgress) -> IndexProgress:
    try:
        return steps.get(timeout=PATIENCE_SECONDS)
    except queue.Empty:
        return last


def _report(work: Future[IndexReport], names: tuple[str, ...]) -> str:
    try:
        return view.report(work.result(), names)
    except AssistantError as error:
        return view.fault(str(error))


def _removed(desk: Desk, document_id: str) -> str:
    card = desk.cards().get(document_id)
    if card is None:
        return view.fault("请先选择要移除的文件。")
    try:
        desk.remove(document_id)
    except AssistantError as error:
        return view.fault(str(error))
    return view.done(f"已移除《{title_of(card)}》。")
