"""The terms leg finds by characters, numbers and Latin words; filters; follows its writer."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.library.terms import TermsEntry, TermsReader, TermsWriter

ENTRIES = (
    TermsEntry(1, 10, "临江", "方案", "三级公立医院病例组合指数（CMI值）达到1.10以上"),
    TermsEntry(2, 10, "临江", "方案", "县域就诊率稳定在90%以上"),
    TermsEntry(3, 11, "云山", "报告", "三级公立医院CMI值达到1.29"),
    TermsEntry(4, 12, "", "其他", "家庭医生签约服务"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    writer = TermsWriter(tmp_path)
    writer.add(ENTRIES)
    writer.commit()
    writer.close()
    return tmp_path


def keys(found: list[tuple[int, float]]) -> list[int]:
    return [key for key, _ in found]


def test_numbers_latin_and_han_are_found_as_written(path: Path) -> None:
    reader = TermsReader(path)
    assert keys(reader.search("1.29", k=5)) == [3]
    assert keys(reader.search("ＣＭＩ", k=5)) == [3, 1]
    assert keys(reader.search("簽約", k=5)) == [4]
    assert keys(reader.search("1.2", k=5)) == [], "1.2 is not 1.29"
    assert reader.search("？！", k=5) == [] == reader.search("CMI", k=0)


def test_scores_fall_and_repeat_exactly(path: Path) -> None:
    reader = TermsReader(path)
    found = reader.search("三级公立医院CMI值达到", k=5)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert found == TermsReader(path).search("三级公立医院CMI值达到", k=5)


def test_filters_narrow_without_changing_scores(path: Path) -> None:
    reader = TermsReader(path)
    scores = dict(reader.search("三级公立医院", k=5))
    assert reader.search("三级公立医院", k=5, city="云山") == [(3, pytest.approx(scores[3]))]
    assert keys(reader.search("三级公立医院", k=5, kind="方案", city="临江")) == [1]
    assert keys(reader.search("以上", k=5, document=10)) == [2, 1]
    assert reader.search("三级公立医院", k=5, city="云") == []


def test_a_reader_sees_a_commit_after_reload_and_not_before(path: Path) -> None:
    reader = TermsReader(path)
    writer = TermsWriter(path)
    writer.remove_document(10)
    writer.add([TermsEntry(9, 13, "北泉", "方案", "急诊急救")])
    writer.commit()
    assert keys(reader.search("以上", k=5)) == [2, 1]
    reader.reload()
    assert reader.search("以上", k=5) == []
    assert keys(reader.search("急诊", k=5)) == [9]
    assert reader.entries() == {3: 11, 4: 12, 9: 13}
    writer.close()


def test_what_was_not_committed_is_not_there(path: Path) -> None:
    writer = TermsWriter(path)
    writer.add([TermsEntry(9, 13, "北泉", "方案", "急诊急救")])
    del writer
    assert set(TermsReader(path).entries()) == {1, 2, 3, 4}
