"""Numbers are read whole, and only damage that is known supports what is not written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eval.figures import contains, number_tokens, says, stated_numbers, supported_tokens


def test_numbers_keep_their_digits_without_thousands_commas() -> None:
    text = "安排基本公共卫生服务经费 38,653 万元，CMI值达到1.10,四级手术占比１９％"
    assert number_tokens(text) == ("38653", "1.10", "19")


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("CMI值达到1.1;医疗费用", "1.1", True),
        ("CMI值达到1.15", "1.1", False),
        ("达到21.1", "1.1", False),
        ("17.56\n18\n18.5", "17.56", True),
        ("1\n1", "11", False),
        ("提升到25% 左右", "25%左右", True),
        ("提升到125%左右", "25%左右", False),
        ("网格化布局4 个紧密型", "网格化布局4个", True),
        ("144 个", "44", False),
    ],
)
def test_forbidden_words_are_matched_with_whole_numbers(text: str, words: str, said: bool) -> None:
    assert says(text, words) is said


def test_items_are_matched_by_key_without_spaces() -> None:
    assert contains("２０１７ 年１２ 月 19 日，挂牌", "2017年12月19日")
    assert not contains("争取人才", "争取人才公寓")


def test_lost_dashes_and_separators_support_their_parts() -> None:
    assert supported_tokens("20232025年度资金使用计划") >= {"2023", "2024", "2025"}
    assert supported_tokens("(一)动员部署(20238月底前)") >= {"2023", "8"}
    assert supported_tokens("印发20231019") >= {"2023", "10", "19"}
    assert "2024" not in supported_tokens("2023年和2025年")


def test_stated_numbers_read_digits_and_chinese_numerals() -> None:
    values = {number.value for number in stated_numbers("建立十项制度，达到1.10，共233家")}
    assert values >= {Decimal(10), Decimal("1.1"), Decimal(233)}
