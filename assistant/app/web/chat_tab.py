"""The 问答 tab: chat on the left, evidence on the right."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from assistant.app.web.cards import NOTHING_YET
from assistant.app.web.conversation import (
    Conversation,
    Turn,
    chat_messages,
    evidence_panel,
    plain_text,
)
from assistant.app.web.desk import Desk, Event, words_to_mark
from assistant.app.web.markup import escape
from assistant.errors import AssistantError
from assistant.types import Answer, Question, Sentence

ALL_CITIES, ALL_KINDS = "全部城市", "全部种类"
MAX_CHARS = 1000
READERS_AT_ONCE = 8
INTERNAL = "内部错误，未能作答。请重试；若再次出现，请将问题报告给维护者。"
log = logging.getLogger(__name__)
_COPY = "() => window.cewen && window.cewen.copy()"


@dataclass(frozen=True, slots=True)
class ChatTab:
    """The parts of the tab that others fill or listen to."""

    conversation: Any
    chat: Any
    city: Any
    kind: Any
    question: Any
    ask: Any
    stop: Any
    retry: Any
    copy: Any
    fresh: Any
    evidence: Any

    @property
    def drawn(self) -> list[Any]:
        """What a turn redraws, in the order of ``_draw``."""
        return [self.conversation, self.chat, self.evidence, self.question, self.ask, self.stop]


def build(desk: Desk) -> ChatTab:
    """Lay the tab out inside the current Blocks and wire it up."""
    tab = _lay_out()
    _wire(tab, desk)
    return tab


def _lay_out() -> ChatTab:
    import gradio as gr

    conversation = gr.State(Conversation())
    with gr.Row(elem_id="desk", equal_height=False):
        with gr.Column(scale=7, min_width=320, elem_id="talk"):
            with gr.Row(elem_id="filters"):
                city = _choice(ALL_CITIES, "只查这个城市的文件", "filter-city")
                kind = _choice(ALL_KINDS, "只查这种文件", "filter-kind")
            chat = _chatbot()
            with gr.Row(elem_id="asking"):
                question, ask, stop = _question_box()
            with gr.Row(elem_id="actions"):
                retry = _button("重试", "retry")
                copy = _button("复制回答", "copy")
                fresh = _button("新对话", "fresh")
        with gr.Column(scale=5, min_width=320, elem_id="evidence-column"):
            evidence = gr.HTML(NOTHING_YET, elem_id="evidence", apply_default_css=False)
    return ChatTab(
        conversation, chat, city, kind, question, ask, stop, retry, copy, fresh, evidence
    )


def _chatbot() -> Any:
    import gradio as gr

    return gr.Chatbot(
        elem_id="chat",
        show_label=False,
        container=False,
        height="100%",
        placeholder="<h2>您想了解什么？</h2><p>回答只取自文件库中的文件，逐句注明出处。</p>",
        buttons=[],
        allow_tags=False,
        sanitize_html=True,
        latex_delimiters=[],
        line_breaks=False,
        layout="bubble",
        group_consecutive_messages=False,
        allow_file_downloads=False,
    )


def _question_box() -> tuple[Any, Any, Any]:
    import gradio as gr

    question = gr.Textbox(
        elem_id="question",
        placeholder="请输入问题，按回车发送",
        label="问题",
        show_label=False,
        container=False,
        lines=1,
        max_lines=5,
        max_length=MAX_CHARS,
        autofocus=True,
        scale=8,
    )
    ask = gr.Button("提问", variant="primary", elem_id="ask", scale=1, min_width=84)
    stop = gr.Button("停止", variant="stop", elem_id="stop", scale=1, min_width=84, visible=False)
    return question, ask, stop


def _choice(everything: str, label: str, name: str) -> Any:
    import gradio as gr

    return gr.Dropdown(
        [everything],
        value=everything,
        label=label,
        show_label=False,
        container=False,
        filterable=True,
        elem_id=name,
        min_width=140,
    )


def _button(label: str, name: str) -> Any:
    import gradio as gr

    return gr.Button(label, size="sm", elem_id=name, min_width=72)


def _wire(tab: ChatTab, desk: Desk) -> None:
    def asked(question: str, conversation: Conversation, city: str, kind: str) -> Iterator[Any]:
        yield from _turn(desk, question, conversation.stopped(), city, kind)

    def again(conversation: Conversation, city: str, kind: str) -> Iterator[Any]:
        last = conversation.last
        if last is not None:
            yield from _turn(desk, last.question, conversation.without_last(), city, kind)

    def example(conversation: Conversation, city: str, kind: str, chosen: Any) -> Iterator[Any]:
        yield from _turn(desk, chosen.value["text"], conversation, city, kind)

    import gradio as gr

    # Gradio hands over what was chosen to the parameter of this type; it is imported late.
    example.__annotations__["chosen"] = gr.SelectData
    filters = [tab.city, tab.kind]
    limits = {"concurrency_limit": READERS_AT_ONCE, "concurrency_id": "ask", "api_name": False}
    ways: dict[str, Any] = {"outputs": tab.drawn, "show_progress": "hidden", **limits}
    running = gr.on(
        [tab.question.submit, tab.ask.click],
        asked,
        [tab.question, tab.conversation, *filters],
        **ways,
    )
    repeated = tab.retry.click(again, [tab.conversation, *filters], **ways)
    chosen = tab.chat.example_select(example, [tab.conversation, *filters], **ways)
    at_once: dict[str, Any] = {"outputs": tab.drawn, "queue": False, "api_name": False}
    tab.stop.click(
        lambda conversation: _draw(desk, conversation.stopped()),
        [tab.conversation],
        cancels=[running, repeated, chosen],
        **at_once,
    )
    tab.fresh.click(
        lambda: _draw(desk, Conversation()),
        cancels=[running, repeated, chosen],
        **at_once,
    )
    tab.copy.click(None, js=_COPY, api_name=False)


def _turn(
    desk: Desk, question: str, before: Conversation, city: str, kind: str
) -> Iterator[tuple[Any, ...]]:
    """Ask one question and redraw after each step."""
    asked = question.strip()
    if not asked:
        yield _draw(desk, before)
        return
    now = before.begin(asked)
    yield _draw(desk, now, question="")
    try:
        place, sort = _chosen(city, ALL_CITIES), _chosen(kind, ALL_KINDS)
        for event in desk.stream(asked, before.questions, city=place, kind=sort):
            last = now.last
            if last is not None:
                now = now.put(_arrived(desk, last, event))
                yield _draw(desk, now)
    except AssistantError as error:
        yield _draw(desk, now.put(Turn(asked, fault=str(error))))
    except Exception:  # the page's edge: the reader must not be left waiting; it is logged
        log.exception("回答「%s」时出错", asked)
        yield _draw(desk, now.put(Turn(asked, fault=INTERNAL)))


def _arrived(desk: Desk, turn: Turn, event: Event) -> Turn:
    if isinstance(event, Question):
        return replace(turn, understood=event, words=words_to_mark(event))
    if isinstance(event, Sentence):
        return replace(turn, sentences=(*turn.sentences, event))
    if isinstance(event, Answer):
        return replace(turn, answer=event, passages=desk.passages_of(event))
    return turn


def _chosen(value: str, everything: str) -> str:
    return "" if value == everything else value


def _draw(
    desk: Desk, conversation: Conversation, *, question: str | None = None
) -> tuple[Any, ...]:
    """Draw a conversation: state, chat, evidence, question box, ask and stop buttons."""
    import gradio as gr

    cards = desk.cards()
    pending = conversation.last is not None and conversation.last.is_pending
    plain = escape(plain_text(conversation, cards))
    panel = f'{evidence_panel(conversation, cards)}<pre id="plain-answer" hidden>{plain}</pre>'
    box = gr.skip() if question is None else question
    return (
        conversation,
        chat_messages(conversation),
        panel,
        box,
        gr.update(visible=not pending),
        gr.update(visible=pending),
    )
