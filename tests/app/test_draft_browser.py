"""The 起草答复 tab in headless Chromium: paste, draft, open a citation, edit, rewrite, pin, take away."""

from __future__ import annotations

import io
import re
import subprocess
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
PROPOSAL = """关于加快推进医联体建设和分级诊疗的提案
编号：第2031号
届次：市政协十四届三次会议
提案人：农工党广州市委员会

近年来，我市医联体建设取得一定进展，但仍存在基层能力不足、转诊不畅等问题，群众“看病难”没有根本缓解。

建议：
一、加快紧密型医联体建设。推动优质医疗资源下沉，统一管理、统一调配，让基层留得住病人。
二、完善双向转诊制度。明确上转下转标准，为家庭医生预留专家号源，畅通转诊绿色通道。
三、增设电动自行车充电桩。在医院周边统一规划，方便群众就医停车。
"""
HOSTILE = """关于加快医联体建设的提案<script>window.pwned = 1</script>
提案人：<img src=x onerror="window.pwned = 1">
建议：
1.加快紧密型医联体建设${window.pwned = 1}{{value}}。
2.增设电动自行车充电桩 onmouseover="window.pwned=1" <b>。
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
    assert not (place / "outside.log").exists()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all tests."""
    with browsing.browser() as started:
        yield started


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    """The tab, opened at the size of an office laptop; nothing goes wrong in it."""
    yield from _opened(chromium, address, viewport={"width": 1366, "height": 768})


def _opened(chromium: Any, address: str, **options: Any) -> Iterator[Any]:
    context = chromium.new_context(locale="en-US", **options)
    context.set_default_timeout(30_000)
    page = context.new_page()
    wrong = browsing.watch(page)
    page.goto(address)
    _to_tab(page)
    yield page
    assert page.evaluate("window.pwned") is None
    assert wrong == []
    context.close()


def _to_tab(page: Any) -> None:
    page.wait_for_selector("#chat .example")
    page.get_by_role("tab", name="起草答复").click()


def _reload(page: Any) -> None:
    page.reload()
    _to_tab(page)


def _draft(page: Any, text: str = PROPOSAL) -> None:
    page.fill("#proposal textarea", text)
    page.click("#draft-city input")
    page.get_by_role("option", name="广州", exact=True).click()
    _fill(page, "#draft-body", "市卫生健康委")
    page.click("#write-draft")
    page.wait_for_selector(".letter")


def _fill(page: Any, place: str, words: str) -> None:
    page.fill(f"{place} input, {place} textarea", words)


def _version(page: Any) -> int:
    return int(page.get_attribute(".draft-desk", "data-version"))


def _wait_for_version(page: Any, version: int) -> None:
    drawn = page.locator(f".draft-desk[data-version='{version}']:not(.busy)")
    fault = page.locator(".draft-progress.fault")
    drawn.or_(fault).first.wait_for()
    assert not fault.count(), fault.inner_text()


def _sentence(page: Any, words: str) -> Any:
    return page.locator(".letter .said", has_text=words).first


def _type_over(page: Any, sentence: Any, words: str) -> None:
    """Type as a user does: click into the sentence, select it, type."""
    sentence.click()
    sentence.evaluate("e => getSelection().selectAllChildren(e)")
    page.keyboard.insert_text(words)


def _leave(page: Any) -> None:
    page.locator(".letter h2").click()


def test_a_reader_drafts_opens_a_citation_and_takes_the_letter_away(
    page: Any, tmp_path: Path
) -> None:
    _draft(page)
    assert "广州市卫生健康委关于市政协十四届三次会议第2031号提案答复的函" in page.inner_text(
        ".letter h2"
    )
    assert "文件中没有" in page.locator(".points > li").nth(2).inner_text()
    page.wait_for_timeout(400)
    SCREENSHOT.parent.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOT)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    assert page.evaluate("document.documentElement.scrollHeight") <= 768
    page.locator(".letter sup a.open").first.click()
    page.frame_locator("#reader iframe").locator("mark#here").wait_for()
    page.keyboard.press("Escape")
    for name, holds in (("附来源", "附：引文来源"), ("仅正文", "收悉")):
        content = _taken(page, page.get_by_role("link", name=name))
        assert holds in "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    (tmp_path / "reply.docx").write_bytes(content)
    assert "[1]" in _taken(page, page.locator(".draft-bar a", has_text="Markdown")).decode()
    _opens_in_office(tmp_path / "reply.docx")


