"""The page with a language model behind it: a real server of the tests' own plays the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import Event
from typing import Any

import browsing
import pytest
from answering.field_documents import ELDERLY
from answering.model_server import Reply, Served, serving

from assistant.library import Library
from assistant.settings import load_settings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(browsing.why_not()), reason=browsing.why_not() or "浏览器可用"),
]
QUESTION = "云岭市2026年护理型床位占比的目标是多少？"
TRUE = "到2026年，云岭市护理型床位占比达到60%以上。"
HOME = "云岭市推进家庭养老床位建设。"
WRONG = "到2026年，云岭市护理型床位占比达到80%以上。"
HANGS = 2.5
lingers = Event()
"""Set while the model is to go on for a while after its first sentence."""


def _reply(prompt: str) -> Reply:
    """Write a true sentence and a wrong one; of what was asked, or, asked how, of something beside."""
    beds, home = _number(prompt, "护理型"), _number(prompt, "家庭")
    if lingers.is_set():
        return Reply((f"{TRUE}[{beds}]", "再"), hang=HANGS)
    said = f"{HOME}[{home}]" if "怎么" in prompt else f"{TRUE}[{beds}]"
    return Reply((said, f"{WRONG}[{beds}]", "好"))


def _number(prompt: str, words: str) -> str:
    """Return the number of the passage that has ``words``; 1 where none is shown."""
    blocks = re.split(r"段落\[(\d+)\]", prompt)
    return next(
        (n for n, body in zip(blocks[1::2], blocks[2::2], strict=True) if words in body), "1"
    )


@pytest.fixture(scope="module")
def model() -> Iterator[Served]:
    """The server that plays the model."""
    with serving(_reply) as served:
        yield served


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, model: Served) -> Iterator[str]:
    """The page, served with a model set."""
    place = tmp_path_factory.mktemp("model-page")
    (place / "yunling.txt").write_text(ELDERLY, "utf-8")
    Library.build(place / "lib", load_settings(), [place / "yunling.txt"])
    settings = {"ASSISTANT_MODEL": model.url, "ASSISTANT_MODEL_NAME": "小模型"}
    with browsing.served(place / "lib", place / "outside.log", **settings) as served:
        yield served


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for this module."""
    with browsing.browser() as started:
        yield started


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    """A fresh reader; nothing outside may be asked for."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    opened = context.new_page()
    wrong = browsing.watch(opened)
    opened.goto(address)
    opened.wait_for_selector("#chat .example")
    yield opened
    context.close()
    assert wrong == []


def _ask(page: Any, question: str) -> Any:
    before = page.locator("#chat .answer:has(.made)").count()
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    answer = page.locator("#chat .answer:has(.made)").nth(before)
    answer.wait_for(timeout=30_000)
    return answer


def test_sentences_carry_whose_they_are_and_the_dropped_are_counted(page: Any) -> None:
    answer = _ask(page, QUESTION)
    verified = answer.locator("p:has(.whose.verified)")
    assert verified.count() == 1
    assert TRUE in verified.inner_text() and "已核对" in verified.inner_text()
    assert verified.locator("a.cite").count() == 1
    assert "略去" in answer.locator(".note").inner_text()
    assert WRONG not in answer.inner_text()
    made = answer.locator(".made").inner_text()
    assert "小模型" in made and "秒" in made


def test_what_the_model_left_out_is_shown_as_quoted(page: Any) -> None:
    answer = _ask(page, "云岭怎么健全居家养老网络？")
    assert HOME in answer.locator("p:has(.whose.verified)").first.inner_text()
    quoted = answer.locator("p:has(.whose.quoted)")
    assert quoted.count() >= 1 and "摘录" in quoted.first.inner_text()


def test_the_first_sentence_is_there_while_the_model_goes_on(page: Any) -> None:
    lingers.set()
    try:
        page.fill("#question textarea", QUESTION)
        page.keyboard.press("Enter")
        page.locator("#chat .answer.pending .whose.verified").wait_for(timeout=30_000)
        assert page.locator("#chat .answer:has(.made)").count() == 0
        page.locator("#chat .answer:has(.made)").wait_for(timeout=30_000)
    finally:
        lingers.clear()


def test_the_switch_goes_back_to_the_documents_own_words(page: Any, model: Served) -> None:
    switch = page.get_by_label("直接摘录")
    assert not switch.is_checked()
    asked = len(model.requests)
    switch.check()
    answer = _ask(page, QUESTION)
    assert len(model.requests) == asked
    assert "60%以上" in answer.inner_text()
    assert answer.locator(".whose").count() == 0
    assert "小模型" not in answer.inner_text()
    switch.uncheck()
    assert "小模型" in _ask(page, QUESTION).inner_text()
