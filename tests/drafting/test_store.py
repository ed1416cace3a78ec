"""Kept drafts: every version comes back as it was kept."""

from __future__ import annotations

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
