"""The parts that the 问答 tab is laid out of."""

from __future__ import annotations

from typing import Any

MAX_CHARS = 1000


def chatbot() -> Any:
    """Show the conversation."""
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


def question_box() -> tuple[Any, Any, Any]:
    """Take a question: its box, the button to ask, the button to stop."""
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


def choice(everything: str, label: str, name: str) -> Any:
    """Choose one of what the library has, or ``everything``."""
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


def switch(visible: bool) -> Any:
    """Offer answers in the documents' own words, where a language model would write them."""
    import gradio as gr

    return gr.Checkbox(
        label="直接摘录",
        container=False,
        visible=visible,
        elem_id="extractive",
        min_width=100,
    )


def button(label: str, name: str) -> Any:
    """Act on the conversation."""
    import gradio as gr

    return gr.Button(label, size="sm", elem_id=name, min_width=72)
