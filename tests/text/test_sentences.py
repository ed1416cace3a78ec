from assistant.text.sentences import clauses, sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


def test_a_stop_inside_brackets_does_not_end_a_sentence() -> None:
    text = "建成六个中心。(责任单位:市卫生健康委。列第一的为牵头单位,下同)下一句。"
    assert split(text) == [
        "建成六个中心。",
        "(责任单位:市卫生健康委。列第一的为牵头单位,下同)下一句。",
    ]


def test_a_closing_quote_belongs_to_its_sentence() -> None:
    assert split("他说“好。”然后走了！") == ["他说“好。”", "然后走了！"]


def test_a_page_break_does_not_cut_a_sentence_but_a_heading_does() -> None:
    wrapped = "以区人民医院、市中西医院结合医院为龙头医院的医疗集团正式挂牌成立，以其为龙\n\n头，联合基层。"
    assert split(wrapped) == [wrapped]
    heading = "医保基金支付标准为职工医疗保险七十元每人，城乡居民医疗保险的支付标准为\n\n（四）提升信息化水平。"
    assert len(split(heading)) == 2


def test_cells_on_lines_of_their_own_stay_apart() -> None:
    assert split("重点指标\n\n2022年\n\n90.76") == ["重点指标", "2022年", "90.76"]


def test_clauses_split_at_commas_outside_of_numbers_and_brackets() -> None:
    text = "安排2,422万元，其中(市级,区级)各半；余下次年。"
    assert [span.of(text) for span in clauses(text)] == [
        "安排2,422万元，",
        "其中(市级,区级)各半；",
        "余下次年。",
    ]
