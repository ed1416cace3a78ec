"""Sections written by a model behind a real server: what is taken, sent back, replaced, or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from answering.model_server import Reply, Served, serving
from canteen_documents import ASKED, CITY

from assistant.drafting import Draft, Drafter, DraftStore, Role, Step, Wish
from assistant.library import Library
from assistant.settings import load_settings

Answer = Callable[[str], Reply] | Reply
Write = Callable[..., tuple[Draft, Served]]
TRUE = "2023年，我市共新建社区食堂120个。"
OTHER = "松江口市建成社区食堂88个。"
PLAN = "我市将扩大社区食堂的覆盖面，每年新建20个。"
OLD = "据2018年文件，全市建成社区食堂15个。"


@pytest.fixture
def write(canteen_dir: Path) -> Iterator[Write]:
    """Draft with a model that answers as told."""

    def written(answer: Answer, wish: Wish | None = None, **ways: object) -> tuple[Draft, Served]:
        with serving(answer) as served:
            options = {"model_timeout": 2.0, "model_retries": 0, **ways}
            settings = load_settings(
                library=canteen_dir, model=served.url, model_name="tiny", **options
            )
            with Library.open(canteen_dir, settings) as library:
                return Drafter(library).draft(ASKED, wish or Wish(city=CITY)), served

    yield written


def mark_of(prompt: str, words: str) -> str:
    """Return the number of the passage of a prompt that has ``words``."""
    blocks = re.split(r"段落\[(\d+)\]", prompt)
    pairs = zip(blocks[1::2], blocks[2::2], strict=True)
    return next(number for number, body in pairs if words in body)


def says(*sentences: tuple[str, str], then: str = "无") -> Callable[[str], Reply]:
    """Answer with sentences, each marked with the passage that has its words; ``then`` when asked again."""

    def answer(prompt: str) -> Reply:
        if "没有通过核对" in prompt:
            return Reply((then,))
        shown = [(text, words) for text, words in sentences if words in prompt]
        return Reply(tuple(f"{text}[{mark_of(prompt, words)}]" for text, words in shown))

    return answer


def role_of(draft: Draft, words: str) -> list[str]:
    return [p.role for part in draft.sections for p in part.paragraphs if words in p.text]


def texts(draft: Draft) -> list[str]:
    return [sentence.text for sentence in draft.sentences]


def test_a_model_writes_and_each_sentence_stands_in_its_part(write: Write) -> None:
    draft, served = write(
        says((TRUE, "120个"), (OLD, "15个"), (PLAN, "扩大社区食堂覆盖面"), (OTHER, "88个"))
    )
    assert draft.model == "tiny" and draft.notices == ()
    assert role_of(draft, TRUE) == role_of(draft, OLD) == [Role.RESULT]
    assert role_of(draft, PLAN) == [Role.PLAN] and role_of(draft, OTHER) == [Role.ELSEWHERE]
    assert all(s.support in ("supported", "form", "placeholder") for s in draft.sentences)
    assert "社区食堂数量" in served.prompts[0] and "增加社区食堂" in served.prompts[0]


def test_only_the_chosen_evidence_is_shown(write: Write, canteen_library: Library) -> None:
    _, served = write(says())
    chosen = Drafter(canteen_library).draft(ASKED, Wish(city=CITY))
    shown = re.split(r"段落\[\d+\]（[^\n]*\n", served.prompts[0])[1:]
    quotes = "".join(citation.quote for citation in chosen.citations)
    assert shown and all(one.split("\n")[0].strip()[:10] in quotes for one in shown)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("2023年，我市新建社区食堂210个。", "120个"),
        ("2023年，松江口市新建社区食堂120个。", "120个"),
        ("我市建成社区食堂88个。", "88个"),
        ("我市建成社区食堂15个。", "15个"),
        ("目前，2018年以来全市建成社区食堂15个。", "15个"),
        ("我市已扩大社区食堂覆盖面，每年新建了20个。", "扩大社区食堂覆盖面"),
        ("我市将新建社区食堂120个。", "120个"),
        ("我市每个社区都有了儿童游乐场所和图书室。", "120个"),
    ],
)
def test_a_wrong_sentence_is_sent_back_once_then_the_source_speaks(
    write: Write, canteen_library: Library, wrong: str, words: str
) -> None:
    draft, served = write(says((wrong, words)))
    again = [prompt for prompt in served.prompts if "没有通过核对" in prompt]
    assert len(again) == 1 and wrong in again[0]
    assert wrong not in texts(draft)
    assert any(words in text for text in texts(draft))
    assert draft.notices == ("语言模型所写有 1 句未通过核对，已改用文件原句。",)
    own = Drafter(canteen_library).draft(ASKED, Wish(city=CITY))
    assert set(texts(draft)) == set(texts(own)) and draft.model == ""


def test_a_sentence_that_is_mended_is_taken(write: Write) -> None:
    mended = f"{TRUE}[1]"

    def answer(prompt: str) -> Reply:
        if "没有通过核对" in prompt:
            return Reply((mended.replace("[1]", f"[{mark_of(prompt, '120个')}]"),))
        return says((TRUE.replace("120", "999"), "120个"))(prompt)

    draft, _ = write(answer)
    assert TRUE in texts(draft) and draft.model == "tiny" and draft.notices == ()


def test_cities_are_not_mixed_in_a_sentence(write: Write) -> None:
    mixed = "我市新建社区食堂120个，松江口市建成社区食堂88个。"

    def answer(prompt: str) -> Reply:
        if "没有通过核对" in prompt or "88个" not in prompt:
            return Reply(("无",))
        return Reply((f"{mixed}[{mark_of(prompt, '120个')}][{mark_of(prompt, '88个')}]",))

    draft, _ = write(answer)
    assert mixed not in texts(draft)
    assert role_of(draft, "88个") == [Role.ELSEWHERE]


def test_a_sentence_without_a_mark_is_given_the_one_source_that_bears_it(write: Write) -> None:
    draft, _ = write(lambda prompt: Reply((TRUE,)) if "120个" in prompt else Reply(("无",)))
    kept = next(s for s in draft.sentences if s.text == TRUE)
    quotes = {c.number: c.quote for c in draft.citations}
    assert ["120个" in quotes[n] for n in kept.citations] == [True]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Reply(status=500), "状态码 500"),
        (Reply(status=401), "密钥"),
        (Reply(status=429), "额度"),
        (Reply(raw=b"<html>"), "语言模型"),
        (Reply(hang=20.0), "超时"),
    ],
)
def test_a_failing_service_leaves_the_documents_own_words(
    write: Write, canteen_library: Library, answer: Reply, why: str
) -> None:
    draft, served = write(answer, model_timeout=1.0)
    own = Drafter(canteen_library).draft(ASKED, Wish(city=CITY))
    assert draft.sections == own.sections and draft.model == ""
    assert len(draft.notices) == 1 and why in draft.notices[0]
    assert "草稿为文件原句" in draft.notices[0] and len(served.requests) == 1


def test_no_service_at_all(canteen_dir: Path) -> None:
    settings = load_settings(
        library=canteen_dir, model="http://127.0.0.1:9/v1", model_name="tiny", model_retries=0
    )
    with Library.open(canteen_dir, settings) as library:
        draft = Drafter(library).draft(ASKED, Wish(city=CITY))
    assert draft.model == "" and "连接不上" in draft.notices[0]


def test_a_service_that_breaks_off_midway(write: Write) -> None:
    def answer(prompt: str) -> Reply:
        return Reply((f"{TRUE}[{mark_of(prompt, '120个')}]", "下一步"), break_off=True, hang=20.0)

    draft, _ = write(answer, model_timeout=1.0)
    assert TRUE in texts(draft) and draft.model == "tiny"
    assert "中途停止" in draft.notices[0]
    assert any("扩大社区食堂覆盖面" in text for text in texts(draft))


def test_extractive_asks_no_model(write: Write) -> None:
    draft, served = write(says((TRUE, "120个")), Wish(city=CITY, extractive=True))
    assert served.requests == [] and draft.model == "" and draft.notices == ()


def test_a_budget_too_small_leaves_the_sources_words(write: Write) -> None:
    draft, served = write(says((TRUE, "120个")), model_tokens=500)
    assert served.requests == [] and TRUE not in texts(draft)
    assert any("120个" in text for text in texts(draft))


def test_steps_tell_that_it_is_writing_and_a_section_is_written_anew(
    canteen_dir: Path, tmp_path: Path
) -> None:
    told = {"words": TRUE}
    with serving(lambda prompt: says((told["words"], "120个"))(prompt)) as served:
        settings = load_settings(library=canteen_dir, model=served.url, model_name="tiny")
        with Library.open(canteen_dir, settings) as library:
            drafter = Drafter(library)
            *steps, draft = drafter.steps(ASKED, Wish(city=CITY))
            assert isinstance(draft, Draft)
            doing = [step.doing for step in steps if isinstance(step, Step)]
            assert any(words.startswith("撰写") for words in doing)
            told["words"] = "我市在2023年新建社区食堂120个。"
            again = drafter.redraft(draft, 1)
    assert told["words"] in texts(again) and TRUE not in texts(again)
    assert again.sections[2] == draft.sections[2] and again.model == "tiny"
    store = DraftStore(tmp_path)
    kept = store.keep(again)
    assert store.read(kept.draft, kept.version) == again
