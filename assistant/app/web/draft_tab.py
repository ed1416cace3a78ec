"""The 起草答复 tab: the proposal on the left, points in the middle, the letter on the right.

``build_draft_tab`` builds it; ``redraw`` fills its lists; ``remember`` brings back what was on it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assistant.app.web.desk import Desk
from assistant.app.web.draft_fields import empty_values, values_of, wish_of
from assistant.app.web.draft_layout import DraftTab, lay_out
from assistant.app.web.draft_room import DraftRoom, Opened
from assistant.app.web.draft_shown import shown
from assistant.app.web.draft_view import NOTHING_YET, fault_view, label_of, progress_view
from assistant.drafting import KeptDraft, Step, read_proposal_file
from assistant.errors import AssistantError

_LATEST = 200
# What stands on the tab is kept by the browser itself, without a word to the server.
_REMEMBER = "(...values) => window.cewen.remember(values)"
_RECALL = "() => [window.cewen.recall()]"
_OPEN = "(key, ...values) => [window.cewen.draftKey(), ...values]"
_SAVED_FIRST = "async (...values) => { await window.cewen.draftSaved(); return values; }"
_IDLE = "() => window.cewen.draftIdle()"


def build_draft_tab(desk: Desk) -> DraftTab:
    """Lay the tab out inside the current Blocks and say what its parts do."""
    tab = lay_out(desk)
    _wire(tab)
    return tab


def redraw(tab: DraftTab) -> tuple[Any, ...]:
    """Fill ``drawn`` for the library and the store as they stand."""
    import gradio as gr

    return gr.update(choices=list(tab.desk.library.cities())), _listed(tab.room, gr.skip())


def remember(tab: DraftTab, opening: Any) -> None:
    """Bring back, after the page's ``opening`` event, what this browser had on the tab."""
    outputs = [*tab.request, *tab.result]
    opening.then(lambda kept: _recalled(tab, kept), tab.key, outputs, js=_RECALL, **_quiet())


def _quiet() -> dict[str, Any]:
    return {"show_progress": "hidden", "api_name": False}


