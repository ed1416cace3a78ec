"""Metadata is read from the text: of the corpus, and of small documents of the shapes met outside."""

from __future__ import annotations

from datetime import date

import pytest
from corpus_documents import corpus, read

from assistant.documents import CatalogEntry, Loaded, parse, split
from assistant.types import DocumentKind


def test_guangyuan_is_known_by_the_plan_that_its_notice_carries() -> None:
    document = corpus("guangyuan-implementation-plan-2023.txt")
    assert document.title == "广元市推动公立医院高质量发展实施方案"
    assert document.kind is DocumentKind.PLAN
    assert document.issuer == "广元市人民政府办公室"
    assert document.city == "广元"
    assert document.number == ""  # 国办发〔2021〕18号 is only cited
    assert document.signed == date(2023, 12, 6)
    assert document.printed is None
    assert document.published is None


def test_huzhou_keeps_its_three_dates_apart() -> None:
    document = corpus("huzhou-implementation-plan-2023.txt")
    assert document.title == "湖州市国家公立医院改革与高质量发展示范项目实施方案(2023—2025年)"
    assert document.number == "湖政办发〔2023〕54号"
    assert document.index_number == "E95417299-1/2023-00501"
    assert document.issuer == "湖州市人民政府办公室"
    assert document.city == "湖州"
    assert document.signed == date(2023, 10, 25)  # 20231016 has lost its separators
    assert document.printed == date(2023, 10, 19)
    assert document.published == date(2023, 10, 25)


@pytest.mark.parametrize(
    ("name", "title", "kind", "city"),
    [
        (
            "guangzhou-proposal-1048-reply-2018.txt",
            "广州市卫生计生委关于市政协十三届二次会议第1048号单位提案答复的函",
            DocumentKind.REPLY,
            "广州",
        ),
        (
            "guangzhou-self-evaluation-report.txt",
            "广州市公立医院改革与高质量发展示范项目绩效评价自评报告",
            DocumentKind.REPORT,
            "广州",
        ),
        (
            "tianjin-promotion-action-plan.txt",
            "天津市公立医院高质量发展促进行动实施方案",
            DocumentKind.PLAN,
            "天津",
        ),
    ],
)
def test_titles_over_several_lines(name: str, title: str, kind: DocumentKind, city: str) -> None:
    document = corpus(name)
    assert (document.title, document.kind, document.city) == (title, kind, city)
    assert document.number == ""  # 第1048号提案 and cited numbers are none


REPLY_PAGE = """索 引 号：\t000014349/2011-00077
主题分类：\t其他
发文机关：\t云溪省民政厅
成文日期：\t2011年05月09日
标　　题：\t云溪省民政厅对省政协十届四次会议第0315号提案的答复
发文字号：\t云民函〔2011〕26号
发布日期：\t2016年02月03日
主 题 词：
云溪省民政厅对省政协十届四次会议
第0315号提案的答复
云民函〔2011〕26号
陈立新委员：
您提出的《关于发展社区养老的提案》收悉，经商财政厅，现答复如下：
一、推进设施建设。到2010年底，全省建成社区养老服务站312个。
感谢您对民政工作的关心和支持。
云溪省民政厅
二〇一一年五月九日
（本文有删减）
扫一扫在手机打开当前页
"""


def test_a_reply_page_with_an_index_head() -> None:
    document = read(REPLY_PAGE)
    assert document.title == "云溪省民政厅对省政协十届四次会议第0315号提案的答复"
    assert document.kind is DocumentKind.REPLY
    assert document.issuer == "云溪省民政厅"
    assert document.city == ""
    assert document.number == "云民函〔2011〕26号"
    assert document.index_number == "000014349/2011-00077"
    assert document.signed == date(2011, 5, 9)
    assert document.published == date(2016, 2, 3)


def test_a_value_under_its_label_belongs_to_the_index_head() -> None:
    document = read(
        "索引号：\n11440106/2024-00031\n文号：\n临教规字〔2024〕3号\n发布日期：\n2024-10-15\n"
        "临河市教育局关于做好课后服务的通知\n各区教育局：\n请按要求做好课后服务工作。\n临河市教育局\n2024年9月2日\n"
    )
    assert document.title == "临河市教育局关于做好课后服务的通知"
    assert document.index_number == "11440106/2024-00031"
    assert document.number == "临教规字〔2024〕3号"
    assert (document.signed, document.published) == (date(2024, 9, 2), date(2024, 10, 15))
    assert document.issuer == "临河市教育局"
    assert all("索引号" not in passage.text for passage in split(document, max_chars=320))


