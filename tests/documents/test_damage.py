"""Damage: what the source lost is found; healthy documents raise no alarm."""

from __future__ import annotations

import pytest
from corpus_documents import corpus, read

from assistant.types import DamageKind


def damage(text: str) -> list[tuple[DamageKind, str]]:
    return [(each.kind, each.span.of(text)) for each in read(text).damage]


def test_the_holes_of_the_2018_reply() -> None:
    document = corpus("guangzhou-proposal-1048-reply-2018.txt")
    found = [(each.kind, each.span.of(document.text)) for each in document.damage]
    assert len(found) == 3
    assert found[0][0] is DamageKind.STRAY_LINES
    assert "400 元/人" in found[0][1]
    assert "•年，有力支" in found[0][1]
    assert found[1] == (DamageKind.STRAY_LINES, "一深圳罗湖模式”")
    assert found[2] == (DamageKind.CUT_SHORT, "城乡居民医疗保险为")


def test_the_lost_signs_of_huzhou() -> None:
    document = corpus("huzhou-implementation-plan-2023.txt")
    ranges = [
        each.span.of(document.text)
        for each in document.damage
        if each.kind is DamageKind.LOST_RANGE
    ]
    signs = {
        each.span.of(document.text)
        for each in document.damage
        if each.kind is DamageKind.LOST_SYMBOL
    }
    assert ranges == ["20232025", "20232025"]
    assert {"20238", "20239", "20259", "202510", "9092", '"2N"', "DRGDIP", "20231016"} <= signs
    assert {"级指标", "出指标", "意度指标"} <= signs
    assert {each.kind for each in document.damage} == {
        DamageKind.LOST_RANGE,
        DamageKind.LOST_SYMBOL,
    }


@pytest.mark.parametrize(
    "name",
    [
        "guangyuan-implementation-plan-2023.txt",
        "guangzhou-self-evaluation-report.txt",
        "tianjin-promotion-action-plan.txt",
    ],
)
def test_healthy_documents_of_the_corpus(name: str) -> None:
    assert corpus(name).damage == ()


BROKEN = """某答复
一、养老保障
（一）补贴标准。近年来不断提高补贴，将高龄老人津贴发放标准由每人每月 80 元

0年提高到

•元，惠及全

市老人；同时扩大发放范围。
（二）护理补贴。对失能老人发放护理补贴，一级失能老人每人每月200元，二级失能老人为
（三）其他事项。其余按规定办理。
"""


def test_other_holes_of_the_same_shapes() -> None:
    kinds = [kind for kind, _ in damage(BROKEN)]
    assert kinds == [DamageKind.STRAY_LINES, DamageKind.CUT_SHORT]
    assert damage(BROKEN)[1][1] == "二级失能老人为"


@pytest.mark.parametrize(
    ("clause", "lost", "kind"),
    [
        ("实施期为20212023年。", "20212023", DamageKind.LOST_RANGE),
        ("于20246月底前完成。", "20246", DamageKind.LOST_SYMBOL),
        ("群众满意度达到8590%。", "8590", DamageKind.LOST_SYMBOL),
        ("满意度稳定在9095以上。", "9095", DamageKind.LOST_SYMBOL),
        ("构建“1N”服务网络。", "“1N”", DamageKind.LOST_SYMBOL),
        ("增幅控制在15.216.8%之间。", "15.216.8", DamageKind.LOST_SYMBOL),
    ],
)
def test_lost_signs(clause: str, lost: str, kind: DamageKind) -> None:
    assert damage(f"某方案\n一、目标\n{clause}\n") == [(kind, lost)]


HEALTHY = """云溪市人民政府办公室关于印发云溪市健康行动方案的通知
云政办发〔2023〕54号
各区人民政府：
现将《云溪市健康行动方案（2023—2025年）》印发给你们，请认真贯彻执行。
云溪市人民政府办公室
2023年10月16日
云溪市健康行动方案
（2023—2025年）
为提高健康水平，制定本方案。
一、总体要求
（一）指导思想。坚持以人民健康为中心，推动卫生健康工作从“以治病为中心”向“以健康为中心”转变，不断提高人民群众的健康

水平和生活质量，为经济社会发展提供有力支撑。
（二）工作目标
到2025年，人均预期寿命达到80.2岁以上，1200张以上床位的医院全部达标，居民健康素养水平达到35%，满意度达到90%以上
二、重点任务
（一）优化服务
推广“1+N”服务模式，实行DRG/DIP付费，投入2000万元，建设3540平方米业务用房，2023年8月底前完成。
（二）加强监管
落实“四个最严”要求
三、保障措施
加强领导，落实责任，形成合力
附件：1.任务分工表
2.联系人名单
云溪市人民政府办公室
2023年10月16日
"""


def test_a_healthy_document_raises_no_alarm() -> None:
    assert damage(HEALTHY) == []


def test_a_page_break_in_mid_sentence_is_healthy() -> None:
    text = "某报告\n一、进展\n以区人民医院、市中西医结合医院为龙\n\n头，联合二级和基层医疗机构，组建紧密合作医联体，推动资源下沉。\n"
    assert damage(text) == []


def test_a_page_number_in_mid_sentence_is_healthy() -> None:
    text = "某报告\n一、进展\n以县医院为龙头，组建紧密型医共体，推动形成资源共享的\n— 3 —\n一体化服务体系，提高服务能力。\n"
    assert damage(text) == []
