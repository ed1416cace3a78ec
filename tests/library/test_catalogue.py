"""The catalogue gives back what was put in, to the last field, and fast."""

from __future__ import annotations

import functools
import timeit
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import LibraryError, LibraryMissingError
from assistant.library.catalogue import CATALOGUE_NAME, Catalogue
from assistant.library.catalogue_writer import CatalogueWriter, FileRecord, IndexedPassage
from assistant.library.rows import document_from_record, structure_blob, text_blob
from assistant.types import (
    Cell,
    Damage,
    DamageKind,
    Document,
    DocumentKind,
    Heading,
    IndicatorValue,
    Passage,
    Relation,
    Row,
    Span,
    Table,
    ValueKind,
)

TEXT = "临江市方案\n一、目标\n指标\t2025年\nCMI值\t1.10\n到2025年达到1.10以上。"
DOCUMENT = Document(
    id="d0",
    title="临江市方案",
    kind=DocumentKind.PLAN,
    issuer="临江市人民政府",
    city="临江",
    number="临政发〔2023〕1号",
    index_number="",
    signed=date(2023, 6, 1),
    printed=None,
    published=date(2023, 6, 9),
    source="a.txt",
    text=TEXT,
    outline=(Heading(1, "一、", "目标", Span(6, 10), Span(6, len(TEXT))),),
    tables=(
        Table(
            "指标",
            Span(11, 29),
            ("指标", "2025年"),
            (Row(Span(20, 29), (Cell("CMI值", Span(20, 24), "指标"),)),),
        ),
    ),
    damage=(Damage(Span(6, 8), DamageKind.LOST_RANGE),),
    apparatus=(Span(0, 2),),
)
PASSAGE = Passage(
    "d0:20-29",
    "d0",
    Span(20, 29),
    ("一、目标",),
    TEXT[20:29],
    ("指标", "2025年"),
    (Cell("CMI值", Span(20, 24), "指标"), Cell("1.10", Span(25, 29), "2025年")),
)


def value(**changes: object) -> IndicatorValue:
    fields: dict[str, object] = {
        "city": "临江",
        "indicator": "病例组合指数",
        "name_as_written": "CMI值",
        "scope": "三级公立医院",
        "year": 2025,
        "period": "",
        "kind": ValueKind.TARGET,
        "relation": Relation.AT_LEAST,
        "value": Decimal("1.10"),
        "unit": "",
        "words": "以上",
        "departments": ("市卫生健康委",),
        "document_id": "d0",
        "heading_path": ("一、目标",),
        "span": Span(20, 29),
        "quote": TEXT[20:29],
        "also_at": (Span(30, 40),),
    }
    return IndicatorValue(**{**fields, **changes})  # type: ignore[arg-type]


def put(writer: CatalogueWriter, *values: IndicatorValue, name: str = "a.txt") -> None:
    file = FileRecord(name, "corpus", "sha", "", "f", document_id="d0")
    passages = (IndexedPassage(PASSAGE, b"h"),)
    writer.store(file, DOCUMENT, passages, values, {b"h": b"\0\0"}, "test")


def test_everything_comes_back_as_it_was(tmp_path: Path) -> None:
    writer = CatalogueWriter(tmp_path)
    put(
        writer, value(), value(value=None, relation=Relation.WORDS, words="排名全省前列", year=None)
    )
    reader = Catalogue(tmp_path)
    assert reader.document("d0") == DOCUMENT
    assert reader.passages(["d0:20-29", "nothing"]) == (PASSAGE,)
    assert reader.passages_of("d0") == (PASSAGE,)
    found = reader.indicator_values(cities=["临江"])
    assert found[0] == value()
    assert str(found[0].value) == "1.10", "a decimal keeps its zeros"
    assert found[1].value is None and found[1].year is None
    card = reader.cards()[0]
    assert (card.passages, card.values, card.damage, card.chars) == (1, 2, 1, len(TEXT))
    assert card.issued == date(2023, 6, 1)


