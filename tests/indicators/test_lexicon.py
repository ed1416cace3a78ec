"""The lexicon joins names of one measure and keeps apart what only sounds alike."""

import pytest

from assistant.indicators import Lexicon, find_indicators
from assistant.indicators.lexicon import name_key


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("某市2025年三级公立医院ＣＭＩ值的目标是多少?", ("病例组合指数",)),
        ("cmi目标", ("病例组合指数",)),
        ("病例组合指数（CMI值）和四级手术比例", ("病例组合指数", "四级手术占比")),
        ("四級手術佔比", ("四级手术占比",)),
        (
            "县域就诊率、县域内住院量占比与基层就诊率",
            ("县域就诊率", "县域内住院量占比", "基层就诊率"),
        ),
        ("区县级三级公立医院占比", ("区县级三级公立医院占比",)),
        ("门诊和住院患者满意度", ("门诊和住院患者满意度",)),
        ("员工满意度", ("医务人员满意度",)),
        ("护理型床位占比多少", ("护理型床位占比",)),
        ("PM2.5年均浓度降到多少", ("PM2.5年均浓度",)),
        ("电子病历建设由谁负责", ()),
        ("今天天气怎么样", ()),
    ],
)
def test_names_in_questions(question: str, names: tuple[str, ...]) -> None:
    assert find_indicators(question) == names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("三级公立医院病例组合指数(CMI值)", "病例组合指数"),
        ("三甲综合医院病例组合指数（CMI）值", "病例组合指数"),
        ("医疗服务收入（不含药品、耗材、检查检验收入）占医疗收入比例", "医疗服务收入占比"),
        ("公立医院医务人员满意度", "医务人员满意度"),
        ("智慧医院开工率", ""),
    ],
)
def test_known_names(written: str, name: str) -> None:
    assert Lexicon.load().known(written) == name


def test_every_name_belongs_to_one_indicator() -> None:
    lexicon = Lexicon.load()
    names = [name_key(n) for e in lexicon.entries for n in {e.name, *e.aliases}]
    doubled = {n for n in names if names.count(n) > 1 and len({lexicon.names[n]}) > 1}
    assert not doubled
    for entry in lexicon.entries:
        assert lexicon.known(entry.name) == entry.name


def test_the_lexicon_is_vocabulary_and_no_facts() -> None:
    assert Lexicon.load() is Lexicon.load()
    for entry in Lexicon.load().entries:
        assert not any(
            place in entry.name for place in ("市政府", "省", "湖州", "广州", "天津", "广元")
        )