def _wire(tab: DraftTab) -> None:
    import gradio as gr

    def written(text: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        yield from _stepwise(tab, lambda: tab.room.write(text or "", wish_of(values)))

    def acted(event: Any) -> Iterator[tuple[Any, ...]]:
        act = event._data
        name, version = str(act["draft"]), int(act["version"])
        yield from _stepwise(tab, lambda: tab.room.change(name, version, act))

    def saved(event: Any) -> tuple[Any, ...]:
        opened = tab.room.open(str(event._data["draft"]))
        return _key(opened), _listed(tab.room, _key(opened))

    # Gradio hands over what was done to the parameter of this type; it is imported late.
    acted.__annotations__["event"] = saved.__annotations__["event"] = gr.EventData
    quiet = _quiet()
    sheet = tab.sheet
    changes = [
        tab.write.click(written, tab.request, tab.result, js=_SAVED_FIRST, **quiet),
        # The page lets one act through at a time; Gradio would drop one that comes a moment early.
        sheet.act(acted, None, tab.result, trigger_mode="multiple", **quiet),
        tab.fill_in.click(_filler(tab), [tab.key, *tab.request], tab.result, js=_OPEN, **quiet),
        tab.kept.input(
            lambda chosen: _chosen(tab, chosen), tab.kept, [*tab.request, *tab.result], **quiet
        ),
        tab.fresh.click(lambda: _fresh(tab), None, [*tab.request, *tab.result], **quiet),
        tab.file.upload(lambda path: _read(tab.desk, path), tab.file, tab.proposal, **quiet),
    ]
    sheet.saved(saved, None, [tab.key, tab.kept], trigger_mode="always_last", **quiet)
    kept: dict[str, Any] = {"fn": None, "inputs": tab.request, "js": _REMEMBER}
    # Not input: Gradio tells of typing in a text box only when it is left.
    gr.on([one.change for one in tab.request], **kept, **quiet)
    for change in changes:
        change.then(**kept, **quiet).then(None, None, None, js=_IDLE, **quiet)


def _filler(tab: DraftTab) -> Callable[..., Iterator[tuple[Any, ...]]]:
    """Make the listener that puts the fields into the open draft."""

    def filled(key: str, _text: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        name, _, version = (key or "").rpartition("/")
        if not name:
            yield _fault("还没有草稿。请先粘贴提案，点“起草答复”。")
            return
        wish = wish_of(values)
        yield from _stepwise(tab, lambda: iter([tab.room.complete(name, int(version), wish)]))

    return filled


def _stepwise(
    tab: DraftTab, work: Callable[[], Iterator[Step | Opened]]
) -> Iterator[tuple[Any, ...]]:
    """Show each step, then the draft; an error is said where the progress stood."""
    import gradio as gr

    try:
        for step in work():
            if isinstance(step, Step):
                yield progress_view(step), gr.skip(), gr.skip(), gr.skip()
            else:
                yield _drawn(tab, step)
    except AssistantError as error:
        yield _fault(str(error))


def _fault(words: str) -> tuple[Any, ...]:
    import gradio as gr

    return fault_view(words), gr.skip(), gr.skip(), gr.skip()


def _drawn(tab: DraftTab, opened: Opened) -> tuple[Any, ...]:
    key = _key(opened)
    return "", shown(tab.desk, tab.room, opened), key, _listed(tab.room, key)


def _key(opened: Opened) -> str:
    return key_of(opened.kept)


def key_of(kept: KeptDraft) -> str:
    """Return what names a version in the list and in addresses."""
    return f"{kept.draft}/{kept.version}"


def _chosen(tab: DraftTab, chosen: str | None) -> tuple[Any, ...]:
    """Open the version that was picked in the list."""
    name, _, version = (chosen or "").rpartition("/")
    try:
        opened = tab.room.open(name, int(version or 0))
    except AssistantError as error:
        return *_untouched(tab), *_fault(str(error))
    return opened.draft.proposal.text, *values_of(opened.draft), *_drawn(tab, opened)


def _recalled(tab: DraftTab, kept: str | None) -> tuple[Any, ...]:
    """Bring back what the browser kept: what was typed, and the last version of the open draft."""
    try:
        name, *values = json.loads(kept or "[]")
    except ValueError:
        name, values = "", []
    try:
        result = _drawn(tab, tab.room.open(str(name))) if name else _nothing()
    except AssistantError as error:
        result = _fault(str(error))
    if len(values) != len(tab.request):
        return *_untouched(tab), *result
    text, city, *others = values
    return text, city if city in tab.desk.library.cities() else None, *others, *result


def _nothing() -> tuple[Any, ...]:
    import gradio as gr

    return "", gr.skip(), gr.skip(), gr.skip()


def _fresh(tab: DraftTab) -> tuple[Any, ...]:
    return "", *empty_values(), "", NOTHING_YET, "", _listed(tab.room, None)


def _untouched(tab: DraftTab) -> Iterator[Any]:
    import gradio as gr

    return (gr.skip() for _ in tab.request)


def _read(desk: Desk, path: str | None) -> Any:
    import gradio as gr

    if not path:
        return gr.skip()
    try:
        return read_proposal_file(Path(path), max_bytes=desk.settings.max_file_bytes)
    except AssistantError as error:
        raise gr.Error(str(error), title="无法读取", print_exception=False) from error


def _listed(room: DraftRoom, chosen: Any) -> Any:
    import gradio as gr

    choices = [(label_of(one), key_of(one)) for one in room.store.versions()[:_LATEST]]
    if isinstance(chosen, str) or chosen is None:
        return gr.update(choices=choices, value=chosen)
    return gr.update(choices=choices)
