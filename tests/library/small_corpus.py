"""Small policy documents of our own, and ways to look at all that a library holds."""

from __future__ import annotations

from pathlib import Path

from assistant.library import Library
from assistant.library.chroma import FOLDER, ChromaVectors
from assistant.library.sync import terms_path
from assistant.library.terms import TermsReader
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"

_BODY = """{city}市卫生健康委员会关于印发{city}市{topic}实施方案的通知

各县（市、区）卫生健康局，市级各医疗卫生单位：
现将《{city}市{topic}实施方案》印发给你们，请认真贯彻执行。

{city}市卫生健康委员会
2023年6月{day}日

{city}市{topic}实施方案

一、总体目标
到2025年，全市{topic}工作取得明显成效，县域内就诊率达到{rate}%以上，三级公立医院CMI值达到1.{day:02d}。

二、主要任务
（一）健全体系。{city}市建立由市级医院牵头的{topic}协作网络，每年组织下派医师不少于{day}人次。
（二）完善制度。各成员单位按照统一标准开展{topic}，实行信息共享、检查结果互认。
（三）加强保障。市财政每年安排{topic}专项经费{money}万元，由市财政局会同市卫生健康委员会管理。

三、组织实施
市卫生健康委员会负责统筹协调，各县（市、区）按季度报送{topic}进展情况。
"""
_CITIES = ("绍兴", "嘉兴", "宁波", "台州", "温州", "衢州", "舟山", "丽水")
_TOPICS = ("分级诊疗", "家庭医生签约", "急诊急救", "中医药服务", "妇幼健康", "智慧医院")


def text_of(number: int, version: int = 0) -> str:
    """Write document ``number`` in one of its versions; no two are the same."""
    return _BODY.format(
        city=_CITIES[number % len(_CITIES)],
        topic=_TOPICS[number // len(_CITIES) % len(_TOPICS)],
        day=number % 27 + 1,
        rate=70 + number % 25,
        money=100 + number + 1000 * version,
    )


def write_corpus(root: Path, count: int) -> Path:
    """Write ``count`` documents to ``root``/documents; returns ``root``."""
    folder = root / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"plan-{number:03d}.txt").write_text(text_of(number), encoding="utf-8")
    return root


def settings_for(corpus: Path, **changes: object) -> Settings:
    """Default settings over another corpus; keyword arguments change single ones."""
    return Settings(corpus=corpus, **changes)  # type: ignore[arg-type]


def contents(library: Library) -> dict[str, object]:
    """All that a reader can see, in a form that compares equal for equal libraries."""
    cards = library.documents()
    return {
        "documents": {card.source: library.document(card.id) for card in cards},
        "passages": {card.source: library.passages_of(card.id) for card in cards},
        "values": sorted(map(repr, library.indicator_values())),
        "files": tuple(sorted((card.source, card.origin) for card in cards)),
        "terms": terms_ids(library),
        "chroma": chroma_ids(library),
        "vectors": vectors(library),
    }


def passage_ids(library: Library) -> set[str]:
    """The ids of all passages of the catalogue."""
    cards = library.documents()
    return {passage.id for card in cards for passage in library.passages_of(card.id)}


def terms_ids(library: Library) -> set[str]:
    """The ids of the passages that tantivy holds, by way of their keys."""
    state = library._catalogue.state()
    held = TermsReader(terms_path(library.directory, state.terms)).entries()
    ids = library._catalogue.ids_of_keys(sorted(held))
    assert set(ids) == set(held), "tantivy holds passages that the catalogue does not have"
    return {passage for passage, _ in ids.values()}


def chroma_ids(library: Library) -> set[str]:
    """The ids that Chroma holds."""
    state = library._catalogue.state()
    url = library.settings.chroma_url
    store = ChromaVectors(library.directory / FOLDER, state.chroma.location, url=url)
    try:
        return store.ids()
    finally:
        store.close()


def vectors(library: Library) -> dict[str, bytes]:
    """Each passage's stored vector."""
    sql = "SELECT p.id, v.vector FROM passages p JOIN vectors v ON v.hash = p.vector"
    return dict(map(tuple, library._catalogue.connection.execute(sql).fetchall()))
