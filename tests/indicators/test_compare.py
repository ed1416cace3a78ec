"""Comparing cities: who set what, who did not, and what must not be subtracted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant.indicators import (
    Difference,
    Obstacle,
    ahead,
    build_matrix,
    change,
    compare,
    difference,
    shared_indicators,
)
from assistant.types import IndicatorValue, Relation, Span, ValueKind

BASE = IndicatorValue(
    city="甲",
    indicator="四级手术占比",
    name_as_written="四级手术占比",
    scope="三级公立医院",
    year=2025,
    period="",
    kind=ValueKind.TARGET,
    relation=Relation.EQUAL,
    value=Decimal("19"),
    unit="%",
    words="",
    departments=(),
    document_id="d1",
    heading_path=(),
    span=Span(0, 4),
    quote="四级手术",
)
START = replace(BASE, year=2022, kind=ValueKind.BASELINE, value=Decimal("17.56"))
OTHER = replace(BASE, city="乙", scope="全市三甲综合医院", year=None, value=Decimal("20"))
WORDS = replace(BASE, city="丙", value=None, relation=Relation.WORDS, words="逐步提高")


def test_rows_gaps_and_scopes() -> None:
    table = compare((BASE, START, OTHER, WORDS), "四级手术占比", ("甲", "乙", "丙", "丁"))
    assert [row.city for row in table.rows] == ["甲", "乙", "丙"]
    assert table.without_target == ("丁",)
    assert table.scopes_differ and table.scopes == ("三级公立医院", "三甲综合医院")
    assert [row.only_words for row in table.rows] == [False, False, True]
    assert table.rows[0].target(2025) == BASE and table.rows[0].target(2030) is None


def test_the_provinces_average_is_no_value_of_the_city() -> None:
    of_province = replace(START, scope="全省三级公立医院", value=Decimal("19.6"))
    own = replace(BASE, city="海南", scope="全省三级公立医院")
    honours = replace(BASE, indicator="首批示范县", scope="全省", value=Decimal("3"), unit="个")
    table = compare((BASE, START, of_province, own), "四级手术占比", ("甲", "海南"))
    assert table.rows[0].baselines == (START,)
    assert table.rows[1].targets == (own,), "in a province's own document it is"
    matrix = build_matrix((BASE, of_province, honours), ("甲",))
    assert set(matrix.values) == {BASE, honours}


def test_change_and_difference_keep_decimals_and_say_points() -> None:
    row = compare((BASE, START), "四级手术占比", ("甲",)).rows[0]
    moved = change(row)
    assert moved is not None
    assert (moved.value, moved.unit, moved.warnings) == (Decimal("1.44"), "个百分点", ())
    between = difference(OTHER, BASE)
    assert isinstance(between, Difference) and between.warnings == (Obstacle.SCOPES,)


def test_what_cannot_be_subtracted() -> None:
    assert difference(BASE, WORDS) is Obstacle.NO_NUMBER
    assert difference(BASE, replace(OTHER, unit="例")) is Obstacle.UNITS
    assert difference(BASE, replace(OTHER, indicator="微创手术占比")) is Obstacle.INDICATORS


def test_ahead_follows_the_direction_of_the_indicator() -> None:
    assert ahead((BASE, OTHER, WORDS)) == (OTHER,)
    short = replace(BASE, indicator="平均住院日", unit="天", value=Decimal("6.5"))
    long = replace(short, city="乙", value=Decimal("7"))
    assert ahead((short, long)) == (short,)
    assert ahead((BASE, replace(OTHER, unit="例"))) == ()


def test_shared_indicators() -> None:
    assert shared_indicators((BASE, START, OTHER), ("甲", "乙")) == ("四级手术占比",)
    assert shared_indicators((BASE, START), ("甲", "乙")) == ()