NOTICE = """青石市民政局 青石市财政局关于印发
青石市老年助餐服务管理办法的通知
青民规〔2024〕3号
各区民政局、财政局：
现将《青石市老年助餐服务管理办法》印发给你们，请遵照执行。
青石市民政局　　青石市财政局
2024年3月14日
青石市老年助餐服务管理办法
第一章　总则
第一条　为规范助餐服务，制定本办法。
"""


def test_a_notice_that_carries_measures() -> None:
    document = read(NOTICE)
    assert document.title == "青石市老年助餐服务管理办法"
    assert document.kind is DocumentKind.MEASURES
    assert document.issuer == "青石市民政局 青石市财政局"
    assert document.city == "青石"
    assert document.number == "青民规〔2024〕3号"
    assert document.signed == date(2024, 3, 14)


def test_a_notice_that_carries_nothing_keeps_its_own_title() -> None:
    document = read(
        "白河县人民政府办公室关于调整作息时间的通知\n各乡镇人民政府：\n自5月1日起执行夏季作息时间。\n"
        "白河县人民政府办公室\n2023年4月20日\n"
    )
    assert document.title == "白河县人民政府办公室关于调整作息时间的通知"
    assert document.kind is DocumentKind.NOTICE
    assert document.signed == date(2023, 4, 20)


def test_a_title_whose_first_line_ends_like_a_title() -> None:
    document = read(
        "松岭市人民政府关于印发松岭市健康行动方案\n（2023—2025年）的通知\n松政发〔2023〕9号\n各区人民政府：\n"
        "现印发给你们。\n松岭市人民政府\n2023年6月1日\n松岭市健康行动方案\n（2023—2025年）\n为提高健康水平，制定本方案。\n"
    )
    assert document.title == "松岭市健康行动方案（2023—2025年）"
    assert document.number == "松政发〔2023〕9号"


def test_letter_spaced_titles_and_kangxi_radicals() -> None:
    document = read("云溪市⼈⺠医院\n实 施 ⽅ 案\n为做好工作，制定本方案。\n")
    assert document.title == "云溪市人民医院实施方案"


def test_a_red_head_and_its_number_stand_before_the_title() -> None:
    document = read(
        "云溪市财政局文件\n云财社〔2022〕18号　　签发人：李平\n关于下达补助资金的通知\n各区财政局：\n"
        "现下达补助资金500万元。\n云溪市财政局\n2022年7月8日\n"
    )
    assert document.title == "关于下达补助资金的通知"
    assert document.number == "云财社〔2022〕18号"
    assert document.issuer == "云溪市财政局"


def test_a_law_says_when_it_was_passed() -> None:
    document = read(
        "河川保护条例\n（2019年11月29日省第十三届人民代表大会常务委员会第十五次会议通过）\n第一章　总则\n"
        "第一条　为保护河川，制定本条例。\n"
    )
    assert document.kind is DocumentKind.LAW
    assert document.signed == date(2019, 11, 29)


def test_an_imprint_date_without_separators_is_read() -> None:
    document = read(
        NOTICE
        + "抄送：市委各部门，市人大常委会办公室，\n市法院，市检察院。\n青石市民政局办公室　　20240318日印发\n"
    )
    assert document.printed == date(2024, 3, 18)
    assert all("抄送" not in passage.text for passage in split(document, max_chars=320))


def test_the_catalogue_counts_before_the_text() -> None:
    known = CatalogEntry(issuer="云溪市卫生健康委员会", city="云溪", signed=date(2022, 1, 2))
    document = parse(Loaded(NOTICE), source="some.txt", known=known)
    assert document.issuer == "云溪市卫生健康委员会"
    assert document.city == "云溪"
    assert document.signed == date(2022, 1, 2)
    assert document.title == "青石市老年助餐服务管理办法"


def test_navigation_before_the_title_is_apparatus() -> None:
    document = read(
        "首页\n政务公开\n当前位置：首页>政务公开>通知公告\n关于印发长宁县托育服务三年行动计划（2024—2026年）的通知\n"
        "发布时间：2024-05-20 16:30 来源：县卫生健康局 浏览次数：312\n字体：大 中 小\n长卫发〔2024〕22号\n各乡镇人民政府：\n"
        "    现将《长宁县托育服务三年行动计划（2024—2026年）》印发给你们，请抓好落实。\n长宁县卫生健康局\n2024年5月17日\n（此件公开发布）\n"
        "长宁县托育服务三年行动计划\n（2024—2026年）\n    为发展托育服务，制定本计划。\n"
    )
    assert document.title == "长宁县托育服务三年行动计划（2024—2026年）"
    assert document.number == "长卫发〔2024〕22号"
    assert (document.signed, document.published) == (date(2024, 5, 17), date(2024, 5, 20))
    texts = "".join(passage.text for passage in split(document, max_chars=320))
    assert not any(words in texts for words in ("政务公开", "浏览次数", "字体", "此件公开"))


