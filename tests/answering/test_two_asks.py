"""Questions that ask two things, and answers that must hold more than the question's words."""

from collections.abc import Iterator

import pytest

from assistant.answering import Assistant
from assistant.library import Library
from assistant.settings import load_settings
from assistant.types import Answer, Status

PLAN = """郴州市推进医疗服务提升实施方案
一、总体目标
力争通过3年努力，全市医疗服务能力明显提升。三级医院日间手术占比从12%提升到26%左右。
全科医生达到4人/万服务人口。聚焦急救、助产和康复等三方面，实施6大子项目。
二、主要任务
（一）建设急救网络
市急救中心牵头建设覆盖城乡的急救网络，新建急救站15个，2026年10月底前建成。
每四万常住人口至少配备一辆救护车。
（市卫生健康委、市财政局按职责分工负责）
（二）改进内部考核
医院每季度开展一次内部考核，考核结果与薪酬分配挂钩。
（三）配备设备
火车站、机场等交通枢纽应当配备自动体外除颤仪。
鼓励商场、影院等公共场所配备自动体外除颤仪。
三、存在的主要问题
优质医疗资源集中在主城区。基层人才仍然短缺。信息系统尚未联通。
"""
REPORT = """株洲市医疗服务工作情况
一、诊疗量
2024年，全市三级医院诊疗量同比下降2.5%，基层医疗卫生机构诊疗量同比增长9.8%。
二、急救
全市建成急救站31个。逐年提升市急救中心服务能力。
三、组织
成立市急救工作领导小组，由副市长周明远任组长。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    files = tmp_path_factory.mktemp("two-asks")
    (files / "plan.txt").write_text(PLAN, "utf-8")
    (files / "report.txt").write_text(REPORT, "utf-8")
    directory, settings = tmp_path_factory.mktemp("two-asks-library"), load_settings()
    Library.build(directory, settings, [files])
    with Library.open(directory, settings) as library:
        yield Assistant(library)


def said(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("郴州的急救网络谁牵头建，要新建多少个急救站？", ("市急救中心牵头", "15")),
        ("郴州要新建多少个急救站，什么时候建成？", ("15", "2026年10月底前")),
        ("郴州内部考核多久开展一次，考核结果怎么用？", ("每季度", "与薪酬分配挂钩")),
        ("郴州多少人口配一辆救护车？", ("每四万常住人口",)),
        ("郴州实施几大子项目？", ("6大子项目",)),
        ("郴州那6个子项目聚焦哪三个方面？", ("急救、助产和康复",)),
        ("郴州急救网络由哪些部门负责？", ("市卫生健康委、市财政局",)),
        ("郴州哪些地方必须配AED？", ("火车站、机场",)),
        ("郴州方案里说存在哪些主要问题？", ("集中在主城区", "人才仍然短缺", "尚未联通")),
        ("郴州日间手术占比提升到26%打算用几年？", ("3年努力", "26%")),
        ("株洲急救工作领导小组谁当组长？", ("周明远",)),
    ],
)
def test_all_that_is_asked_is_told(
    assistant: Assistant, question: str, told: tuple[str, ...]
) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    for words in told:
        assert words in said(answer)
    assert all(s.citations for s in answer.sentences)


@pytest.mark.parametrize(
    ("question", "told", "open_part"),
    [
        ("郴州内部考核多久一次，奖金一共多少元？", "每季度", "奖金一共多少元"),
        ("郴州哪一年开通地铁，要新建多少个急救站？", "15", "郴州哪一年开通地铁"),
    ],
)
def test_what_no_document_tells_is_said_of_its_part_alone(
    assistant: Assistant, question: str, told: str, open_part: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in said(answer)
    [remark] = [s.text for s in answer.sentences if not s.citations]
    assert open_part in remark
    assert "没有" in remark


@pytest.mark.parametrize(
    "question",
    [
        "郴州全市人口有多少？",  # 4人/万服务人口 tells nothing of it
        "株洲哪一年提升市急救中心服务能力？",  # 逐年
        "郴州急救工作领导小组谁当组长？",
        "株洲急救站哪一年开通，归谁管？",
    ],
)
def test_what_is_not_there_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.REFUSED


def test_what_may_be_is_not_told_for_what_must(assistant: Assistant) -> None:
    assert "商场" not in said(assistant.ask("郴州哪些地方必须配AED？"))


def test_a_kind_of_body_takes_the_place_of_another(assistant: Assistant) -> None:
    history = ["株洲2024年三级医院诊疗量同比变化多少？"]
    answer = assistant.ask("那基层的呢？", history)
    assert "9.8%" in said(answer)
    assert answer.status is Status.ANSWERED


def test_how_cities_put_something_is_told_only_where_they_name_it(assistant: Assistant) -> None:
    answer = assistant.ask("急救站两市分别怎么提的？郴州、株洲")
    assert "15个" in said(answer)
    assert "31个" in said(answer)
    answer = assistant.ask("日间手术郴州和株洲各怎么提的？")
    assert "文件中没有找到相应内容的城市：株洲" in said(answer)
