"""A library that another process changes while it is asked: no answer tells what was."""

from __future__ import annotations

from pathlib import Path

from assistant.answering import Assistant
from assistant.library import Library
from assistant.settings import load_settings

PLAN = """关于印发护理型床位建设实施方案的通知

各县（市、区）民政局：
现将《护理型床位建设实施方案》印发给你们。

护理型床位建设实施方案

一、总体目标
到2026年，护理型床位占比从52%提升到60%以上，老年人助餐点达到310个。

二、经费
市财政按每个助餐点3万元的标准补助，由市民政局组织验收。
"""


def _say(corpus: Path, city: str) -> None:
    said = f'["plan.txt"]\ntitle = "{city}市护理型床位建设实施方案"\ncity = "{city}"\n'
    (corpus / "catalog.toml").write_text(said, encoding="utf-8")


def test_answers_follow_what_is_said_of_a_document(tmp_path: Path) -> None:
    """The bytes of a document, so its id, are the same; its city and its title are not."""
    corpus = tmp_path / "corpus"
    (corpus / "documents").mkdir(parents=True)
    (corpus / "documents" / "plan.txt").write_text(PLAN, encoding="utf-8")
    settings = load_settings(library=tmp_path / "library", corpus=corpus)
    _say(corpus, "丽水")
    Library.build(settings.library, settings)
    with Library.open(settings.library, settings) as library:
        assistant = Assistant(library)
        for city in ("丽水", "衢州", "台州"):
            _say(corpus, city)
            Library.build(settings.library, settings)  # through no object that this reader knows
            for question in ("护理型床位占比的目标是多少", "每个助餐点补助多少", "谁组织验收"):
                answer = assistant.ask(f"{city}市{question}？")
                assert answer.citations, (city, question, answer.text)
                assert {value.city for value in answer.values} <= {city}
            told = assistant.ask("哪些城市设定了护理型床位占比的目标？分别是多少？")
            assert city in told.text and "60%以上" in told.text
            assert {library.document(c.document_id).city for c in told.citations} == {city}
