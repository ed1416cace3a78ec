"""The words that carry a question's subject, and what each is found as."""

from __future__ import annotations

from pathlib import Path

import pytest

import assistant.retrieval.keywords
from assistant.retrieval.keywords import Keyword, keywords
from assistant.text.match import match_key
from assistant.text.tokens import words

_VOCABULARY = Path(assistant.retrieval.keywords.__file__).parent


def _lines(name: str) -> list[str]:
    lines = (_VOCABULARY / name).read_text(encoding="utf-8").splitlines()
    return [match_key(line) for line in lines if line and not line.startswith("#")]


def _keyword(question: str, word: str) -> Keyword:
    return next(keyword for keyword in keywords(question) if keyword.word == word)


@pytest.mark.parametrize(
    ("question", "word", "form"),
    [
        ("对医闹有什么措施？", "医闹", "涉医违法"),
        ("孩子在哪里打疫苗？", "打疫苗", "接种"),
        ("救护车多久到？", "救护车", "院前急救"),
        ("一把手要担什么责任？", "一把手", "主要负责人"),
        ("钱从哪来？", "钱", "资金"),
        ("下一步怎么干？", "下一步", "今后"),
        ("卫健委负责什么？", "卫健委", "卫生健康委"),
        ("卫生健康委员会负责什么？", "卫生健康委员会", "卫健委"),
    ],
)
def test_a_readers_word_is_found_as_the_officials_word(question: str, word: str, form: str) -> None:
    assert form in _keyword(question, word).also


@pytest.mark.parametrize(
    ("question", "word", "form"),
    [
        ("接种服务怎么管理？", "接种", "打疫苗"),
        ("宫颈癌筛查做了多少？", "筛查", "查体"),
        ("医保怎么支付？", "支付", "报"),  # 报 is in 报告
        ("节约了多少能源？", "节约", "省"),  # 省 is a province
        ("监管由谁承担？", "监管", "管"),  # 管 is in 管理
    ],
)
def test_what_goes_one_way_does_not_go_back(question: str, word: str, form: str) -> None:
    assert form not in _keyword(question, word).forms


def _asked() -> set[str]:
    return {word for line in _lines("synonyms.txt") for word in line.partition(">")[0].split()}


def test_words_left_of_the_sign_are_found_for_each_other_but_a_lone_character_never() -> None:
    assert {"黄牛", "号源"} < set(_keyword("号贩子怎么治？", "号贩子").forms)
    right = {word for line in _lines("synonyms.txt") for word in line.partition(">")[2].split()}
    lone = {word for word in _asked() if len(word) == 1} - right
    assert {"管", "省", "报"} <= lone
    for word in _asked():
        assert not lone.intersection(_keyword(word, word).also), word


def test_every_word_asked_with_reaches_the_thesaurus() -> None:
    """A word that is cut apart, blanked out as a word of asking or stopped would never be looked up."""
    assert [word for word in _asked() if words(word) != [word]] == [], "go into text/words.txt"
    lost = [word for word in _asked() if next(iter(keywords(f"{word} 幼儿园"))).word != word]
    assert lost == []


def test_every_line_of_the_thesaurus_says_something() -> None:
    lines = _lines("synonyms.txt")
    assert len(lines) == len(set(lines))
    for line in lines:
        left, sign, right = line.partition(">")
        assert left.split() and (right.split() if sign else len(left.split()) > 1), line
        assert not set(left.split()) & set(right.split()), line
        assert sign or all(len(word) > 1 for word in left.split()), line


def test_filling_words_are_no_subject() -> None:
    found = [keyword.word for keyword in keywords("遇到突发事件这方面一般怎么处置")]
    assert found == ["突发事件", "处置"]
    assert _keyword("突发事件怎么处置", "处置").is_light


def test_a_bracket_names_the_word_before_it_in_another_way() -> None:
    found = {word.word: word.also for word in keywords("职工（医务人员）满意度怎么提高")}
    assert "医务人员" in found["职工"]
    assert "医务人员" not in found
