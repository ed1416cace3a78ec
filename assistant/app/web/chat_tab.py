"""The 问答 tab: chat on the left, evidence on the right."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from assistant.app.web.cards import NOTHING_YET
from assistant.app.web.chat_parts import button, chatbot, choice, question_box, switch
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
    extractive: Any
    question: Any
    ask: Any
    stop: Any
    retry: Any
    copy: Any
    fresh: Any
    evidence: Any

    @property
    def filters(self) -> list[Any]:
        """How a question is asked: which city, which kind, whether without the model."""
        return [self.city, self.kind, self.extractive]

    @property
    def drawn(self) -> list[Any]:
        """What a turn redraws, in the order of ``_draw``."""
        return [self.conversation, self.chat, self.evidence, self.question, self.ask, self.stop]


def build(desk: Desk) -> ChatTab:
    """Lay the tab out inside the current Blocks and wire it up."""
    tab = _lay_out(desk)
    _wire(tab, desk)
    return tab


def _lay_out(desk: Desk) -> ChatTab:
    import gradio as gr

    conversation = gr.State(Conversation())
    with gr.Row(elem_id="desk", equal_height=False):
        with gr.Column(scale=7, min_width=320, elem_id="talk"):
            with gr.Row(elem_id="filters"):
                city = choice(ALL_CITIES, "只查这个城市的文件", "filter-city")
                kind = choice(ALL_KINDS, "只查这种文件", "filter-kind")
                extractive = switch(bool(desk.settings.model))
            chat = chatbot()
            with gr.Row(elem_id="asking"):
                question, ask, stop = question_box()
            with gr.Row(elem_id="actions"):
                retry = button("重试", "retry")
                copy = button("复制回答", "copy")
                fresh = button("新对话", "fresh")
        with gr.Column(scale=5, min_width=320, elem_id="evidence-column"):
            evidence = gr.HTML(NOTHING_YET, elem_id="evidence", apply_default_css=False)
    return ChatTab(
        conversation,
        chat,
        city,
        kind,
        extractive,
        question,
        ask,
        stop,
        retry,
        copy,
        fresh,
        evidence,
    )


def _wire(tab: ChatTab, desk: Desk) -> None:
    def asked(question: str, conversation: Conversation, *ways: Any) -> Iterator[Any]:
        yield from _turn(desk, question, conversation.stopped(), _asking(*ways))

    def again(conversation: Conversation, *ways: Any) -> Iterator[Any]:
        last = conversation.last
        if last is not None:
            yield from _turn(desk, last.question, conversation.without_last(), _asking(*ways))

    def example(
        conversation: Conversation, city: str, kind: str, extractive: bool, chosen: Any
    ) -> Iterator[Any]:
        ways = _asking(city, kind, extractive)
        yield from _turn(desk, chosen.value["text"], conversation, ways)

    import gradio as gr

    # Gradio hands over what was chosen to the parameter of this type; it is imported late.
    example.__annotations__["chosen"] = gr.SelectData
    limits = {"concurrency_limit": READERS_AT_ONCE, "concurrency_id": "ask", "api_name": False}
    ways: dict[str, Any] = {"outputs": tab.drawn, "show_progress": "hidden", **limits}
    running = gr.on(
        [tab.question.submit, tab.ask.click],
        asked,
        [tab.question, tab.conversation, *tab.filters],
        **ways,
    )
    repeated = tab.retry.click(again, [tab.conversation, *tab.filters], **ways)
    chosen = tab.chat.example_select(example, [tab.conversation, *tab.filters], **ways)
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


def _asking(city: str, kind: str, extractive: bool) -> dict[str, Any]:
    """Return how the stream is to be asked, from what the reader has chosen."""
    place, sort = _chosen(city, ALL_CITIES), _chosen(kind, ALL_KINDS)
    return {"city": place, "kind": sort, "extractive": extractive}


def _turn(
    desk: Desk, question: str, before: Conversation, ways: dict[str, Any]
) -> Iterator[tuple[Any, ...]]:
    """Ask one question and redraw after each step."""
    asked = question.strip()
    if not asked:
        yield _draw(desk, before)
        return
    now = before.begin(asked)
    yield _draw(desk, now, question="")
    try:
        for event in desk.stream(asked, before.questions, **ways):
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
        key = desk.answers.keep(event)
        return replace(turn, answer=event, passages=desk.passages_of(event), export=key)
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
