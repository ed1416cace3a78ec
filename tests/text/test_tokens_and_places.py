from assistant.text.places import city_of, find_misspelt, find_places
from assistant.text.tokens import is_proper_name, names_a_place, names_a_thing, terms, words

CITIES = ("湖州", "广元", "广州", "天津")


def test_terms_are_characters_bigrams_numbers_and_latin_words() -> None:
    assert terms("CMI值达1.10") == ["cmi", "值", "达", "值达", "1.10"]
    assert terms("ＣＭＩ") == terms("cmi")


def test_words_come_from_the_segmenter() -> None:
    assert "医疗" in words("医疗 服务，收入") and "，" not in words("医疗 服务，收入")


def test_places_are_found_longest_first_with_their_city() -> None:
    found = find_places("德清县和花都区、杭州市直属医院")
    assert [(place.name, place.city) for place in found] == [
        ("德清", "湖州"), ("花都", "广州"), ("杭州", "杭州"),
    ]  # fmt: skip
    assert city_of("四川省人民政府") == "" and city_of("广元市人民政府办公室") == "广元"


def test_typing_errors_and_pinyin_find_the_city_that_is_meant() -> None:
    assert [m.city for m in find_misspelt("湖洲的CMI", CITIES)] == ["湖州"]
    assert [m.city for m in find_misspelt("guang yuan市呢", CITIES)] == ["广元"]
    assert [m.city for m in find_misspelt("广圆呢", CITIES)] == ["广元"]
    assert [m.city for m in find_misspelt("天律市", CITIES)] == ["天津"]


def test_another_real_place_is_no_typing_error() -> None:
    assert find_misspelt("杭州市和广安市", CITIES) == ()


def test_a_person_has_a_surname_and_a_short_name() -> None:
    assert is_proper_name("李建国") and is_proper_name("王小明")
    assert not is_proper_name("养老") and not is_proper_name("申请专利")
    assert names_a_thing("养老") and not is_proper_name("养老")


def test_a_place_is_told_by_its_end() -> None:
    assert names_a_place("县里") and names_a_place("境内") and not names_a_place("泵站")
