"""The page as a whole: header, four tabs, what is filled in when a reader opens it."""

from __future__ import annotations

from typing import Any

from assistant.app.web import chat_tab, draft_tab, library_tab, targets_tab
from assistant.app.web.chat_tab import ALL_CITIES, ALL_KINDS
from assistant.app.web.desk import Desk
from assistant.app.web.draft_layout import DraftTab
from assistant.app.web.examples import SHOWN, example_questions
from assistant.types import Answer, Status

TITLE = "策问 · 政策文件问答"
_HEADER = (
    '<header class="masthead"><h1>策问</h1><p>政策文件问答：逐句注明出处，文件里没有的就说没有</p>'
    '<button type="button" class="theme" data-act="theme" title="切换明暗">明 / 暗</button></header>'
)
_WAITING = 40
"""Questions that may wait in the queue; beyond it a reader is told to try again."""


def build(desk: Desk) -> Any:
    """Build the Blocks of the page."""
    import gradio as gr

    blocks = gr.Blocks(
        title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)
    )
    with blocks:
        gr.HTML(_HEADER, apply_default_css=False, elem_id="masthead")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("问答", id="chat"):
                chat = chat_tab.build(desk)
            with gr.Tab("指标对照", id="targets"):
                targets = targets_tab.build_targets_tab(desk.library)
            with gr.Tab("起草答复", id="draft"):
                drafting = draft_tab.build_draft_tab(desk)
            with gr.Tab("文件库", id="library"):
                shelf, changes = library_tab.build(desk)
        depends = [chat.city, chat.kind, *shelf.drawn, *targets.drawn, *drafting.drawn]
        fills = [chat.chat, *depends]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_name": False}
        opening = blocks.load(
            lambda: _opened(desk, targets, drafting), None, fills, queue=False, **quiet
        )
        draft_tab.remember(drafting, opening)
        for change in changes:
            change.then(lambda: _changed(desk, targets, drafting), None, depends, **quiet)
    blocks.queue(max_size=_WAITING, default_concurrency_limit=4, api_open=False)
    return blocks


def _opened(desk: Desk, targets: targets_tab.TargetsTab, drafting: DraftTab) -> tuple[Any, ...]:
    """Fill the page for a reader who opens it."""
    import gradio as gr

    examples = [{"text": question} for question in answered_examples(desk)]
    return gr.update(examples=examples), *_changed(desk, targets, drafting)


def _changed(desk: Desk, targets: targets_tab.TargetsTab, drafting: DraftTab) -> tuple[Any, ...]:
    """Fill what depends on the library: the filters, the tables, the list to remove from."""
    import gradio as gr

    cities = gr.update(choices=[ALL_CITIES, *desk.library.cities()])
    kinds = gr.update(choices=[ALL_KINDS, *desk.kinds()])
    shelf = library_tab.redraw(desk)
    return cities, kinds, *shelf, *targets_tab.redraw(targets), *draft_tab.redraw(drafting)


def answered_examples(desk: Desk) -> list[str]:
    """Choose the examples to show: the first candidates that have an answer."""
    library = desk.library
    documents = (library.document(card.id) for card in library.documents())
    shown: list[str] = []
    for question in example_questions(library.indicator_values(), documents):
        if len(shown) == SHOWN:
            break
        *_, last = desk.stream(question, (), city="", kind="", extractive=True)
        if isinstance(last, Answer) and last.status is Status.ANSWERED:
            shown.append(question)
    return shown
