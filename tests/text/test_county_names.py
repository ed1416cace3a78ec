"""Counties by their full names, their short ones, and the city above them."""

import pytest

from assistant.text.counties import city_above, county_of, finest, is_of, label
from assistant.text.county_names import find_counties, spell_counties
from assistant.text.places import find_places


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("江西省赣州市石城县人民政府", "石城县"),
        ("广东省汕头市人民政府", "汕头"),
        ("天津市滨海新区房管局", "滨海新区"),
        ("北京市朝阳区卫生健康委", "北京朝阳区"),  # there is one in 长春, too
        ("阿拉善左旗城管局", "阿拉善左旗"),
        ("浙江省医保局", "浙江"),
    ],
)
def test_the_finest_place_named_is_the_one_kept_under(text: str, kept: str) -> None:
    assert label(finest(find_places(text))[0]) == kept


def test_a_county_lies_in_its_city_and_a_city_in_itself() -> None:
    assert city_above("石城县") == "赣州" and city_above("北京朝阳区") == "北京"
    assert city_above("赣州") == "" and county_of("赣州") is None
    assert is_of("石城县", ("赣州",)) and is_of("赣州", ("赣州",))
    assert not is_of("赣州", ("石城县",)) and not is_of("赣州", ("",))


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("石城的河长多久巡一次河", "石城县的河长多久巡一次河"),
        ("汕头和修水谁高", "汕头和修水县谁高"),
        ("阿左旗几点收垃圾", "阿拉善左旗几点收垃圾"),
        ("阜蒙县的联络员", "阜新蒙古族自治县的联络员"),
        ("滨海的登记中心", "滨海新区的登记中心"),
        ("石城县的河长", "石城县的河长"),
        ("和平发展与新城建设", "和平发展与新城建设"),  # everyday words
        ("阜新的联络员", "阜新的联络员"),  # the city's own name
        ("旗帜飘扬的县城", "旗帜飘扬的县城"),
        ("增城中医院的等级", "增城区中医院的等级"),  # 城中 is a word
        ("阜新县的联络员", "阜新蒙古族自治县的联络员"),
        ("阜蒙县城管局", "阜新蒙古族自治县城管局"),
        ("巴林左旗的牧民", "巴林左旗的牧民"),  # another banner on the left
        ("湖州市中医院的等级", "湖州市中医院的等级"),  # no 市中区
        ("宝山的养老院", "上海宝山区的养老院"),
        ("上海市宝山的养老院", "上海市宝山区的养老院"),
    ],
)
def test_short_names_are_written_out_where_they_are_names(text: str, spelt: str) -> None:
    banners = ("阿拉善左旗", "阜新蒙古族自治县")
    kept = (
        "石城县",
        "修水县",
        *banners,
        "滨海新区",
        "天津和平区",
        "汕头",
        "增城区",
        "市中区",
        "上海宝山区",
    )
    assert spell_counties(text, kept) == spelt


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("花都模式和德清的医保", {"花都": "花都区", "德清": "德清县"}),
        ("安吉县和德清", {"安吉县": "安吉县"}),  # where one is in full, the words in short are none
        ("海盐", {"海盐": "海盐县"}),  # says nothing else
        ("海盐的价格", {}),
        ("资源合作与新华书店", {}),
        ("博士和硕士的资金安排政策", {}),  # 和硕, 金安: parts of words
        ("左旗几点收垃圾", {}),  # there are several
        ("推进老城区改造", {}),
        ("湘西凤凰县和焉耆回族自治县", {"凤凰县": "凤凰县", "焉耆回族自治县": "焉耆回族自治县"}),
        ("焉耆的呢", {"焉耆": "焉耆回族自治县"}),
    ],
)
def test_counties_are_found_as_written(text: str, named: dict[str, str]) -> None:
    assert {county.span.of(text): county.full for county in find_counties(text)} == named


def test_of_several_counties_so_called_it_is_the_one_kept() -> None:
    assert [county.city for county in find_counties("宝山的养老院", ("上海宝山区",))] == ["上海"]
    assert [county.city for county in find_counties("宝山的养老院")] == [""]


def test_a_word_that_is_a_districts_name_counts_behind_its_city_only() -> None:
    assert find_places("推进城区改造和东区建设") == ()
    assert [p.full for p in find_places("晋城市城区卫生局")] == ["晋城市", "城区"]
