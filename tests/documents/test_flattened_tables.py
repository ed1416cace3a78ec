"""Tables that were flattened to one cell a line become rows under their heads; no value is lost."""

from __future__ import annotations

from corpus_documents import corpus, read

from assistant.documents import split
from assistant.types import Document, Row, Table


def shown(row: Row) -> list[tuple[str, str]]:
    return [(cell.header, "".join(cell.text.split())) for cell in row.cells]


def only_table(document: Document) -> Table:
    (table,) = document.tables
    return table


def huzhou(title: str, *, form: bool = False) -> Table:
    document = corpus("huzhou-implementation-plan-2023.txt")
    return next(t for t in document.tables if t.title == title and bool(t.header) != form)


def test_huzhou_annex_1() -> None:
    table = huzhou("分年度主要目标表")
    assert table.header == ("类别", "重点指标", "2022年", "2023年", "2024年", "2025年")
    assert len(table.rows) == 10
    assert shown(table.rows[3]) == [
        ("类别", "公立医院高质量发展"),
        ("重点指标", "三级公立医院出院患者四级手术比例(%)"),
        ("2022年", "17.56"),
        ("2023年", "18"),
        ("2024年", "18.5"),
        ("2025年", "19"),
    ]
    assert not table.rows[3].span.contains(table.rows[3].cells[0].span)  # shared with the row above


def test_huzhou_annex_2_with_prose_cells_and_repeated_heads() -> None:
    table = huzhou("实施计划表")
    assert table.header == (
        "示范内容", "项目", "具体任务", "实施主体", "主要内容", "2023年", "2024年", "2025年",
    )  # fmt: skip
    tasks = [dict(shown(row))["具体任务"] for row in table.rows]
    assert len(tasks) == 15
    assert tasks[0] == '"2N"紧密型城市医疗集团建设'
    assert tasks[-2:] == ["加强公立医院运营管理", "公立医院党建全行业引领改革工程"]
    assert all(len(row.cells) == 8 for row in table.rows)
    smart = dict(shown(table.rows[tasks.index("智慧医院服务能力提档升级")]))
    assert smart["示范内容"] == '三医协同发展治理"五大改革行动"'
    assert smart["项目"] == "深化数字化改革行动"
    assert smart["2024年"] == "三个项目指标完成率达50%。"


def test_huzhou_annex_3_with_pairs_in_one_cell() -> None:
    rows = huzhou("绩效目标表").rows
    assert len(rows) == 22
    growth, content = rows[13], rows[20]
    assert shown(growth)[-5:] == [
        ("2022年数据", "1.34"),
        ("2022年数据", "1.81"),
        ("2023年目标值", "5"),
        ("2024年目标值", "5"),
        ("2025年目标值", "5"),
    ]
    assert shown(content)[-8:] == [
        ("2022年数据", "89.73"),
        ("2022年数据", "93.00"),
        ("2023年目标值", "90"),
        ("2023年目标值", "90"),
        ("2024年目标值", "90"),
        ("2024年目标值", "90"),
        ("2025年目标值", "90"),
        ("2025年目标值", "90"),
    ]
    assert shown(rows[21])[:3] == [
        ("级指标", "意度指标"),
        ("级指标", "满意度指标"),
        ("三级指标", "22.公立医院医务人员满意度"),
    ]


def test_huzhou_annex_3_begins_with_a_form() -> None:
    rows = [shown(row) for row in huzhou("绩效目标表", form=True).rows]
    assert [("", "项目资金(万元)"), ("项目资金(万元)", "97500")] in rows
    assert [("", "省级财政部门"), ("省级财政部门", "浙江省财政厅")] in rows
    goals = [cells[1][1] for cells in rows if cells[0] == ("", "总体目标")]
    assert [goal[:4] for goal in goals] == ["目标1:", "目标2:", "目标3:"]
    assert "公立医院综合改革重点指标走在全省前列" in goals[1]  # a cell broken over two lines


EDUCATION = """临江县教育事业发展目标
附件1
教育事业发展主要指标
序号
指标
单位
2022年
2025年
责任单位
1
学前教育毛入园率
%
91.2
95
县教育局
2
普惠性幼儿园覆盖率
%
85
90以上
县教育局、县发展改革局
3
新增公办学位
万个
—
3.5
县教育局、县自然资源局
4
劳动年龄人口平均受教育年限
年
10.8
11.3
县人力资源社会保障局
"""


