"""Whatever the text, extraction ends, quotes verbatim, and says nothing without a place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.documents import Loaded, parse
from assistant.indicators import extract
from assistant.types import Relation

WORDS = """
到2025年 ， 。 、 ； 和 及 分别 达到 从 提升到 由 20% 30%以上 5个 １２家 1：2 2-3个 三成 百名 10万元
4.1万元/人.年 新增 建成 覆盖率 比例 公立医院 二级和三级 （已在5个区上线） (包括1个,下同) 一是 其中 均 各
全覆盖 排名全省前列 持续提升 “十四五”期间 截至2022年底 三年内 每年 的 为 占 同比增长 环比下降 的标准
的基础上 中 〔市教育局、市财政局负责〕 第3名 5G
"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text(text: str) -> None:
    document = parse(Loaded(f"某市实施方案\n\n一、目标\n{text}\n"), source="a.txt")
    for value in extract(document):
        assert document.text[value.span.start : value.span.end] == value.quote
        assert value.name_as_written.strip() and value.indicator.strip()
        assert (value.value is None) == (value.relation is Relation.WORDS)
        assert value.value is not None or value.words
        for place in value.also_at:
            assert 0 <= place.start < place.end <= len(document.text)
