"""How facts are said: rules as rules, full-width marks, one name for a document, table values in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from canteen_documents import HOSTILE

from assistant.drafting import Coverage, Draft, Drafter, Role, Wish
from assistant.drafting.composing import short
from assistant.drafting.items import without_label
from assistant.drafting.texts import markdown, quoted
from assistant.drafting.topics import asides_of
from assistant.drafting.word import _in_two_lines
from assistant.drafting.wording import full_width
from assistant.library import Library
from assistant.settings import load_settings
from assistant.types import Citation, Span

RULES = """云岭市社区食堂管理办法
云民规〔2024〕3号
第一条 为规范社区食堂管理，制定本办法。
第二条 社区食堂应当公示菜价和原料来源，接受社区老人监督；
第三条 对社区食堂的就餐补贴每餐不低于4元。
云岭市民政局
2024年3月14日
"""
PLAN = """松江口市社区食堂三年行动方案
松政〔2024〕1号
一、主要目标
在此基础上,新建社区食堂40个,"银发餐桌"覆盖60个社区(不含农村)。
二、就餐补贴
社区食堂就餐补贴由区级财政承担,每餐2元。
松江口市人民政府
2024年2月1日
"""
ASKED = "关于社区食堂的提案\n提案人：王明\n建议：\n1.新建社区食堂。\n2.提高社区食堂就餐补贴。\n"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """A draft over rules of one city and a plan of another."""
    files = tmp_path_factory.mktemp("rules")
    (files / "rules.txt").write_text(RULES, "utf-8")
    (files / "plan.txt").write_text(PLAN, "utf-8")
    settings = load_settings(library=files / "library")
    Library.build(settings.library, settings, sorted(files.glob("*.txt")))
    with Library.open(settings.library, settings) as library:
        return Drafter(library).draft(ASKED, Wish(city="云岭"))


def words_of(draft: Draft, role: Role) -> list[str]:
    return [p.text for part in draft.sections for p in part.paragraphs if p.role == role]


def test_a_rule_in_force_is_said_as_a_rule_and_no_plan(draft: Draft) -> None:
    done = "".join(words_of(draft, Role.DONE))
    assert "《云岭市社区食堂管理办法》规定，" in done
    assert "就餐补贴每餐不低于4元" in done and "第三条" not in done and "；" not in done
    assert all("4元" not in text for text in words_of(draft, Role.PLAN))


def test_another_city_names_its_document_once(draft: Draft) -> None:
    first, second = words_of(draft, Role.ELSEWHERE)
    assert first.startswith("松江口市在《松江口市社区食堂三年行动方案》中提出：新建社区食堂40个，")
    assert "“银发餐桌”覆盖60个社区（不含农村）" in first
    assert second.startswith("松江口市提出：")
    assert all(s.support in ("supported", "form", "placeholder") for s in draft.sentences)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ('坚持"一盘棋",统筹推进(含县区);', "坚持“一盘棋”，统筹推进（含县区）；"),
        ("投入1,000万元,占2:1", "投入1,000万元，占2:1"),
        ("三级医院CMI达到1.10,占比5%", "三级医院CMI达到1.10，占比5%"),
        ('只有半个"引号', '只有半个"引号'),
        ("COVID-19, SARS", "COVID-19, SARS"),
    ],
)
def test_marks_beside_han_are_full_width(words: str, wanted: str) -> None:
    assert full_width(words) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("第六条 各区应当合理布局。", "各区应当合理布局。"),
        ("第三十条　补贴由市承担。", "补贴由市承担。"),
        ("第六条规定的补贴由市承担。", "第六条规定的补贴由市承担。"),
        ("一是加强培训。", "加强培训。"),
    ],
)
def test_labels_are_no_part_of_a_sentence(words: str, wanted: str) -> None:
    assert without_label(words) == wanted


def test_a_long_topic_is_headed_by_its_first_clause() -> None:
    assert short("优化预约挂号流程，缩短老年患者等候时间，保留窗口") == "优化预约挂号流程"
    assert short("推行日间手术，缩短平均住院日") == "推行日间手术，缩短平均住院日"


def test_what_is_asked_beside_the_topic() -> None:
    text = "提升诊治能力。加强重点专科建设，提高四级手术占比，减少外转。"
    assert asides_of(text, "提升诊治能力") == ("加强重点专科建设", "提高四级手术占比")


def test_a_title_of_two_lines_breaks_between_words() -> None:
    long = "湖州市卫生健康委关于市政协九届四次会议第086号提案答复的函"
    assert _in_two_lines(long) == "湖州市卫生健康委关于\n市政协九届四次会议第086号提案答复的函"
    longer = "广州市卫生健康委关于市政协十四届三次会议第2031号提案答复的函"
    assert _in_two_lines(longer) == "广州市卫生健康委关于市政协十四届三次会议\n第2031号提案答复的函"
    assert _in_two_lines("市民政局关于第1号提案答复的函") == "市民政局关于第1号提案答复的函"


def test_a_cited_row_keeps_its_cells_apart(library: Library) -> None:
    row = Citation(1, "d", "p", Span(0, 1), "四级手术比例(%)\n17.56\n18\n18.5", ())
    assert quoted(row) == "四级手术比例(%)｜17.56｜18｜18.5"
    prose = Citation(1, "d", "p", Span(0, 1), "推进医疗\n资源\n均衡布局。", ())
    assert quoted(prose) == "推进医疗资源均衡布局。"


def test_values_of_indicators_that_are_asked_for_are_said(
    drafter: Drafter, library: Library
) -> None:
    text = "关于提升能力的提案\n建议：\n1.提升疑难危重症诊治能力。提高四级手术占比。\n2.加装电梯。"
    draft = drafter.draft(text, Wish(city="湖州"))
    plan = "".join(words_of(draft, Role.PLAN))
    assert "2022年基期为17.56%" in plan and "2025年目标为19%" in plan
    assert [p.coverage for p in draft.points] == [Coverage.PARTLY, Coverage.MISSING]
    titles = {card.id: card.title for card in library.documents()}
    assert "17.56｜18｜18.5｜19" in markdown(draft, titles)


def test_orders_to_a_machine_are_no_facts(tmp_path: Path) -> None:
    (tmp_path / "hostile.txt").write_text(HOSTILE, "utf-8")
    settings = load_settings(library=tmp_path / "library")
    Library.build(settings.library, settings, [tmp_path / "hostile.txt"])
    with Library.open(settings.library, settings) as library:
        draft = Drafter(library).draft(
            "关于社区食堂检查的提案\n建议：\n1.社区食堂数量要检查。\n2.社区食堂检查要覆盖街道。",
            Wish(city="云岭"),
        )
    words = "".join(s.text for s in draft.sentences)
    assert "12个街道" in words
    assert "999" not in words and "system" not in words and "忽略" not in words
