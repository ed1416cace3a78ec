"""The form of a reply: title, addressee, 收悉, closing, what is filled in and what is left open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.drafting import Wish, parse_proposal
from assistant.drafting.form import addressee_of, closing, numbered, opening, title_of_reply
from assistant.drafting.letter import put_together

SHEET = """关于办好社区食堂的提案
编号：第12号
届次：市政协三届二次会议
提案人：{proposer}
主办单位：市民政局
会办单位：市财政局、市卫生健康委
建议：
1.增加社区食堂数量。
2.培训护理员。
"""


def words(proposer: str, wish: Wish | None = None) -> tuple[str, str]:
    proposal = parse_proposal(SHEET.format(proposer=proposer))
    wish = wish or Wish(body="云岭市民政局", number=proposal.number, session=proposal.session)
    first = opening(proposal, wish).paragraphs[0].text
    return addressee_of(proposal, wish), first


@pytest.mark.parametrize(
    ("proposer", "addressee", "you"),
    [
        ("王明", "王明委员", "您提出的"),
        ("王明委员", "王明委员", "您提出的"),
        ("陈立、赵敏", "陈立、赵敏委员", "你们提出的"),
        ("周桂英等代表", "周桂英等代表", "你们提出的"),
        ("阿依古丽·买买提", "阿依古丽·买买提委员", "您提出的"),
        ("市工商联", "市工商联", "贵单位提出的"),
        ("市妇联", "市妇联", "贵单位提出的"),
        ("民盟云岭市委员会", "民盟云岭市委员会", "贵单位提出的"),
        ("九三学社", "九三学社", "贵单位提出的"),
    ],
)
def test_a_person_is_a_member_and_a_body_is_none(proposer: str, addressee: str, you: str) -> None:
    found, first = words(proposer)
    assert found == addressee and first.startswith(you)


def test_a_deputy_of_the_congress_is_one() -> None:
    text = SHEET.format(proposer="王海燕").replace("市政协三届二次会议", "市八届人大四次会议")
    proposal = parse_proposal(text)
    wish = Wish(body="云岭市民政局", session=proposal.session, number=proposal.number)
    assert addressee_of(proposal, wish) == "王海燕代表"
    assert title_of_reply(proposal, wish) == "云岭市民政局关于市八届人大四次会议第12号建议答复的函"


def test_the_sheet_names_the_bodies() -> None:
    proposal = parse_proposal(SHEET.format(proposer="王明"))
    assert proposal.body == "市民政局"
    assert proposal.co_bodies == ("市财政局", "市卫生健康委")


def test_received_and_studied_with_others() -> None:
    proposal = parse_proposal(SHEET.format(proposer="王明"))
    wish = Wish(number="第12号", co_bodies=proposal.co_bodies)
    assert opening(proposal, wish).paragraphs[0].text == (
        "您提出的《关于办好社区食堂的提案》（第12号）收悉。"
        "经会同市财政局、市卫生健康委认真研究办理，现答复如下："
    )
    assert closing(proposal, wish).paragraphs[-1].text == "专此函复。"


def test_every_part_is_there_or_left_to_fill_in() -> None:
    proposal = parse_proposal("关于办好社区食堂的建议\n1.建好食堂。\n2.培训护理员。")
    bare = put_together(proposal, Wish(body="〔待补充：答复单位〕"), (), (), ())
    for what in (
        "提案编号",
        "届次",
        "提案人",
        "成文日期",
        "主动公开／",
        "A／B／C",
        "签发人",
        "联系人及电话",
    ):
        assert any(what in mark for mark in bare.placeholders), what
    full = replace(
        bare.wish, body="市民政局", number="第1号", session="市政协一届一次会议", addressee="王明",
        date="2026年5月8日", disclosure="主动公开", category="A", signatory="李明", contact="王芳 1",
    )  # fmt: skip
    left = put_together(proposal, full, (), (), ()).placeholders
    assert left == ("〔待补充：抄送单位〕", "〔待补充：印发日期〕")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [("1048", "第1048号"), ("第1048号", "第1048号"), ("B12", "第B12号"), ("", "")],
)
def test_numbers_of_proposals(given: str, wanted: str) -> None:
    assert numbered(given) == wanted
