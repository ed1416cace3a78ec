"""A library of the corpus, and one of made-up plans of other fields, for questions to the table."""

from __future__ import annotations

from pathlib import Path

from assistant.library import Library
from assistant.settings import load_settings

CORPUS = Path(__file__).parents[2] / "corpus"

_PLAN = """{city}市人民政府办公室关于印发{city}市{topic}实施方案的通知

{mark}政办发〔2023〕{number}号

各县（市、区）人民政府，市政府各部门：

现将《{city}市{topic}实施方案》印发给你们，请认真贯彻执行。

{city}市人民政府办公室
2023年5月{day}日

{city}市{topic}实施方案

一、总体目标
{goals}

二、保障措施
（一）加强领导。{measure}
"""
PLANS = {
    "jiaxing": _PLAN.format(
        city="嘉兴", topic="养老服务与生态环境", mark="嘉", number=11, day=4,
        goals="到2025年，全市护理型床位占比从52%提升到60%，森林覆盖率达到12.5%，老年人助餐点达到800个。"
        "（责任单位：市民政局、市财政局）",
        measure="单位生产总值能耗从0.45吨标准煤/万元下降到0.40吨标准煤/万元。",
    ),
    "shaoxing": _PLAN.format(
        city="绍兴", topic="养老服务与生态环境", mark="绍", number=12, day=9,
        goals="到2025年，全市养老机构护理型床位占比达到58%以上，森林覆盖率持续提升。"
        "（责任单位：市财政局、市民政局）",
        measure="到2027年，老年人助餐点达到650个。",
    ),
    "taizhou": _PLAN.format(
        city="台州", topic="义务教育均衡发展", mark="台", number=13, day=20,
        goals="到2025年，公办义务教育学校集团化办学覆盖率达到95%。（责任单位：市教育局、市财政局）",
        measure="推进养老机构护理型床位建设试点，探索校园安全管理。",
    ),
}  # fmt: skip


def build(directory: Path, corpus: Path) -> Library:
    """Index a corpus into a new library and open it."""
    settings = load_settings(library=directory, corpus=corpus)
    Library.build(directory, settings)
    return Library.open(directory, settings)


def write_plans(root: Path) -> Path:
    """Write the made-up plans; returns the corpus folder."""
    folder = root / "documents"
    folder.mkdir(parents=True)
    for name, text in PLANS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return root
