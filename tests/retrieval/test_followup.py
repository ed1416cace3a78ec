"""What a question takes from the turns before it."""

import pytest

from assistant.retrieval.followup import resolve


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        (["湖州2025年的CMI目标是多少？"], "那广元呢？", "广元2025年的CMI目标是多少？"),
        (["湖州四级手术占比2025年要达到多少？"], "2023年呢？", "湖州四级手术占比2023年要达到多少？"),
        (["湖州四级手术占比2025年要达到多少？"], "换成二〇二四年呢", "湖州四级手术占比二〇二四年要达到多少？"),
        (["广元的微创手术占比目标是多少？"], "天津有没有定这个指标？", "天津的微创手术占比目标是多少？"),
        (["甲市二级医院智慧服务平均级别要到几级？"], "智慧管理呢？", "甲市二级医院智慧管理平均级别要到几级？"),
        (["湖州的平均住院日目标多少", "那广元呢"], "杭州呢？", "杭州的平均住院日目标多少"),
        (["甲市2027年床位占比目标是多少？"], "2023年底是多少？", "甲市2023年床位占比是多少？"),
        (["甲市2027年床位占比目标是多少？"], "2026年是多少？", "甲市2026年床位占比是多少？"),
        (["甲市2025年床位占比目标是多少？"], "2027年是多少？", "甲市2027年床位占比目标是多少？"),
    ],
)  # fmt: skip
def test_city_year_and_parallel_subject_are_put_in_place(
    history: list[str], question: str, standalone: str
) -> None:
    assert resolve(question, history).standalone == standalone


def test_an_aspect_takes_subject_and_city_several_turns_back() -> None:
    resolved = resolve("牵头单位是谁？", ["湖州财政投入机制改革行动要做什么？", "什么时候完成？"])
    assert resolved.standalone.startswith("湖州财政投入机制改革行动")
    assert resolved.standalone.endswith("牵头单位是谁？")
    assert resolved.focus == resolved.standalone  # 牵头单位是谁 has no subject of its own


def test_a_part_takes_what_it_is_a_part_of() -> None:
    resolved = resolve("其中专科联盟有几个", ["截至2018年3月底广州组建了多少医联体？"])
    assert "广州" in resolved.standalone and "医联体" in resolved.standalone
    assert resolved.focus == "其中专科联盟有几个"


@pytest.mark.parametrize(
    "question", ["花都区在全国率先开展的基层医改是什么改革？", "广元要建成多少家互联网医院？"]
)
def test_a_question_that_stands_alone_takes_nothing(question: str) -> None:
    resolved = resolve(
        question, ["天津怎么评估公立医院高质量发展？", "湖州2025年的CMI目标是多少？"]
    )
    assert resolved.standalone == question == resolved.focus


@pytest.mark.parametrize(
    ("history", "asked", "standalone"),
    [
        (("嘉兴的桐乡市助餐点建了几个",), "海盐呢", "嘉兴的海盐县助餐点建了几个"),
        (("嘉兴的海盐县中医院要创哪一级",), "那平湖的呢？", "嘉兴的平湖市中医院要创哪一级"),
        (("白云区的医疗集团有哪些",), "黄埔区呢", "黄埔区的医疗集团有哪些"),
    ],
)
def test_a_county_stands_in_for_the_county_before(
    history: tuple[str, ...], asked: str, standalone: str
) -> None:
    assert resolve(asked, history).standalone == standalone


@pytest.mark.parametrize(
    ("history", "asked", "standalone"),
    [
        (["嘉兴支持海盐县人民医院创什么等级？"], "这个县的中医院呢，要创到什么等级", "海盐县的中医院呢，要创到什么等级"),
        (["修水的河道谁管？"], "该县水库由谁来管理？", "修水县水库由谁来管理？"),
        (["广州花都区的就诊率多高？", "海盐县几点停水？"], "那个区的医疗集团谁来办？", "花都区的医疗集团谁来办？"),
        (["平湖市几点停水？", "嘉善的呢"], "这个县里的公园几点关门？", "嘉善县里的公园几点关门？"),
        (["阿拉善左旗几点收垃圾？"], "这个旗的垃圾车有几辆？", "阿拉善左旗的垃圾车有几辆？"),
        (["北京市朝阳区几点停水？"], "该区位于哪里，养老院有几家？", "北京朝阳区位于哪里，养老院有几家？"),
        (["海盐县几点停水？"], "该县市场监管局几点开门？", "海盐县市场监管局几点开门？"),
        (["海盐县几点停水？"], "嘉善县比这个县早多少？", "嘉善县比海盐县早多少？"),
        (["海盐县几点停水？"], "嘉善这个县呢？", "嘉善县几点停水？"),
    ],
)  # fmt: skip
def test_this_county_is_the_one_talked_of(history: list[str], asked: str, standalone: str) -> None:
    assert resolve(asked, history).standalone == standalone


@pytest.mark.parametrize(
    "asked",
    [
        "这个区域有几家医院？",
        "那个县级市要建几家医院？",
        "该县级医院要创几级？",
        "该县域内要建几家医院？",
        "这个县城有几家医院？",
        "该区县要建几家医院？",
        "这个区间的票价多少？",
        "应该区分哪些医院？",
        "这个旗舰店几点开门？",
        "这个旗的医院有几家？",  # no banner is talked of
    ],
)
def test_words_that_begin_like_this_county_are_left(asked: str) -> None:
    history = ("广州花都区的就诊率多高？", "嘉兴的海盐县中医院要创哪一级？")
    assert resolve(asked, history).standalone.endswith(asked)


