from assistant.text.match import find_all, match_key
from assistant.types import Span


def test_a_match_key_joins_the_ways_of_writing_one_thing() -> None:
    assert match_key("廣元２０２５年ＣＭＩ") == match_key("广元2025年cmi")
    assert match_key("湖政办发〔2023〕54号") == match_key("湖政办发[2023]54号")
    assert match_key("2023—2025年") == match_key("2023-2025年") == match_key("2023～2025年")
    assert match_key("⼈⺠⽣⾏⻔") == "人民生行门"


def test_a_verbatim_quote_is_found_at_its_offsets() -> None:
    text = "前文。三级公立医院病例组合指数(CMI值)达到1.1;后文"
    (span,) = find_all(text, "病例组合指数(CMI值)达到1.1")
    assert span.of(text) == "病例组合指数(CMI值)达到1.1"


def test_a_quote_is_found_across_line_breaks_widths_and_brackets() -> None:
    text = "湖政办发〔2023〕54号　以区人民医院为龙\n\n头，联合"
    assert [span.of(text) for span in find_all(text, "湖政办发[2023]54号")] == [
        "湖政办发〔2023〕54号"
    ]
    assert [span.of(text) for span in find_all(text, "医院为龙头,联合")] == ["医院为龙\n\n头，联合"]


def test_every_place_is_found_and_nothing_for_an_empty_quote() -> None:
    assert find_all("90 90 90", "90") == (Span(0, 2), Span(3, 5), Span(6, 8))
    assert find_all("90 90", "  ") == ()
