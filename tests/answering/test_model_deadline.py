"""One deadline for a whole answer by a model, however many requests it takes and wherever one hangs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from field_documents import ELDERLY as OF_NOWHERE
from model_server import Reply, serving

from assistant.answering import Assistant
from assistant.answering.timely import until
from assistant.library import Library
from assistant.settings import load_settings
from assistant.types import Answer, Status

QUESTION = "丽水市2026年护理型床位占比的目标是多少？"
WRONG = "丽水市护理型床位占比达到9{}%以上。[1]"
TIMEOUT, DEADLINE, LONG = 1.0, 3.0, 9.0  # seconds; a slow machine takes its time to compute, too


@pytest.fixture(scope="module")
def library_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files, directory = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("slow") / "lib"
    (files / "lishui.txt").write_text(OF_NOWHERE.replace("云岭", "丽水"), "utf-8")
    Library.build(directory, load_settings(), [files])
    settings = load_settings(model="http://127.0.0.1:9/v1", model_name="tiny", model_retries=0)
    with Library.open(directory, settings) as library:
        Assistant(library).ask(QUESTION)  # what is loaded once is no part of an answer's time
    return directory


def _asked(
    library_dir: Path, reply: Reply | Callable[[str], Reply], *, retries: int = 0
) -> tuple[Answer, float, int]:
    """Return the answer, the seconds that it took, and how many requests it made."""
    with serving(reply) as served:
        settings = load_settings(
            model=served.url, model_name="tiny", model_timeout=TIMEOUT, model_retries=retries
        )
        with Library.open(library_dir, settings) as library:
            started = time.monotonic()
            answer = Assistant(library).ask(QUESTION)
            return answer, time.monotonic() - started, len(served.requests)


def test_repairs_take_from_the_same_time_as_the_answer(library_dir: Path) -> None:
    """Each request ends in time by itself; four of them would take four times as long."""
    wrong = "".join(WRONG.format(number) for number in (6, 7, 8))
    reply = Reply(tuple(wrong), pause=2.5 / len(wrong))
    answer, seconds, requests = _asked(library_dir, reply)
    assert answer.status is Status.ANSWERED and "60%以上" in answer.text
    assert "（语言模型超时）" in answer.sentences[0].text
    assert answer.writing and answer.writing.trouble == "语言模型超时"
    assert requests < 4
    assert seconds < LONG


def test_retries_take_from_the_same_time(library_dir: Path) -> None:
    def too_late(prompt: str) -> Reply:
        time.sleep(2 * TIMEOUT)
        return Reply()

    answer, seconds, _ = _asked(library_dir, too_late, retries=8)
    assert "（语言模型超时）" in answer.sentences[0].text and "60%以上" in answer.text
    assert DEADLINE * 0.9 < seconds < LONG


def test_what_was_written_in_time_is_kept(library_dir: Path) -> None:
    true = "到2026年，丽水市护理型床位占比达到60%以上。[1]\n"
    slow = Reply((true, *"到2026年，丽水市新建的还有很多很多很多很多很多很多很多" * 2), pause=0.2)
    answer, seconds, _ = _asked(library_dir, slow)
    assert answer.sentences[0].text == true.strip().removesuffix("[1]")
    assert any("中途停止（语言模型超时）" in said.text for said in answer.sentences)
    assert seconds < LONG


def test_pieces_are_waited_for_until_the_moment_wherever_they_hang() -> None:
    may_end, ended = threading.Event(), threading.Event()

    def pieces() -> Generator[str]:
        try:
            yield "一"
            may_end.wait(60)
            yield "二"
            yield "三"
        finally:
            ended.set()

    started = time.monotonic()
    waited = until(started + 0.5, pieces)
    assert next(waited) == "一"
    with pytest.raises(TimeoutError):
        next(waited)
    assert time.monotonic() - started < 30
    may_end.set()
    assert ended.wait(30), "what nobody waits for any more is closed"


def test_pieces_come_whole_and_errors_with_them() -> None:
    def pieces() -> Generator[str]:
        yield "一"
        raise ValueError("of its maker")

    whole = until(time.monotonic() + 60, lambda: (str(n) for n in range(500)))
    assert list(whole) == [str(n) for n in range(500)]
    broken = until(time.monotonic() + 60, pieces)
    assert next(broken) == "一"
    with pytest.raises(ValueError, match="of its maker"):
        next(broken)