def test_a_talk_of_this_county_goes_on() -> None:
    before = "嘉兴支持海盐县人民医院创什么等级？"
    assert resolve("该县中医院要创几级？", [before]).before == before


def test_the_city_before_the_last_one_is_meant() -> None:
    history = ("嘉兴的助餐点要建几个？", "绍兴的助餐点要建几个")
    found = resolve("再说回前面那个市，它的护理型床位占比呢？", history)
    assert "嘉兴" in found.standalone and "绍兴" not in found.standalone


def test_another_county_takes_the_place_of_the_one_before() -> None:
    found = resolve("那平湖是什么级别？", ("嘉兴的海盐县中医院要创哪一级",)).standalone
    assert "平湖" in found and "海盐" not in found and "中医院" in found


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        (["洛阳2025年新增管网多少？"], "前一年呢？", "洛阳2024年新增管网多少？"),
        (["洛阳2024年新增管网多少？"], "下一年是多少？", "洛阳2025年新增管网多少？"),
        (["泉州接待游客目标？"], "旅游公路要修多少公里？", "泉州旅游公路要修多少公里？"),
        (["泉州接待游客目标？"], "洛阳旅游公路要修多少公里？", "洛阳旅游公路要修多少公里？"),
        (["泉州接待游客目标？"], "哪些城市提出了旅游公路目标？", "哪些城市提出了旅游公路目标？"),
        (["泉州接待游客目标？"], "第118号提案是怎么答复的？", "第118号提案是怎么答复的？"),
        (["洛阳的下一年度预算怎么编？"], "漂流节的下一年度计划有哪些内容？", "洛阳漂流节的下一年度计划有哪些内容？"),
    ],
)  # fmt: skip
def test_a_conversation_keeps_its_place_and_counts_years_from_the_last(
    history: list[str], question: str, standalone: str
) -> None:
    assert resolve(question, history).standalone == standalone


def test_words_that_any_subject_has_take_the_subject_before() -> None:
    resolved = resolve("占比从多少提高到多少？", ["洛阳管护考核怎么定？"])
    assert resolved.standalone == "洛阳管护考核怎么定，占比从多少提高到多少？"


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        (["嘉兴园艺师第一批选送多少人？"], "第二批呢？", "嘉兴园艺师第二批选送多少人？"),
        (["杭州的科技创新策源区面积多大？"], "产业创新承载区呢？", "杭州的产业创新承载区面积多大？"),
        (["嘉兴要建多少公里绿道？"], "农村供水覆盖率呢？", "嘉兴农村供水覆盖率是多少"),
        (["嘉兴要建几个口袋公园？"], "主题文化驿站呢？", "嘉兴主题文化驿站建几个"),
        (["嘉兴的“一键叫车”是怎么回事？"], "绍兴有没有类似的做法？", "绍兴的“一键叫车”是怎么回事？"),
        (["嘉兴的“一键叫车”是怎么回事？"], "柯桥有没有同样的服务", "柯桥区的“一键叫车”是怎么回事？"),
        (["嘉兴住院日目标是多少？", "物价涨幅呢？"], "那绍兴的呢？", "绍兴物价涨幅是多少"),
    ],
)  # fmt: skip
def test_one_subject_stands_in_for_another(
    history: list[str], question: str, standalone: str
) -> None:
    resolved = resolve(question, history)
    assert resolved.standalone == standalone and resolved.repeats


def test_what_follows_a_batch_is_counted_from_it() -> None:
    found = resolve("后面两批各多少人？", ["嘉兴园艺师第一批选送多少人？"]).standalone
    assert "第二批和第三批各多少人" in found and "第一批" not in found and "园艺师" in found
    assert "后面两批" in resolve("后面两批各多少人？", ["嘉兴选送多少人？"]).standalone


def test_a_word_inside_of_another_is_not_replaced() -> None:
    found = resolve("在园幼儿呢？", ["上海2010年幼儿园教职工多少人？"])
    assert "幼儿园教职工" in found.standalone and found.focus == "在园幼儿呢？"


@pytest.mark.parametrize(
    ("history", "question", "goes_on"),
    [
        (["嘉兴公园由谁评估？"], "多久评一次？", True),
        (["嘉兴公园由谁评估？"], "其中老城区多少个？", True),
        (["嘉兴公园由谁评估？"], "绿道密度要达到多少？", True),
        (["嘉兴公园由谁评估？"], "那绍兴呢？", False),
        (["嘉兴2025年新增多少？"], "2026年呢？", False),
        (["嘉兴公园由谁评估？"], "绍兴的绿道密度要达到多少？", False),
        (["嘉兴公园由谁评估？"], "哪些城市提出了绿道目标？", False),
        ([], "嘉兴公园由谁评估？", False),
    ],
)
def test_a_talk_goes_on_where_place_and_year_stay(
    history: list[str], question: str, goes_on: bool
) -> None:
    assert bool(resolve(question, history).before) is goes_on