def test_education_targets_with_a_unit_column_and_a_dash() -> None:
    table = only_table(read(EDUCATION))
    assert table.header == ("序号", "指标", "单位", "2022年", "2025年", "责任单位")
    assert [len(row.cells) for row in table.rows] == [6, 6, 6, 6]
    assert shown(table.rows[1])[4] == ("2025年", "90以上")
    assert shown(table.rows[2])[3:5] == [("2022年", "—"), ("2025年", "3.5")]
    assert shown(table.rows[3])[-1] == ("责任单位", "县人力资源社会保障局")


ELDERLY = """附件

松岭市养老服务重点项目表

序号

项目名称

建设内容

建设地点

完成时限

责任单位

1

市社会福利院改扩建项目

新建护理楼一栋，新增护理型床位200张，配套建设康复训练室和营养厨房。

城东区

2024年12月底前

市民政局

2

城西区综合养老服务中心

改造闲置校舍，设置日间照料、助餐、助浴等功能区。

城西区

2025年6月底前

城西区人民政府

3

农村互助养老点建设

依托村级党群服务中心建设互助养老点60个。

各县（市、区）

2025年12月底前

市民政局、市农业农村局
"""


def test_elderly_care_projects_with_text_cells() -> None:
    table = only_table(read(ELDERLY))
    assert table.title == "松岭市养老服务重点项目表"
    assert [dict(shown(row))["责任单位"] for row in table.rows] == [
        "市民政局",
        "城西区人民政府",
        "市民政局、市农业农村局",
    ]
    assert dict(shown(table.rows[2]))["建设地点"] == "各县（市、区）"


def test_a_head_repeated_in_mid_table_behind_a_page_number() -> None:
    head = "类别\n任务名称\n牵头单位\n2023年\n2024年\n2025年\n"
    document = read(
        "附件2\n青原县生态修复任务分解表\n" + head
        + "水环境\n城区黑臭水体治理率（%）\n县住建局\n80\n90\n100\n农村生活污水治理率（%）\n县生态环境局\n32\n38\n45\n— 3 —\n"
        + head
        + "规模养殖场粪污综合利用率（%）\n县农业农村局\n86\n88\n90\n大气环境\n空气质量优良天数比例（%）\n县生态环境局\n91.5\n92\n93\n"
        + "注：表中数据为年末数。\n"
    )  # fmt: skip
    table = only_table(document)
    assert [shown(row)[0][1] for row in table.rows] == ["水环境", "水环境", "水环境", "大气环境"]
    assert shown(table.rows[2])[1:] == [
        ("任务名称", "规模养殖场粪污综合利用率（%）"),
        ("牵头单位", "县农业农村局"),
        ("2023年", "86"),
        ("2024年", "88"),
        ("2025年", "90"),
    ]
    texts = [passage.text for passage in split(document, max_chars=320)]
    assert "注：表中数据为年末数。" in texts
    assert not any("— 3 —" in text for text in texts)


def test_a_table_in_mid_text_ends_where_the_next_chapter_begins() -> None:
    document = read(
        "某方案\n三、主要指标\n到2025年，主要指标如下表。\n指标名称\n2020年基期值\n2025年目标值\n属性\n"
        "每千人口托位数（个）\n1.8\n4.5\n预期性\n家庭医生签约率（%）\n—\n45\n预期性\n孕产妇死亡率（1/10万）\n8.9\n≤7.5\n约束性\n"
        "四、保障措施\n各部门要加强领导，落实责任，确保各项目标如期完成。\n"
    )
    table = only_table(document)
    assert [len(row.cells) for row in table.rows] == [4, 4, 4]
    assert shown(table.rows[2])[2] == ("2025年目标值", "≤7.5")
    texts = [passage.text for passage in split(document, max_chars=320) if not passage.is_row]
    assert texts[-1].startswith("四、保障措施")


def test_years_and_what_they_give_in_two_lines() -> None:
    table = only_table(
        read(
            "附件1\n主要指标\n类别\n指标\n2022年\n基期值\n2025年\n目标值\n健康水平\n人均预期寿命（岁）\n79.1\n79.8\n"
            "孕产妇死亡率（1/10万）\n9.6\n8.5\n健康服务\n每千人口医师数（人）\n3.2\n3.6\n"
        )
    )
    assert table.header == ("类别", "指标", "2022年基期值", "2025年目标值")
    assert shown(table.rows[1])[0] == ("类别", "健康水平")


