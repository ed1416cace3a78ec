"""Numbers that stand beside the point: each question has one in reach that is no answer to it."""

from collections.abc import Iterator

import pytest

from assistant.answering import Assistant
from assistant.library import Library
from assistant.settings import load_settings
from assistant.types import Answer, Status

INSURANCE = """衡阳市整合城乡居民医疗保险问答
一、筹资
城乡居民医保由个人缴费和财政补助组成，城乡居民按规定参保。
二、待遇
城乡居民医保住院，一级医疗机构起付标准200元，三级医疗机构起付标准700元。城乡居民在定点医院住院按规定报销。
城乡居民个人累计负担超过大病保险起付标准2万元的部分，由大病保险按60%支付，城乡居民最高支付限额为30万元。
全市城乡居民统一确定22种慢性病。
参保的城乡居民自然分娩补助1100元，剖宫产补助1500元。
"""
HOSPITALS = """邵阳市卫生健康工作要点
一、质量
加强质量控制中心建设，落实十八项核心制度。培养的精神科规培医师数量占全省一半以上，建成全省规模最大的出生队列研究平台。
二、项目
启动邵阳县中医医院搬迁，规划床位400张，6月开工。市急救中心2025年10月竣工。
每3万人口配备1辆救护车。电子病历达到5级的医院有10家。
市级财政三年统筹安排学科建设专项资金3.6亿元，其中2024年1亿元、2025年1.2亿元、2026年1.4亿元。
审评第二类医疗器械压缩至40个工作日。
优化公交线路242条，乡镇卫生院覆盖剩余47所。平均住院日2025年降至7.8天。
居民停业报告应当在停业六十日前提交。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    files = tmp_path_factory.mktemp("beside")
    (files / "insurance.txt").write_text(INSURANCE, "utf-8")
    (files / "hospitals.txt").write_text(HOSPITALS, "utf-8")
    directory, settings = tmp_path_factory.mktemp("beside-library"), load_settings()
    Library.build(directory, settings, [files])
    with Library.open(directory, settings) as library:
        yield Assistant(library)


def said(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    "question",
    [
        "邵阳一共设了多少个质量控制中心？",  # eighteen rules
        "衡阳城乡居民大病保险个人要缴多少钱？",  # what exceeds 2万元
        "衡阳统一确定的22种慢性病是哪些病？",
        "邵阳县中医医院搬迁哪年竣工？",  # begun in June
        "邵阳市急救中心什么时候开工？",  # done in October
        "邵阳有多少辆救护车？",  # for each 30,000
        "邵阳电子病历达到6级的医院有几家？",
        "邵阳第三类医疗器械审评要多少个工作日？",
        "邵阳有多少条地铁线路？",
        "邵阳乡镇卫生院有多少所？",  # those that are left
        "衡阳职工住院起付标准三级医疗机构多少元？",  # the text is on residents
    ],
)
def test_a_number_of_something_else_is_no_answer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.REFUSED


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("邵阳县中医医院搬迁几月开工？", "6月开工"),
        ("邵阳市急救中心什么时候建成？", "10月竣工"),
        ("邵阳每3万人要配几辆救护车？", "1辆"),
        ("邵阳电子病历达到5级的医院有几家？", "10家"),
        ("邵阳第二类医疗器械审评要多少个工作日？", "40个工作日"),
        ("邵阳优化了多少条公交线路？", "242条"),
        ("衡阳居民大病保险起付标准是多少？", "2万元"),
        ("衡阳居民住院三级医疗机构起付标准多少元？", "700元"),
        ("衡阳剖腹产补助多少？", "1500元"),
        ("邵阳培养的精神科规培医生占了全省多大份额？", "一半以上"),
        ("邵阳出生队列研究平台规模有多大？", "规模最大"),
        ("邵阳市级财政2025年安排多少学科建设专项资金？", "1.2亿元"),
        ("邵阳平均住院日2025年要降到几天？", "7.8天"),
        ("邵阳停业最晚要提前多少天报告？", "六十日前"),
    ],
)
def test_what_is_asked_is_told(assistant: Assistant, question: str, stated: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert stated in said(answer)
