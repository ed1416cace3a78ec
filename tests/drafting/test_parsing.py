"""Proposals as people write them: labelled or not, numbered in every way, or not numbered at all."""

from __future__ import annotations

import time

import pytest

from assistant.drafting import parse_proposal
from assistant.errors import QuestionError

HEAD = "关于做好社区养老服务的提案\n编号：第１２号\n"


def topics(text: str) -> list[str]:
    return [point.topic for point in parse_proposal(text).points]


def test_title_number_session_and_proposer() -> None:
    proposal = parse_proposal(
        "关于完善社区养老服务的提案\n编号：第2031号\n届次：市政协十四届三次会议\n"
        "提案人：民盟青禾市委员会\n案情……\n建议：\n一、建好食堂。每区一个。\n二、培训护理员。免费。\n"
    )
    assert proposal.title == "关于完善社区养老服务的提案"
    assert (proposal.number, proposal.session) == ("第2031号", "市政协十四届三次会议")
    assert proposal.proposer == "民盟青禾市委员会"
    assert [point.topic for point in proposal.points] == ["建好食堂", "培训护理员"]


@pytest.mark.parametrize(
    "items",
    [
        "一、建好食堂。\n二、培训护理员。",
        "（一）建好食堂。\n（二）培训护理员。",
        "1.建好食堂。\n2.培训护理员。",
        "１、建好食堂。\n２、培训护理员。",
        "①建好食堂。\n②培训护理员。",
        "一是建好食堂。二是培训护理员。",
        "（1）建好食堂；（2）培训护理员。",
        "建好食堂。培训护理员。",
    ],
)
def test_points_are_found_however_they_are_numbered(items: str) -> None:
    assert topics(f"{HEAD}社区老人多。\n建议：\n{items}") == ["建好食堂", "培训护理员"]


def test_problems_are_no_points() -> None:
    text = f"{HEAD}一、存在问题\n1.床位少。\n2.没有食堂。\n二、建议\n1.建好食堂。\n2.培训护理员。"
    assert topics(text) == ["建好食堂", "培训护理员"]


def test_a_point_stands_where_it_says() -> None:
    text = f"{HEAD}建议：\n1.建好食堂，\n方便老人。\n2.培训护理员。"
    points = parse_proposal(text).points
    assert [point.text for point in points] == ["建好食堂，方便老人。", "培训护理员。"]
    assert [point.span.of(text).replace("\n", "") for point in points] == [p.text for p in points]


@pytest.mark.parametrize(
    "gap",
    ["\n" * 12_000, "  \n" * 8_000, " " * 24_000 + "\n", "案由：甲" + " " * 24_000 + "乙\n"],
    ids=["blank lines", "lines of spaces", "one line of spaces", "a gap in a label's line"],
)
def test_white_space_is_read_once(gap: str) -> None:
    """Quadratic, the quickest of these took 5 s; read once, they take some milliseconds."""
    took = []
    for _ in range(3):
        began = time.perf_counter()
        found = topics(f"{HEAD}{gap}建议：\n1.建好食堂。\n2.培训护理员。")
        took.append(time.perf_counter() - began)
    assert found == ["建好食堂", "培训护理员"]
    assert min(took) < 1


def test_without_any_list_the_title_is_the_point() -> None:
    assert topics("关于建设社区食堂的建议") == ["关于建设社区食堂的建议"]


@pytest.mark.parametrize(("text", "told"), [(" \n", "空"), ("字" * 50_001, "上限")])
def test_what_is_no_proposal_is_refused(text: str, told: str) -> None:
    with pytest.raises(QuestionError, match=told):
        parse_proposal(text)
