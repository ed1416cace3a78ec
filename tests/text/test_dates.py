"""Dates, years and periods as they are really written."""

from datetime import date

import pytest

from assistant.text.dates import find_dates, find_periods, find_years


@pytest.mark.parametrize(
    ("text", "expected", "damaged"),
    [
        ("2023年12月6日印发", date(2023, 12, 6), False),
        ("于 2017 年 12 月 19 日挂牌", date(2017, 12, 19), False),
        ("２０２５年１月２日", date(2025, 1, 2), False),
        ("二〇二三年十二月三十一日", date(2023, 12, 31), False),
        ("二○一八年十月六日", date(2018, 10, 6), False),
        ("成文日期:   2023-10-25", date(2023, 10, 25), False),
        ("2023/10/25 14:55:48", date(2023, 10, 25), False),
        ("2023.10.25", date(2023, 10, 25), False),
        ("20231016", date(2023, 10, 16), True),
        ("办公室          20231019日印发", date(2023, 10, 19), True),
        ("202310月16日", date(2023, 10, 16), True),
    ],
)
def test_dates(text: str, expected: date, damaged: bool) -> None:
    (found,) = find_dates(text)
    assert (found.date, found.damaged) == (expected, damaged)
    assert found.span.of(text).strip()


@pytest.mark.parametrize(
    "text", ["2023年2月30日", "共20239999人", "达到2023.5", "32637万元", "2023-2025"]
)
def test_no_dates(text: str) -> None:
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("到2025年,", [2025]),
        ("２０２５年底", [2025]),
        ("二〇二四年目标", [2024]),
        ("二零二四年", [2024]),
        ("截止到 2018 年 3 月底", [2018]),
        ("(2023—2025年)", [2023, 2025]),
        ("2023年-2025年", [2023, 2025]),
        ("二〇二一—二〇二五年", [2021, 2025]),
        ("20232025年度资金使用计划", [2023, 2025]),
        ("(20238月底前)", [2023]),
        ("（2021-2025年）", [2021, 2025]),
        ("2022年和2023年", [2022, 2023]),
        ("2023-10-25", [2023]),
        ("20231016", [2023]),
        ("国办发〔2021〕18号", []),
        ("下派专家 2004 人次", []),
        ("1048号提案", []),
        ("今年和去年", []),
    ],
)
def test_years(text: str, years: list[int]) -> None:
    assert [f.year for f in find_years(text)] == years


def test_range_keeps_both_ends_and_their_places() -> None:
    text = "在2023—2025年推进"
    first, last = find_years(text)
    assert first.period == last.period == (2023, 2025)
    assert (first.span.of(text), last.span.of(text)) == ("2023", "2025")


def test_lost_dash_is_marked() -> None:
    assert [f.damaged for f in find_years("20232025年")] == [True, True]
    assert [f.damaged for f in find_years("20238月底前")] == [True]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("“十四五”时期", (2021, 2025)),
        ("十三五期间", (2016, 2020)),
        ('"十五五"', (2026, 2030)),
        ("“十二五”以来", (2011, 2015)),
    ],
)
def test_five_year_plans(text: str, period: tuple[int, int]) -> None:
    (found,) = find_years(text)
    assert (found.year, found.period) == (period[1], period)


def test_fifteen_is_no_plan() -> None:
    assert find_years("十五项任务，二十四五个") == ()


def test_bare_years_only_when_asked_for() -> None:
    assert [f.year for f in find_years("湖州2025目标", bare=True)] == [2025]
    assert find_years("湖州2025目标") == ()
    assert find_years("共2,025家、2025.5万元、E2025", bare=True) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("力争通过5年努力，", ["力争通过5年努力"]),
        ("三年内培养100名", ["三年内"]),
        ("用3年左右时间", ["用3年左右时间"]),
        ("未来五年", ["未来五年"]),
        ("2025年内完成", []),
    ],
)
def test_periods(text: str, words: list[str]) -> None:
    assert [f.words for f in find_periods(text)] == words
