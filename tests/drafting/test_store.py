"""Kept drafts: every version comes back as it was kept."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from assistant.drafting import Drafter, DraftStore, Wish
from assistant.errors import DocumentNotFoundError
from eval.drafting.measure import load_cases


def test_versions_come_back_whole(drafter: Drafter, tmp_path: Path) -> None:
    store = DraftStore(tmp_path)
    assert store.versions() == ()
    first = drafter.draft(load_cases()[0].text, Wish(city="广州", co_bodies=("市医保局",)))
    second = drafter.draft(load_cases()[0].text, Wish(city="广州", excluded=("d0",)))
    one = store.keep(first)
    two = store.keep(second, name=one.draft)
    assert (one.version, two.version) == (1, 2)
    assert DraftStore(tmp_path).read(one.draft, 1) == first
    assert store.read(one.draft, 2) == second
    assert [kept.version for kept in store.versions()] == [2, 1]


def test_a_draft_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentNotFoundError):
        DraftStore(tmp_path).read("没有", 1)


def test_a_draft_kept_before_a_field_was_added_is_read(drafter: Drafter, tmp_path: Path) -> None:
    store = DraftStore(tmp_path)
    draft = drafter.draft(load_cases()[1].text, Wish(city="广元"))
    kept = store.keep(draft)
    with sqlite3.connect(tmp_path / "drafts.sqlite") as connection:
        (content,) = connection.execute("SELECT content FROM versions").fetchone()
        old = json.loads(content)
        del old["notices"]
        for name in ("pinned", "extractive", "contact", "addressee"):
            del old["wish"][name]
        for name in ("body", "co_bodies"):
            del old["proposal"][name]
        for part in old["sections"]:
            for paragraph in part["paragraphs"]:
                for sentence in paragraph["sentences"]:
                    del sentence["by_hand"]
        connection.execute("UPDATE versions SET content = ?", (json.dumps(old),))
    assert store.read(kept.draft, kept.version) == draft