def _taken(page: Any, link: Any) -> bytes:
    with page.expect_download() as taken:
        link.click()
    assert "医联体" in taken.value.suggested_filename
    return Path(taken.value.path()).read_bytes()


def _opens_in_office(path: Path) -> None:
    import shutil

    office = shutil.which("soffice")
    if office is None:
        return
    command = [office, f"-env:UserInstallation=file://{path.parent}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert path.with_suffix(".pdf").stat().st_size > 10_000


def test_an_edit_is_checked_and_survives_another_section_written_anew(page: Any) -> None:
    _draft(page)
    before = _version(page)
    sentence = _sentence(page, "16个紧密型")
    wrong = sentence.inner_text().replace("16个", "61个")
    _type_over(page, sentence, wrong)
    _leave(page)
    page.get_by_text(re.compile("未经核实.*61")).wait_for()
    assert _version(page) == before + 1
    _type_over(page, _sentence(page, "增设电动自行车充电桩”的工作情况"), "我委已商请有关部门研究。")
    page.locator(".letter h3", has_text="双向转诊").get_by_role("button", name="重写本节").click()
    _wait_for_version(page, before + 3)
    words = page.inner_text(".letter")
    assert "61个紧密型" in words and "我委已商请有关部门研究。" in words
    assert "手工填写，没有引文" in words
    with page.expect_download() as taken:
        page.get_by_role("link", name="纯文本").click()
    assert "我委已商请有关部门研究。" in Path(taken.value.path()).read_text("utf-8")


def test_nothing_typed_is_lost_by_a_reload(page: Any) -> None:
    page.fill("#proposal textarea", PROPOSAL)
    page.click("#draft-city input")
    page.get_by_role("option", name="广州", exact=True).click()
    page.get_by_text("来文、落款、公开").click()
    _fill(page, "#draft-signatory", "待定签发人")
    page.wait_for_timeout(300)
    _reload(page)
    page.wait_for_function("document.querySelector('#proposal textarea').value.length > 50")
    assert page.input_value("#proposal textarea") == PROPOSAL
    assert page.input_value("#draft-city input") == "广州"
    page.get_by_text("来文、落款、公开").click()
    assert page.input_value("#draft-signatory input, #draft-signatory textarea") == "待定签发人"
    page.click("#write-draft")
    page.wait_for_selector(".letter")
    assert "签发人：待定签发人" in page.inner_text(".letter")
    _type_over(page, _sentence(page, "16个紧密型"), "只打了一半的句子，还没有离开")
    _reload(page)
    page.wait_for_selector(".letter")
    page.get_by_text(re.compile("已存为第 .* 稿")).wait_for()
    assert "只打了一半的句子，还没有离开" in page.inner_text(".letter")
    _reload(page)
    page.wait_for_selector(".letter")
    assert "只打了一半的句子，还没有离开" in page.inner_text(".letter")


def test_a_source_is_left_out_brought_back_and_a_passage_pinned(page: Any) -> None:
    _draft(page)
    before = _version(page)
    page.locator("[data-key=documents] summary").click()
    document = page.locator("[data-key=documents] li", has_text="1048").first
    document.get_by_role("button", name="不用这份文件").click()
    _wait_for_version(page, before + 1)
    assert "（2018年）" not in page.inner_text(".letter")
    page.locator("[data-key=excluded] summary").click()
    page.locator("[data-key=excluded]").get_by_role("button", name="恢复").click()
    _wait_for_version(page, before + 2)
    assert page.locator("[data-key=excluded]").count() == 0
    passages = page.locator("[data-key=near-1]")
    passages.locator("summary").click()
    words = passages.locator(".quote").first.inner_text()
    passages.get_by_role("button", name="固定").first.click()
    _wait_for_version(page, before + 3)
    assert page.locator(".pinned").count() == 1, words
    assert page.locator("[data-key=near-1][open]").count() == 1
    page.locator("[data-key=used-1] summary").click()
    page.locator("[data-key=used-1]").get_by_role("button", name="排除").first.click()
    _wait_for_version(page, before + 4)
    assert page.locator("[data-key=excluded]").count() == 1


def test_what_is_filled_in_beside_does_not_touch_the_letter(page: Any) -> None:
    _draft(page)
    _type_over(page, _sentence(page, "16个紧密型"), "这是我自己的一句。")
    _leave(page)
    page.get_by_text(re.compile("已存为第 .* 稿")).wait_for()
    version = _version(page)
    page.get_by_text("来文、落款、公开").click()
    _fill(page, "#draft-date", "2026年11月21日")
    page.click("#draft-category input")
    page.get_by_role("option", name="B", exact=True).click()
    page.click("#fill-in")
    _wait_for_version(page, version + 1)
    words = page.inner_text(".letter")
    assert "办理类别：B" in words and "2026年11月21日" in words and "这是我自己的一句。" in words


def test_a_sentence_is_added_and_another_one_removed(page: Any) -> None:
    _draft(page)
    version, count = _version(page), page.locator(".letter .said").count()
    paragraph = page.locator(".letter p.body", has_text="16个紧密型").first
    paragraph.hover()
    paragraph.locator(".tool.add").click()
    _wait_for_version(page, version + 1)
    assert page.locator(".letter .said").count() == count + 1
    gone = _sentence(page, "16个紧密型")
    gone.click()
    gone.evaluate("e => getSelection().selectAllChildren(e)")
    page.keyboard.press("Backspace")
    _leave(page)
    _wait_for_version(page, version + 2)
    assert "16个紧密型" not in page.inner_text(".letter")


def test_older_versions_are_listed_and_open(page: Any) -> None:
    _draft(page)
    _type_over(page, _sentence(page, "16个紧密型"), "后来改的一句。")
    _leave(page)
    page.get_by_text(re.compile("已存为第 .* 稿")).wait_for()
    version = _version(page)
    page.click("#fresh-draft")
    page.wait_for_selector(".letter", state="detached")
    assert page.input_value("#proposal textarea") == ""
    page.click("#kept-drafts input")
    page.get_by_role("option", name=f"第 {version - 1} 稿").first.click()
    page.wait_for_selector(f".draft-desk[data-version='{version - 1}']")
    assert page.input_value("#proposal textarea") == PROPOSAL
    assert "后来改的一句" not in page.inner_text(".letter")
    assert "16个紧密型" in page.inner_text(".letter")


def test_an_error_is_said_where_the_progress_stands(page: Any) -> None:
    page.click("#write-draft")
    fault = page.locator(".draft-progress.fault")
    fault.wait_for()
    assert "提案" in fault.inner_text()
    page.click("#fill-in")
    page.get_by_text("还没有草稿").wait_for()


def test_a_hostile_proposal_is_words(page: Any) -> None:
    _draft(page, HOSTILE)
    assert (
        page.locator(".draft-desk script, .draft-desk img, .draft-desk b:not(.pinned)").count() == 0
    )
    assert "<script>window.pwned = 1</script>" in page.inner_text(".letter")
    _type_over(page, _sentence(page, "收悉"), '<img src=x onerror="window.pwned=1">${1+1}{{value}}')
    _leave(page)
    page.get_by_text(re.compile("已存为第 .* 稿")).wait_for()
    _reload(page)
    page.wait_for_selector(".letter")
    assert '<img src=x onerror="window.pwned=1">${1+1}{{value}}' in page.inner_text(".letter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_usable_on_a_phone(chromium: Any, address: str, scheme: str) -> None:
    options = {"viewport": {"width": 390, "height": 844}, "color_scheme": scheme}
    for page in _opened(chromium, address, has_touch=True, is_mobile=True, **options):
        _draft(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.locator(".letter .said").first.is_visible()
