"""Ask the page once, in a place without network: ``python offline.py LIBRARY FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

import browsing

QUESTION = "湖州市2025年三级公立医院CMI值的目标是多少？"


def main() -> None:
    """Serve, ask, print the answer; fail when anything asked for the outside."""
    log = Path(sys.argv[2]) / "outside.log"
    with browsing.served(Path(sys.argv[1]), log) as address, browsing.browser() as chromium:
        page = chromium.new_page()
        wrong = browsing.watch(page)
        page.goto(address)
        page.fill("#question textarea", QUESTION)
        page.keyboard.press("Enter")
        page.wait_for_selector("#chat .answer:has(.made)")
        print(page.inner_text("#chat .answer"))
        page.click("#evidence a.open")
        page.frame_locator("#reader iframe").locator("mark#here").wait_for()
    assert not wrong, wrong
    assert not log.exists(), log.read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
