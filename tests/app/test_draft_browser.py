"""The 起草答复 tab in headless Chromium: paste, draft, open a citation, reload, export."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import browsing
import docx
import pytest

from assistant.library import Library
from assistant.settings import load_settings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(browsing.why_not()), reason=browsing.why_not() or "浏览器可用"),
]
ROOT = Path(__file__).parents[2]
SCREENSHOT = ROOT / "docs" / "screenshot-draft.png"
PROPOSAL = """关于加快医联体建设的提案<script>window.pwned = 1</script>
提案人：农工党广州市委员会
建议：
1.加快紧密型医联体建设。
2.增设电动自行车充电桩。
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over a library of the corpus."""
    place = tmp_path_factory.mktemp("draft-page")
    Library.build(
        place / "library", load_settings(library=place / "library", corpus=ROOT / "corpus")
    )
    with browsing.served(place / "library", place / "outside.log") as served:
        yield served


@pytest.fixture
def page(address: str) -> Iterator[Any]:
    """The tab, opened."""
    with browsing.browser() as chromium:
        context = chromium.new_context(locale="en-US", viewport={"width": 1366, "height": 768})
        context.set_default_timeout(20_000)
        page = context.new_page()
        wrong = browsing.watch(page)
        page.goto(address)
        page.wait_for_selector("#chat .example")
        page.get_by_role("tab", name="起草答复").click()
        yield page
        assert page.evaluate("window.pwned") is None
        assert wrong == []
        context.close()


def test_a_reader_pastes_a_proposal_and_takes_the_letter_away(page: Any) -> None:
    page.fill("#proposal textarea", PROPOSAL)
    page.click("#draft-city input")
    page.get_by_role("option", name="广州", exact=True).click()
    page.fill("#draft-body input, #draft-body textarea", "市卫生健康委")
    page.click("#write-draft")
    page.wait_for_selector("#draft-letter .letter")
    assert "16个紧密型城市医疗集团" in page.inner_text("#draft-letter")
    assert "文件中没有" in page.inner_text("#draft-points")
    SCREENSHOT.parent.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOT)
    page.locator("#draft-letter sup a.open").first.click()
    page.frame_locator("#reader iframe").locator("mark#here").wait_for()
    page.keyboard.press("Escape")
    with page.expect_download() as taken:
        page.locator("#draft-letter a.take").first.click()
    content = Path(taken.value.path()).read_bytes()
    assert any("广州市卫生健康委" in p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    _edit_the_number(page)
    page.reload()
    page.get_by_role("tab", name="起草答复").click()
    page.click("#kept-drafts input")
    page.get_by_role("option").first.click()
    page.wait_for_selector("#draft-letter .letter")
    assert page.input_value("#proposal textarea") == PROPOSAL


def _edit_the_number(page: Any) -> None:
    from playwright.sync_api import expect

    page.get_by_text("修改句子").click()
    page.click("#edit-sentence input")
    page.get_by_role("option", name="2023年广州市成功入选").first.click()
    words = page.locator("#edit-words textarea")
    expect(words).to_have_value(re.compile("16个紧密型"))
    said = page.input_value("#edit-words textarea")
    page.fill("#edit-words textarea", said.replace("16个", "61个"))
    page.click("#edit-save")
    page.get_by_text("引文中没有数字 61").wait_for()
