"""Web pages: the document without the site, tables with their cells, the page head as apparatus."""

import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.documents.loaded import Loaded
from assistant.documents.loaders import load
from assistant.errors import UnreadableFileError

TITLE = "临江市人民政府办公室关于印发临江市公立医院高质量发展实施方案的通知"
PROSE = (
    "<p>　　为深化医药卫生体制改革，推动公立医院高质量发展，结合我市实际，制定本方案。</p>"
    "<p>一、总体要求</p><p>到2025年，全市三级公立医院四级手术占比达到18%以上，<b>出院患者</b>\n   手术占比达到"
    "35%。各县（区）人民政府要切实加强组织领导，压实工作责任，确保各项任务落到实处。</p>"
    "<p>二、保障措施</p><p>市卫生健康委会同市财政局、市医保局等部门建立联席会议制度，定期研究解决重大问题。</p>"
)
TABLE = """<p>附件1　主要指标表</p><table border="1">
<tr><td rowspan="2">类别</td><td rowspan="2">指标</td><td colspan="2">目标值</td></tr>
<tr><td>2024年</td><td>2025年</td></tr>
<tr><td rowspan="2">医疗质量</td><td>四级手术占比</td><td>17%</td><td>18%</td></tr>
<tr><td>病例组合指数</td><td colspan="2">排名全省前列</td></tr></table>"""
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE} - 临江市人民政府</title>
<style>.x{{color:red}}</style><script>var secret = "脚本里的字";</script></head>
<body style="visibility:hidden"><div class="header"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li>
<li><a href="/b">政务服务</a></li><li><a href="/c">互动交流</a></li></ul></div>
<!-- 注释里的字 --><div style="display: none">藏起来的字。藏起来的字。</div><p hidden>也藏起来</p>
<table class="head"><tr><td>索 引 号：</td><td>LJ001/2023-00012</td><td>发文机关：</td><td>市政府办公室</td></tr>
<tr><td>成文日期：</td><td>2023-10-16</td><td>文　　号：</td><td></td></tr>
<tr><td>发布日期：</td><td>2023-10-25</td><td></td><td></td></tr></table>
<h1>{TITLE}</h1><div>发布日期：2023-10-25&nbsp;浏览次数：15</div>
<table width="100%"><tr><td width="150"><a href="/x">相关链接一</a><br><a href="/y">相关链接二</a></td>
<td class="article">{PROSE}{TABLE}<p>&lt;script&gt;alert(1)&lt;/script&gt;不会运行，只是文字。</p>
<ol><li>第一件事要办好。</li><li>第二件事要办实。</li></ol><p>扫一扫在手机打开当前页</p></td></tr></table>
<footer>主办单位：临江市人民政府办公室。网站标识码：1234567890。<a href="/m">网站地图</a></footer></body></html>"""


def put(tmp_path: Path, page: str | bytes, name: str = "a.html") -> Loaded:
    path = tmp_path / name
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return load(path, max_bytes=10_000_000)


def content(loaded: Loaded) -> str:
    """The stored text without its apparatus."""
    text = loaded.text
    for span in reversed(loaded.apparatus):
        text = text[: span.start] + text[span.end :]
    return text


def test_only_the_document_is_content(tmp_path: Path) -> None:
    loaded = put(tmp_path, PAGE)
    for gone in (
        "脚本里的字",
        "注释里的字",
        "藏起来",
        "color:red",
        "首页",
        "政务公开",
        "网站地图",
        "相关链接",
    ):
        assert gone not in loaded.text
    words = content(loaded)
    assert (
        "索引号" not in words.replace(" ", "") and "浏览次数" not in words and "扫一扫" not in words
    )
    assert "为深化医药卫生体制改革" in words
    assert "<script>alert(1)</script>不会运行，只是文字。" in words
    assert "到2025年，全市三级公立医院四级手术占比达到18%以上，出院患者手术占比达到35%。" in words
    assert "1. 第一件事要办好。\n2. 第二件事要办实。" in words
    assert loaded.title == TITLE
    assert [(h.level, h.span.of(loaded.text)) for h in loaded.headings] == [(1, TITLE)]


@pytest.mark.parametrize(
    "site", ["_临江市人民政府", " - 临江市人民政府 - 政务公开", "—临江市人民政府"]
)
def test_a_dash_in_the_title_does_not_cut_it(tmp_path: Path, site: str) -> None:
    title = "临江市医养结合提质增效行动计划（2024—2027年）"
    page = f"<html><head><title>{title}{site}</title></head><body><h1>{title}</h1>{PROSE}</body></html>"
    assert put(tmp_path, page).title == title


def test_the_page_head_is_kept_a_label_a_line(tmp_path: Path) -> None:
    loaded = put(tmp_path, PAGE)
    lines = loaded.text[: loaded.apparatus[0].end].splitlines()
    assert lines == [
        "索 引 号：\tLJ001/2023-00012",
        "发文机关：\t市政府办公室",
        "成文日期：\t2023-10-16",
        "文　　号：",
        "发布日期：\t2023-10-25",
    ]


def test_a_data_table_keeps_merged_cells_and_a_layout_table_is_none(tmp_path: Path) -> None:
    loaded = put(tmp_path, PAGE)
    (table,) = loaded.tables
    assert table.title == "附件1　主要指标表"
    assert table.header == ("类别", "指标", "目标值 2024年", "目标值 2025年")
    first, second = table.rows
    assert [cell.text for cell in first.cells] == ["医疗质量", "四级手术占比", "17%", "18%"]
    assert [(cell.header, cell.text) for cell in second.cells] == [
        ("类别", "医疗质量"),
        ("指标", "病例组合指数"),
        ("目标值 2024年 / 目标值 2025年", "排名全省前列"),
    ]
    assert second.cells[0].span == first.cells[0].span
    assert not second.span.overlaps(second.cells[0].span)
    assert second.span.of(loaded.text) == "病例组合指数\t排名全省前列"


def test_cells_set_upright_and_heads_set_wide_are_closed_up(tmp_path: Path) -> None:
    rows = "<tr><td>类&nbsp;&nbsp;别</td><td>指　标</td></tr><tr><td>基<br>础</td><td>学历<br>职称</td></tr><tr><td>乙</td><td>丙</td></tr>"
    loaded = put(tmp_path, f"<html><body>{PROSE}<table>{rows}</table></body></html>")
    (table,) = loaded.tables
    assert table.header == ("类别", "指标")
    assert [cell.text for cell in table.rows[0].cells] == ["基础", "学历\n职称"]


def test_text_in_a_cell_of_a_page_laid_out_with_tables(tmp_path: Path) -> None:
    page = (
        '<meta charset="utf-8"><table><tbody><tr><td><table><tr><td><b>标　题：</b></td><td>对第12号提案的答复</td>'
        "</tr><tr><td>发文字号：</td><td>临办函〔2005〕9号</td></tr></table></td></tr></tbody></table>"
        "<table><tr><td><table><tr><td><p>对第12号提案的答复</p><p>王某某委员：</p>"
        f"{PROSE}</td></tr><tr><td></td></tr></table></td></tr></table>"
    )
    loaded = put(tmp_path, page)
    assert loaded.tables == ()
    assert loaded.title == "对第12号提案的答复"
    assert "王某某委员：\n为深化" in content(loaded)
    assert "发文字号：\t临办函〔2005〕9号" in loaded.text
    assert "临办函" not in content(loaded)


def test_gb18030_under_the_name_of_gb2312(tmp_path: Path) -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="gb2312"').replace(
        "切实加强", "切实加强（赵喆）㎡"
    )
    assert "（赵喆）㎡组织领导" in put(tmp_path, page.encode("gb18030")).text
    assert (
        "（赵喆）㎡组织领导" in put(tmp_path, page.encode()).text
    )  # labelled wrongly: it is UTF-8


def test_a_page_of_a_few_words(tmp_path: Path) -> None:
    loaded = put(tmp_path, "<p>关于调整办公时间的通知</p><p>自2024年1月1日起执行</p>", "b.htm")
    assert loaded.text == "关于调整办公时间的通知\n自2024年1月1日起执行"


def test_one_label_in_the_text_is_content(tmp_path: Path) -> None:
    loaded = put(tmp_path, f"<body><p>有效期：5年</p>{PROSE}</body>")
    assert "有效期：5年" in content(loaded)


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    links = (
        '<link rel="stylesheet" href="http://example.com/a.css"><img src="http://example.com/a.png">'
        '<iframe src="http://example.com/"></iframe><script src="http://example.com/a.js"></script>'
    )
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/TR/xhtml1.dtd">'
    assert "总体要求" in put(tmp_path, f"{doctype}<html><body>{links}{PROSE}</body></html>").text


def test_deep_nesting_loses_nothing(tmp_path: Path) -> None:
    page = (
        "<html><body>"
        + "<font><span>" * 300
        + PROSE
        + "</span></font>" * 300
        + "<p>末段在这里。</p>"
    )
    text = put(tmp_path, page).text
    assert "联席会议制度" in text and "末段在这里。" in text


def test_blocks_nested_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="嵌套"):
        put(tmp_path, "<html><body>" + "<div>" * 5000 + PROSE)


cells = st.tuples(
    st.sampled_from(["", "18%", "指标", "一\n二", "2025年", "达到。"]),
    st.integers(0, 4),
    st.integers(0, 4),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(rows=st.lists(st.lists(cells, max_size=5), min_size=1, max_size=6))
def test_any_table_points_into_the_text(
    tmp_path: Path, rows: list[list[tuple[str, int, int]]]
) -> None:
    body = "".join(
        "<tr>" + "".join(f'<td rowspan="{r}" colspan="{c}">{t}</td>' for t, r, c in row) + "</tr>"
        for row in rows
    )
    loaded = put(tmp_path, f"<body>{PROSE}<table>{body}</table><p>表后的一段文字。</p></body>")
    assert "表后的一段文字。" in loaded.text
    for table in loaded.tables:
        for row in table.rows:
            assert table.span.contains(row.span)
            assert any(row.span.contains(cell.span) for cell in row.cells)
            assert all(cell.span.of(loaded.text) == cell.text for cell in row.cells)
