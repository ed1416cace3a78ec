"""The request beside the proposal: who replies, to what, how it is marked; as fields of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from assistant.drafting import CATEGORIES, DISCLOSURES, Draft, Wish

_BETWEEN = re.compile(r"[、，,；;\n]+")
_TO_FILL_IN = "〔待补充"


@dataclass(frozen=True, slots=True)
class Fields:
    """The components under the names that a wish has for their values, in the order of the values."""

    city: Any
    body: Any
    number: Any
    session: Any
    addressee: Any
    co_bodies: Any
    signatory: Any
    date: Any
    contact: Any
    disclosure: Any
    category: Any
    extractive: Any

    @property
    def all(self) -> list[Any]:
        """Every component, in order."""
        return [getattr(self, field.name) for field in fields(self)]


def build_fields(*, has_model: bool) -> Fields:
    """Lay the fields out inside the current Blocks; what is seldom needed is folded."""
    import gradio as gr

    with gr.Row(elem_classes="pair"):
        city = gr.Dropdown([], label="答复城市", elem_id="draft-city", value=None, min_width=90)
        body = _box("答复单位", "draft-body", "如 市卫生健康委")
    extractive = gr.Checkbox(
        label="不用语言模型，只用文件原句", elem_id="draft-extractive", visible=has_model
    )
    with gr.Accordion("来文、落款、公开（可不填）", open=False, elem_id="more-fields"):
        with gr.Row(elem_classes="pair"):
            number = _box("提案编号", "draft-number", "如 1048")
            session = _box("届次", "draft-session", "如 市政协十四届三次会议")
        with gr.Row(elem_classes="pair"):
            addressee = _box("主送", "draft-addressee", "默认为提案人")
            co_bodies = _box("会办单位", "draft-co-bodies", "用顿号隔开")
        with gr.Row(elem_classes="pair"):
            signatory = _box("签发人", "draft-signatory", "")
            date = _box("成文日期", "draft-date", "如 2026年11月21日")
        contact = _box("联系人及电话", "draft-contact", "")
        with gr.Row(elem_classes="pair"):
            disclosure = _choice("公开属性", "draft-disclosure", DISCLOSURES)
            category = _choice("办理类别", "draft-category", CATEGORIES)
    return Fields(
        city, body, number, session, addressee, co_bodies, signatory, date, contact, disclosure,
        category, extractive,
    )  # fmt: skip


def _box(label: str, name: str, hint: str) -> Any:
    import gradio as gr

    return gr.Textbox(label=label, elem_id=name, placeholder=hint, min_width=90, max_lines=1)


def _choice(label: str, name: str, choices: tuple[str, ...]) -> Any:
    import gradio as gr

    return gr.Dropdown(
        [("待补充", ""), *((one, one) for one in choices)],
        value="", label=label, elem_id=name, min_width=90, filterable=False,
    )  # fmt: skip


def wish_of(values: tuple[Any, ...]) -> Wish:
    """Read the fields' values, in order, as a wish."""
    named = dict(zip((field.name for field in fields(Fields)), values, strict=True))
    extractive = bool(named.pop("extractive"))
    texts: dict[str, Any] = {name: " ".join(str(v or "").split()) for name, v in named.items()}
    listed = texts.pop("co_bodies")
    co_bodies = tuple(one.strip() for one in _BETWEEN.split(listed) if one.strip())
    return Wish(**texts, co_bodies=co_bodies, extractive=extractive)


def values_of(draft: Draft) -> tuple[Any, ...]:
    """Return what the fields show for a kept draft: what its user gave, not what the proposal says.

    So a number that was read from one proposal does not stay for the next one.
    """
    wish, read = draft.wish, draft.proposal
    given = {field.name: getattr(wish, field.name) for field in fields(Fields)}
    for name in ("number", "session", "body", "co_bodies"):
        if given[name] == getattr(read, name):
            given[name] = type(given[name])()
    given["co_bodies"] = "、".join(given["co_bodies"])
    if given["body"].startswith(_TO_FILL_IN):
        given["body"] = ""
    return tuple(given.values())


def empty_values() -> tuple[Any, ...]:
    """Return what the fields show for a new proposal."""
    none = {"city": None, "extractive": False}
    return tuple(none.get(field.name, "") for field in fields(Fields))
