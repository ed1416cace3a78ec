"""The real page in headless Chromium: ask, read, follow a citation, add and remove documents."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import browsing
import pytest

from assistant.library import Library
from assistant.settings import load_settings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(browsing.why_not()), reason=browsing.why_not() or "浏览器可用"),
]
ROOT = Path(__file__).parents[2]
SCREENSHOT = ROOT / "docs" / "screenshot-chat.png"
TARGETS_SCREENSHOT = ROOT / "docs" / "screenshot-targets.png"
QUESTION = "湖州市2025年三级公立医院CMI值的目标是多少？"
HOSTILE = """青禾市人民政府办公室关于印发青禾市社区食堂建设方案的通知

青政办发〔2024〕7号

一、总体目标<script>window.pwned = 1</script>

到2026年，全市建成社区食堂120家<img src=x onerror="window.pwned = 1">，详见[链接](javascript:window.pwned=1)。

二、保障措施 ${window.pwned = 1} {{value}}

市民政局牵头，市财政局按每家8万元给予补助。![图](http://evil.example/a.png)

青禾市人民政府办公室
2024年3月1日
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for this module's library and logs."""
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    """The page, served over a library of the corpus; nothing may have asked the outside."""
    library, log = place / "library", place / "outside.log"
    Library.build(library, load_settings(library=library, corpus=ROOT / "corpus"))
    with browsing.served(library, log) as served:
        yield served
    assert not log.exists(), log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all tests."""
    with browsing.browser() as started:
        yield started


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    """The page as a reader opens it, at the size of an office laptop; nothing goes wrong in it."""
    yield from _opened(chromium, address, viewport={"width": 1366, "height": 768})


def _opened(chromium: Any, address: str, **options: Any) -> Iterator[Any]:
    context = chromium.new_context(locale="en-US", **options)
    context.set_default_timeout(20_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    wrong = browsing.watch(page)
    page.goto(address)
    page.wait_for_selector("#chat .example")
    yield page
    assert page.evaluate("window.pwned") is None
    assert wrong == []
    context.close()


def ask(page: Any, question: str) -> Any:
    """Ask, wait for the whole answer, and return its element."""
    answers = page.locator("#chat .answer:has(.made)")
    before = answers.count()
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    answers.nth(before).wait_for()
    return answers.nth(before)


def test_a_reader_asks_and_follows_the_citation_to_the_quoted_words(page):
    answer = ask(page, QUESTION)
    assert "1.1" in answer.inner_text()
    assert page.input_value("#question textarea") == ""
    answer.locator("a.cite").first.click()
    card = page.locator(".card.chosen")
    assert "湖政办发〔2023〕54号" in card.inner_text()
    assert card.locator("blockquote mark").count()
    quote = "".join(card.locator("blockquote .said").all_inner_texts())
    page.wait_for_timeout(400)
    SCREENSHOT.parent.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOT)
    card.locator("a.open").click()
    original = page.frame_locator("#reader iframe")
    here = original.locator("mark#here")
    here.wait_for()
    assert _dense(here.inner_text()) in _dense(quote)
    assert _dense("".join(original.locator("mark").all_inner_texts())) == _dense(quote)
    assert here.evaluate("e => e.getBoundingClientRect().top") < 768
    assert here.evaluate("e => e.ownerDocument.scrollingElement.scrollTop") > 0
    page.keyboard.press("Escape")
    page.wait_for_selector("#reader", state="hidden")


def _dense(text: str) -> str:
    return "".join(text.split())


def test_a_follow_up_shows_how_it_was_understood_and_earlier_evidence_stays(page):
    ask(page, QUESTION)
    answer = ask(page, "那广元呢？")
    assert "理解为" in answer.inner_text()
    assert "广元" in answer.locator(".understood").inner_text()
    page.locator("#chat .answer").first.locator("a.cite").first.click()
    chosen = page.locator("details[open] .card.chosen")
    chosen.wait_for()
    assert "湖州" in chosen.inner_text()


def test_the_matrix_opens_a_cell_at_the_quoted_words(page):  # type: ignore[no-untyped-def]
    page.get_by_role("tab", name="指标对照").click()
    page.locator("#matrix table.matrix tbody tr").first.wait_for()
    page.wait_for_timeout(500)
    page.screenshot(path=str(TARGETS_SCREENSHOT))
    cell = page.locator("#matrix td a").first
    quoted = cell.inner_text()
    cell.click()
    original = page.frame_locator("dialog[open] iframe")
    here = original.locator("mark#here")
    here.wait_for()
    number = "".join(char for char in quoted if char.isdigit() or char == ".")
    assert number and number.rstrip(".")[:2] in here.inner_text()
    page.keyboard.press("Escape")


def test_a_refusal_looks_different(page):
    answer = ask(page, "明天天气怎么样")
    assert "refusal" in answer.get_attribute("class")
    assert "未作答" in answer.inner_text()
    colour = "e => getComputedStyle(e).backgroundColor"
    assert answer.evaluate(colour) != ask(page, QUESTION).evaluate(colour)


def test_an_example_is_asked_with_a_click_and_has_an_answer(page):
    example = page.locator("#chat .example").first
    words = example.inner_text()
    example.click()
    answer = page.locator("#chat .answer:has(.made)").first
    answer.wait_for()
    assert words in page.locator("#chat .asked").first.inner_text()
    assert "refusal" not in answer.get_attribute("class")


def test_retry_copy_and_a_new_conversation(page):
    ask(page, QUESTION)
    page.click("#copy")
    page.wait_for_function("document.querySelector('#copy').textContent.includes('已复制')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[1] 《" in copied and "湖政办发〔2023〕54号" in copied
    page.click("#retry")
    page.wait_for_timeout(300)
    page.locator("#chat .answer:has(.made)").first.wait_for()
    assert page.locator("#chat .asked").count() == 1
    page.click("#fresh")
    page.wait_for_selector("#chat .example")
    assert page.locator(".card").count() == 0


def test_every_answer_can_be_taken_away(page):
    ask(page, QUESTION)
    ask(page, "明天天气怎么样")
    for number, holds in ((0, "湖政办发〔2023〕54号"), (1, "未作答")):
        links = page.locator("#chat .export").nth(number)
        with page.expect_download() as taken:
            links.get_by_role("link", name="纯文本").click()
        assert holds in Path(taken.value.path()).read_text("utf-8")
        with page.expect_download() as taken:
            links.get_by_role("link", name="Word").click()
        assert taken.value.suggested_filename.endswith(".docx")
    assert page.request.get(f"{page.url}answers/none.docx").status == 404


def test_a_filter_narrows_the_search(page):
    page.click("#filter-city input")
    page.click("ul[role=listbox] >> text=天津")
    answer = ask(page, "四级手术占比的目标是多少？")
    assert "广元" not in answer.inner_text() and "16%" not in answer.inner_text()


def test_the_keyboard_is_enough(page):
    assert page.evaluate("document.activeElement.closest('#question') !== null")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    cite = page.locator("#chat .answer:has(.made) a.cite").first
    cite.wait_for()
    cite.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".card.chosen")
    assert page.evaluate("document.activeElement.classList.contains('card')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#reader", state="hidden")


def test_a_document_is_added_asked_about_shown_as_text_and_removed(page, place):
    page.click("button[role=tab]:has-text('文件库')")
    name = "青政办发〔2024〕7号（印发）.txt"
    sent = [
        {"name": name, "mimeType": "text/plain", "buffer": HOSTILE.encode("utf-8")},
        {"name": "坏<b>的.pdf", "mimeType": "application/pdf", "buffer": b"MZ not a pdf"},
    ]
    page.set_input_files("#upload input[type=file]", sent)
    page.wait_for_selector(".outcome:has-text('新增 1 份')")
    outcome = page.inner_text("#outcome")
    assert "未能加入 1 份" in outcome and ".pdf" in outcome
    assert (place / "library" / "uploads" / name).exists()
    page.wait_for_selector(f"table.documents:has-text('{name}')")

    page.click("button[role=tab]:has-text('问答')")
    answer = ask(page, "青禾市到2026年建成多少家社区食堂？")
    assert "120" in answer.inner_text()
    assert "<img" in answer.inner_text() or "<img" in page.inner_text("#evidence")
    answer.locator("a.cite").first.click()
    page.locator(".card.chosen a.open").click()
    original = page.frame_locator("#reader iframe")
    original.locator("mark#here").wait_for()
    assert "<script>window.pwned = 1</script>" in original.locator("main").inner_text()
    assert original.locator("script, img").count() == 0
    page.keyboard.press("Escape")

    page.click("button[role=tab]:has-text('文件库')")
    page.click("#remove-choice input")
    page.click("ul[role=listbox] >> text=社区食堂")
    page.click("#remove")
    page.click("#remove-no")
    page.wait_for_selector("#confirm", state="hidden")
    page.click("#remove")
    page.click("#remove-yes")
    page.wait_for_selector(".outcome:has-text('已移除')")
    page.wait_for_selector("table.documents:has-text('社区食堂')", state="detached")
    assert not (place / "library" / "uploads" / name).exists()


def _choose(page: Any, words: str) -> None:
    page.click("#remove-choice input")
    page.click(f"ul[role=listbox] >> text={words}")


def test_another_choice_withdraws_the_question_whether_to_remove(page):
    page.click("button[role=tab]:has-text('文件库')")
    _choose(page, "huzhou-implementation-plan")
    page.click("#remove")
    page.wait_for_selector("#confirm:has-text('湖州')")
    _choose(page, "guangyuan-implementation-plan")
    page.wait_for_selector("#confirm", state="hidden")
    page.click("#remove")
    page.wait_for_selector("#confirm:has-text('广元')")
    page.click("#remove-no")
    page.wait_for_selector("#confirm", state="hidden")
    assert page.locator("table.documents tr:has-text('implementation-plan-2023')").count() == 2


def test_what_was_asked_about_is_removed_not_what_was_chosen_since(chromium, address, place):
    """A slow browser: the choice is another by the time that the confirmation is sent."""
    page = chromium.new_page()
    page.goto(address)
    page.click("button[role=tab]:has-text('文件库')")
    sent = [
        {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": text.encode("utf-8")}
        for name, text in (("甲方案", HOSTILE.replace("青禾", "甲禾")), ("乙方案", HOSTILE))
    ]
    page.set_input_files("#upload input[type=file]", sent)
    page.wait_for_selector("table.documents:has-text('乙方案')")
    _choose(page, "甲方案")
    page.click("#remove")
    page.wait_for_selector("#confirm:has-text('甲禾')")
    yes = page.locator("#remove-yes").element_handle()
    _choose(page, "乙方案")
    yes.evaluate("button => button.click()")
    page.wait_for_timeout(1000)
    uploads = place / "library" / "uploads"
    assert (uploads / "乙方案.txt").exists()
    page.close()


def test_a_question_of_markup_is_shown_as_text(page):
    hostile = '<img src=x onerror="window.pwned=1"> **CMI** [x](javascript:window.pwned=1) ${1+1}'
    ask(page, hostile)
    assert page.locator("#chat .asked").first.inner_text().strip() == hostile
    assert page.locator("#chat .asked img, #chat .asked a, #chat .asked strong").count() == 0


def test_nothing_runs_off_an_office_laptop(page):
    ask(page, QUESTION)
    height = page.evaluate("document.documentElement.scrollHeight")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert (width, height) <= (1366, 768)
    assert page.locator("#ask").is_visible() and page.locator("#fresh").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_readable_on_a_phone_in_light_and_dark(chromium, address, scheme):
    options = {"viewport": {"width": 390, "height": 844}, "color_scheme": scheme}
    for page in _opened(chromium, address, has_touch=True, is_mobile=True, **options):
        answer = ask(page, QUESTION)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        answer.locator("a.cite").first.tap()
        card = page.locator(".card.chosen")
        card.wait_for()
        page.wait_for_timeout(600)
        assert 0 <= card.bounding_box()["y"] < 844
        assert _contrast(card.locator("blockquote")) >= 4.5
        assert _contrast(answer.locator("p").first) >= 4.5


_COLOURS = """e => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  let ground = e;
  while (ground && (numbers(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0)
    ground = ground.parentElement;
  return [numbers(getComputedStyle(e).color), numbers(getComputedStyle(ground).backgroundColor)];
}"""


def _contrast(element: Any) -> float:
    """Return the contrast of text and ground by WCAG 2.1 (1 to 21; readable from 4.5)."""
    bright, dark = sorted(map(_luminance, element.evaluate(_COLOURS)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: list[float]) -> float:
    parts = [c / 255 for c in colour[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_document_that_is_not_there_is_said_so(page, address):
    response = page.request.get(f"{address}documents/d-none?start=0&end=3")
    assert response.status == 404
    assert "没有这份文件" in response.text()
    policy = page.request.get(address).headers["content-security-policy"]
    assert "default-src 'self'" in policy


def test_answers_go_on_while_a_document_is_added(chromium, address, place):
    writer = chromium.new_page()
    writer.goto(address)
    writer.click("button[role=tab]:has-text('文件库')")
    paragraph = "市民政局牵头建设第{0}个社区食堂，补助{0}万元，服务老年人{0}人次。\n\n"
    text = "丰泽市社区食堂汇编\n\n" + "".join(paragraph.format(n) for n in range(1, 3000))
    sent = {"name": "汇编.txt", "mimeType": "text/plain", "buffer": text.encode("utf-8")}
    for page in _opened(chromium, address, viewport={"width": 1366, "height": 768}):
        writer.set_input_files("#upload input[type=file]", [sent])
        slowest = 0.0
        while not writer.locator(".outcome:has-text('新增')").count():
            began = time.monotonic()
            assert "1.1" in ask(page, QUESTION).inner_text()
            slowest = max(slowest, time.monotonic() - began)
            page.click("#fresh")
            page.wait_for_selector("#chat .example")
        assert slowest < 30, f"an answer took {slowest:.1f} s"
    writer.close()


def test_the_page_works_with_the_network_cut_off(tmp_path, library_dir):
    if not shutil.which("unshare"):
        pytest.skip("没有 unshare，无法断网测试")
    isolated = ["unshare", "--map-root-user", "--net", "sh", "-c"]
    if subprocess.run([*isolated, "ip link set lo up"], capture_output=True).returncode:
        pytest.skip("此环境不允许建立网络命名空间，无法断网测试")
    offline = Path(__file__).with_name("offline.py")
    script = f"ip link set lo up && exec {sys.executable} {offline} {library_dir} {tmp_path}"
    done = subprocess.run(
        [*isolated, script], capture_output=True, text=True, cwd=ROOT, timeout=180
    )
    assert done.returncode == 0, done.stderr
    assert "1.1" in done.stdout
