"""Uploaded files: their names, their places, what becomes of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app.web.desk import Desk
from assistant.app.web.examples import example_questions
from assistant.app.web.uploads import Upload, keep, safe_name
from assistant.library import Library
from assistant.settings import load_settings

PLAN = "青禾市社区食堂建设方案\n\n一、总体目标\n\n到2026年，全市建成社区食堂120家。\n"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("湖政办发〔2023〕54号（印发）.docx", "湖政办发〔2023〕54号（印发）.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\文件\\方案.txt", "方案.txt"),
        ("a<b>|c?.txt", "a_b__c_.txt"),
        (".bashrc", "bashrc"),
        ("", "未命名"),
        ("..", "未命名"),
    ],
)
def test_names_are_the_readers_own_without_folders(name, kept):
    assert safe_name(name) == kept


@given(st.text(max_size=400))
def test_every_name_can_be_written(name):
    made = safe_name(name)
    assert made not in ("", ".", "..")
    assert not set(made) & set('/\\\0<>:"|?*')
    assert len(made.encode("utf-8")) <= 255
    assert not made.startswith(".")


def test_no_upload_replaces_another_document(tmp_path):
    first, second = tmp_path / "1", tmp_path / "2"
    first.write_text("甲"), second.write_text("乙")
    folder = tmp_path / "uploads"
    places = keep(folder, [Upload(first, "方案.txt"), Upload(second, "方案.txt")])
    assert [place.name for place in places] == ["方案.txt", "方案（2）.txt"]
    assert [place.read_text() for place in places] == ["甲", "乙"]
    assert keep(folder, [Upload(second, "方案.txt")]) == (places[1],)
    assert len(os.listdir(folder)) == 2


@pytest.fixture
def desk(tmp_path: Path):
    source = tmp_path / "已有.txt"
    source.write_text(PLAN.replace("青禾", "白沙"), encoding="utf-8")
    settings = load_settings(library=tmp_path / "library", corpus=tmp_path / "none")
    Library.build(settings.library, settings, [source])
    with Library.open(settings.library, settings) as library:
        yield Desk(library, settings)


def test_an_upload_is_indexed_kept_and_removed(desk: Desk, tmp_path):
    sent = tmp_path / "cached"
    sent.write_text(PLAN, encoding="utf-8")
    steps = []
    report = desk.add([Upload(sent, "青禾〔2024〕1号.txt")], progress=steps.append)
    assert (report.added, report.skipped) == (1, ())
    assert steps[0].source == "青禾〔2024〕1号.txt"
    kept = desk.settings.library / "uploads" / "青禾〔2024〕1号.txt"
    assert kept.read_text(encoding="utf-8") == PLAN
    (added,) = [card for card in desk.cards().values() if "青禾" in card.source]
    desk.remove(added.id)
    assert not kept.exists()
    assert len(desk.cards()) == 1


def test_a_bad_upload_is_named_and_not_kept(desk: Desk, tmp_path):
    sent = tmp_path / "cached"
    sent.write_bytes(b"")
    report = desk.add([Upload(sent, "空.txt")], progress=lambda step: None)
    assert [skipped.path.name for skipped in report.skipped] == ["空.txt"]
    assert not (desk.settings.library / "uploads" / "空.txt").exists()


def test_removing_touches_no_file_outside_the_uploads(desk: Desk, tmp_path):
    (only,) = desk.cards()
    desk.remove(only)
    assert (tmp_path / "已有.txt").exists()


def test_examples_are_made_of_what_the_library_holds(library: Library):
    documents = [library.document(card.id) for card in library.documents()]
    questions = list(example_questions(library.indicator_values(), documents))
    assert len(questions) >= 4
    assert any(question.startswith("哪些城市") for question in questions)
    assert list(example_questions((), ())) == []