@settings(max_examples=60)
@given(
    text=st.text(min_size=1, max_size=200),
    label=st.text(max_size=5),
    kind=st.sampled_from(list(DocumentKind)),
    day=st.none() | st.dates(),
    cut=st.integers(0, 200),
)
def test_any_document_survives_packing(
    text: str, label: str, kind: DocumentKind, day: date | None, cut: int
) -> None:
    middle = Span(0, min(cut, len(text)))
    document = Document(
        "x", label, kind, label, label, label, label, day, day, day, label, text,
        (Heading(1, label, label, middle, middle),),
        (Table(label, middle, (label,), (Row(middle, (Cell(label, middle, label),)),)),),
        tuple(Damage(middle, damage) for damage in DamageKind),
        (middle,),
    )  # fmt: skip
    record = {
        **{name: getattr(document, name) for name in ("id", "title", "issuer", "city", "source")},
        **{name: getattr(document, name) for name in ("number", "index_number")},
        **{name: day.isoformat() if day else None for name in ("signed", "printed", "published")},
        "kind": kind.value,
        "text": text_blob(text),
        "structure": structure_blob(document),
    }
    assert document_from_record(record) == document  # type: ignore[arg-type]


def test_values_are_found_by_every_filter_and_by_all_together(tmp_path: Path) -> None:
    writer = CatalogueWriter(tmp_path)
    one = value()
    other = value(city="云山", year=2023, kind=ValueKind.BASELINE, value=Decimal("0.98"))
    put(writer, one, other)
    assert writer.indicator_values() == (one, other) or writer.indicator_values() == (other, one)
    assert writer.indicator_values(years=[2023]) == (other,)
    assert writer.indicator_values(kinds=[ValueKind.TARGET]) == (one,)
    assert writer.indicator_values(kinds=["baseline"]) == (other,)
    assert writer.indicator_values(cities=["临江"], years=[2023]) == ()
    assert writer.indicator_values(
        indicators=["病例组合指数"], cities=["云山", "临江"], years=[2025]
    ) == (one,)


def test_a_lookup_among_100_000_values_takes_milliseconds(tmp_path: Path) -> None:
    writer = CatalogueWriter(tmp_path)
    many = [
        value(city=f"城{n % 100}", indicator=f"指标{n // 100 % 50}", year=2015 + n // 5000 % 20)
        for n in range(100_000)
    ]
    put(writer, *many)
    asked = {"cities": ["城7"], "indicators": ["指标3"], "years": [2025]}
    assert writer.indicator_values(**asked) == (  # type: ignore[arg-type]
        value(city="城7", indicator="指标3", year=2025),
    )
    lookup = functools.partial(writer.indicator_values, **asked)  # type: ignore[arg-type]
    assert min(timeit.repeat(lookup, number=1, repeat=50)) < 0.005


def test_a_changed_document_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    writer = CatalogueWriter(tmp_path)
    put(writer, value())
    before = writer.state().generation
    put(writer)
    assert writer.counts()[:3] == (1, 1, 0)
    assert writer.state().generation > before


def test_keys_are_never_used_twice(tmp_path: Path) -> None:
    writer = CatalogueWriter(tmp_path)
    seen: set[int] = set()
    for _ in range(3):
        put(writer)
        key = writer.document_key("d0")
        assert key is not None and key not in seen
        seen.add(key)
        writer.forget_file("a.txt")


def test_nothing_of_a_failed_transaction_is_kept(tmp_path: Path) -> None:
    writer = CatalogueWriter(tmp_path)
    put(writer)
    broken = IndexedPassage(PASSAGE, b"h")
    file = FileRecord("a.txt", "corpus", "sha", "", "f", document_id="d0")
    with pytest.raises(Exception, match="UNIQUE"):
        writer.store(file, DOCUMENT, (broken, broken), (), {}, "test")
    assert writer.passages_of("d0") == (PASSAGE,)


def test_no_catalogue_and_a_broken_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissingError, match="assistant index"):
        Catalogue(tmp_path)
    (tmp_path / CATALOGUE_NAME).write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryError, match="assistant index"):
        Catalogue(tmp_path).state()