def test_a_reply_with_its_class_and_signatory() -> None:
    document = read(
        "A类\n公开\n云卫函〔2023〕118号                签发人：赵明\n对市政协十四届三次会议\n第20230156号提案的答复\n致公党云溪市委：\n"
        "    贵党派提出的提案收悉。现答复如下：\n    一、关于老年病科\n    2022年底，设立老年医学科的比例为62.5%。\n"
        "    专此答复。\n    云溪市卫生健康委员会\n    2023年6月28日\n    （联系人：王芳，联系电话：0512-5678901）\n"
    )
    assert document.title == "对市政协十四届三次会议第20230156号提案的答复"
    assert document.kind is DocumentKind.REPLY
    assert (document.issuer, document.city) == ("云溪市卫生健康委员会", "云溪")
    assert document.number == "云卫函〔2023〕118号"
    assert document.signed == date(2023, 6, 28)


def test_a_table_of_contents_is_apparatus() -> None:
    document = read(
        "云溪市“十四五”卫生健康发展规划\n目  录\n一、规划背景……1\n二、总体要求……3\n（一）主要目标……4\n"
        "一、规划背景\n“十三五”时期，全市人均预期寿命达到78.6岁。\n二、总体要求\n（一）主要目标\n到2025年，人均预期寿命达到79.5岁。\n"
    )
    assert document.title == "云溪市“十四五”卫生健康发展规划"
    assert document.kind is DocumentKind.PROGRAMME
    assert [heading.label for heading in document.outline] == ["一、", "二、", "（一）"]


COUNTY_PAGE = """关于实验小学门口停车问题的答复
反映时间：2024-03-05 08:10
地区：衡南县
问：实验小学门口停车混乱。
答：已划设临时停车位26个。
回复单位：衡南县公安局交通警察大队
"""


def test_a_county_that_issues_is_the_place_of_its_documents() -> None:
    page = read(COUNTY_PAGE)
    assert (page.issuer, page.city) == ("衡南县公安局交通警察大队", "衡南县")
    notice = "湖南省衡阳市衡南县人民政府关于调整作息时间的通知\n各乡镇人民政府：\n自5月1日起执行夏季作息时间。\n"
    assert read(notice).city == "衡南县"


def test_a_table_in_ten_thousands_is_no_issuer() -> None:
    assert read("松岭市财政收支情况报告\n单位：万元\n本年收入1200万元。\n").issuer == ""


def test_who_republishes_a_text_did_not_issue_it_elsewhere() -> None:
    body = "各有关单位：\n毕业年度的高校毕业生每人一次性补贴800元。\n"
    page = read("青岛市就业补贴政策\n来源：市南区人社局　时间：2022-03-14 08:25:55\n" + body)
    assert (page.city, page.issuer) == ("青岛", "市南区人社局")
    assert page.published == date(2022, 3, 14)
    paper = read("就业补贴政策汇编\n来源：云溪日报　时间：2022-03-14\n" + body)
    assert paper.issuer == "", "a newspaper issues no policy"
    own = read("就业补贴政策汇编\n来源：衡南县人社局　时间：2022-03-14\n" + body)
    assert own.city == "衡南县"


def test_a_law_says_when_it_was_passed_without_brackets_too() -> None:
    law = read(
        "云溪市乡村健康条例\n2021年5月8日 云溪市第九届人民代表大会常务委员会第七次会议通过\n"
        "2021年5月27日 经省第十三届人民代表大会常务委员会第二十八次会议批准\n第一章　总则\n第一条　为促进健康，制定本条例。\n"
    )
    assert law.signed == date(2021, 5, 8)


def test_a_report_that_is_dated_at_its_end() -> None:
    report = read(
        "云溪市公立医院改革2024年度自评报告\n一、基本情况\n全市有公立医院9家。\n联系人：体改处\n报告日期：2025年2月20日\n"
    )
    assert report.signed == date(2025, 2, 20)