def test_cells_wrapped_over_two_lines() -> None:
    table = only_table(
        read(
            "附件\n任务清单\n序号\n重点任务\n具体措施\n牵头单位\n配合单位\n完成时限\n1\n扩大就业渠道\n开发基层岗位，每年募集见习岗位800个。\n"
            "市人力资源社会\n保障局\n市教育局、市财\n政局\n2024年12月\n2\n支持返乡创业\n建设创业园4个，发放贷款1.2亿元。\n市农业农村局\n"
            "市财政局\n2025年6月\n3\n强化技能培训\n开展培训2万人次。\n市人力资源社会保障局\n市总工会\n持续推进\n"
        )
    )
    assert shown(table.rows[0])[3:] == [
        ("牵头单位", "市人力资源社会保障局"),
        ("配合单位", "市教育局、市财政局"),
        ("完成时限", "2024年12月"),
    ]


def test_unknown_heads_and_a_shared_first_column() -> None:
    table = only_table(
        read(
            "附件3\n床位建设目标\n县（市、区）\n机构名称\n新增床位数\n其中护理型床位\n投资额（万元）\n宁安区\n宁安区社会福利中心\n120\n80\n2400\n"
            "颐和养老院\n60\n36\n900\n新河县\n新河县中心敬老院\n150\n90\n3100\n"
        )
    )
    assert table.header[-1] == "投资额（万元）"
    assert shown(table.rows[1]) == [
        ("县（市、区）", "宁安区"),
        ("机构名称", "颐和养老院"),
        ("新增床位数", "60"),
        ("其中护理型床位", "36"),
        ("投资额（万元）", "900"),
    ]


def test_a_head_shredded_to_one_character_a_line() -> None:
    table = only_table(
        read(
            "某规划\n一、目标\n表1 绿色转型指标\n指\n标\n2020年\n2025年\n年均增速\n[累计]\n能耗降低（%）\n—\n—\n[13.5]\n非化石能源占比（%）\n15.9\n20\n—\n"
            "森林覆盖率（%）\n23.0\n24.1\n—\n"
        )
    )
    assert table.title == "表1 绿色转型指标"
    assert table.header == ("指标", "2020年", "2025年", "年均增速[累计]")
    assert shown(table.rows[0])[-1] == ("年均增速[累计]", "[13.5]")


def test_values_that_cannot_be_dealt_out_keep_their_order_and_have_no_head() -> None:
    table = only_table(
        read(
            "附件\n指标表\n类别\n指标\n2021年\n2022年\n2023年\n2025年\n健康\n指标甲（%）\n10\n11\n12\n13\n"
            "指标乙（%）\n20\n21\n22\n23\n24\n25\n指标丙（%）\n30\n31\n32\n33\n"
        )
    )
    odd = next(row for row in table.rows if "指标乙" in row.cells[1].text)
    values = [cell for cell in odd.cells if cell.text.isdigit()]
    assert [cell.text for cell in values] == ["20", "21", "22", "23", "24", "25"]
    assert {cell.header for cell in values} == {""}


def test_lines_across_all_columns_are_shared_by_the_rows_under_them() -> None:
    document = read(
        "附件1\n健康主要指标\n序号\n指标\n单位\n2020年\n2025年\n性质\n一、健康水平\n1\n人均预期寿命\n岁\n78.9\n79.8\n预期性\n2\n孕产妇死亡率\n1/10万\n9.5\n≤9\n预期性\n"
        "二、健康生活\n3\n健康素养水平\n%\n24.1\n30\n预期性\n附件2\n任务分工\n一、加强健康教育\n开展科普行动，到2025年，健康素养水平达到30%。\n"
    )
    rows = only_table(document).rows
    assert [shown(row)[0] for row in rows] == [
        ("", "一、健康水平"),
        ("", "一、健康水平"),
        ("", "二、健康生活"),
    ]
    assert shown(rows[2])[1:4] == [("序号", "3"), ("指标", "健康素养水平"), ("单位", "%")]
    assert [heading.label for heading in document.outline] == ["附件1", "附件2", "一、"]


def test_short_lines_that_are_no_table() -> None:
    names = "附件2\n委员会组成人员\n主任委员：张三　副县长\n副主任委员：李四　县卫生局局长\n委员：\n王五　县教育局副局长\n赵六　县民政局副局长\n"
    letter = "某通知\n各单位：\n请按要求报送。\n市教育局\n市财政局\n市民政局\n2023年5月6日\n"
    assert read(names).tables == ()
    assert read(letter).tables == ()
