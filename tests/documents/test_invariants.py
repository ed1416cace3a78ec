"""Properties of every document: spans are right, nothing overlaps, nothing is lost."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from corpus_documents import CORPUS, NAMES, corpus, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.documents import load, parse, split
from assistant.types import Document

SENTENCES = (
    "到2025年，覆盖率达到90%以上。", "加强组织领导，落实工作责任。", "一是完善机制；二是强化监督；三是总结推广。",
    "“十四五”期间投入资金1.2亿元，其中市级财政3000万元。", "（责任单位：市民政局、市财政局）", "具体任务如下：",
    "推进医疗、医保、医药联动改革", "〔市卫生健康委、各区人民政府按职责分工负责〕", "x", "•年，有力支", "20232025年",
    "⼈⺠健康水平不断提高。", "合计　12　345.6 万元。", "<script>alert(1)</script>", "http://example.cn/a?b=1",
)  # fmt: skip
LABELS = (
    "", "", "", "一、", "二、", "（一）", "（二）", "1.", "2．", "3、", "（1）", "①", "第一章　", "第二条　", "附件1", "附件：", "# ", "## ",
)  # fmt: skip
CELLS = (
    "序号", "指标", "单位", "2022年", "2025年", "责任单位", "备注", "1", "2", "3", "90.5", "—", "%", "市教育局", "入园率", "类别", "目标值", "基", "础",
)  # fmt: skip
HEADS = (
    "云溪市人民政府办公室关于印发健康方案的通知", "云政办发〔2023〕5号", "各区人民政府：", "云溪市民政局", "2023年10月16日",
    "索引号：1234", "发布日期：2023-10-16", "当前位置：首页 > 公开", "抄送：市委，市人大。", "附件下载", "— 3 —",
)  # fmt: skip

paragraphs = st.builds(
    lambda label, sentences: label + "".join(sentences),
    st.sampled_from(LABELS),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6),
)
lines = st.one_of(
    paragraphs,
    paragraphs,
    st.sampled_from(CELLS),
    st.sampled_from(HEADS),
    st.sampled_from(["", "  ", "\u3000\u3000", "\ufeff", "\xa0"]),
    st.text(max_size=30),
)
texts = st.builds(
    lambda parts, gaps: "".join(part + gap for part, gap in zip(parts, gaps, strict=False)),
    st.lists(lines, max_size=60),
    st.lists(st.sampled_from(["\n", "\n\n", "\n\n\n"]), min_size=60, max_size=60),
)


def check(document: Document, max_chars: int) -> None:
    text = document.text
    passages = split(document, max_chars=max_chars)
    for passage in passages:
        assert passage.span.of(text) == passage.text
        assert passage.text.strip() == passage.text != ""
        assert passage.is_row or len(passage.text) <= max_chars
        assert not any(passage.span.overlaps(span) for span in document.apparatus)
    for before, after in pairwise(passages):
        assert before.span.end <= after.span.start
    assert len({passage.id for passage in passages}) == len(passages)
    check_outline(document)
    check_tables(document)
    for damage in document.damage:
        assert damage.span.of(text).strip()


def check_outline(document: Document) -> None:
    for before, after in pairwise(document.outline):
        assert before.span.start < after.span.start
        assert after.level <= before.level + 1
    for heading in document.outline:
        assert heading.section.contains(heading.span)
        assert heading.span.of(document.text).strip()
        assert heading.level >= 1
        assert heading.label or heading.title


def check_tables(document: Document) -> None:
    for table in document.tables:
        for before, after in pairwise(table.rows):
            assert before.span.end <= after.span.start
        for row in table.rows:
            assert table.span.contains(row.span)
            for cell in row.cells:
                assert cell.span.of(document.text) == cell.text
                assert cell.header == "" or cell.header in table.header or not table.header


def uncovered(document: Document) -> str:
    """Return the words that are in no passage, no apparatus and no table, without blanks."""
    left = list(document.text)
    covered = [passage.span for passage in split(document, max_chars=320)]
    for span in (*covered, *document.apparatus, *(table.span for table in document.tables)):
        left[span.start : span.end] = " " * len(span)
    return "".join("".join(left).split())


@pytest.mark.parametrize("max_chars", [80, 320, 2000])
@pytest.mark.parametrize("name", NAMES)
def test_the_corpus(name: str, max_chars: int) -> None:
    check(corpus(name), max_chars)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_corpus_is_lost(name: str) -> None:
    document = corpus(name)
    annexes = "".join(
        heading.span.of(document.text) for heading in document.outline if heading.label[:1] == "附"
    )
    left = uncovered(document).replace("#", "")
    assert left in "".join(annexes.split())  # the heads of annexes that are tables


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(texts, st.integers(min_value=80, max_value=600))
def test_generated_documents(text: str, max_chars: int) -> None:
    check(read(text), max_chars)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(paragraphs, min_size=3, max_size=40))
def test_every_sentence_of_a_generated_document_is_in_a_passage(parts: list[str]) -> None:
    document = read("某市健康工作方案\n" + "\n".join(parts))
    text = "\n".join(passage.text for passage in split(document, max_chars=320))
    for sentence in SENTENCES[:4]:
        assert text.count(sentence) == document.text.count(sentence)


@settings(max_examples=100)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    check(read(text), 80)


def test_parsing_and_splitting_are_fast() -> None:
    loaded = [load(CORPUS / name, max_bytes=10**7) for name in NAMES]
    seconds, passages = float("inf"), 0
    for _ in range(5):
        start = time.process_time()
        passages = sum(
            len(split(parse(each, source=name), max_chars=320))
            for name, each in zip(NAMES, loaded, strict=True)
        )
        seconds = min(seconds, time.process_time() - start)
    assert passages / seconds > 1000  # 2,000 a second on an idle core
