"""Word files: what a reader sees on paper, in order, numbers and notes included."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.documents.loaded import Loaded
from assistant.documents.loaders import load

NS = nsdecls("w")


def put(
    tmp_path: Path,
    document: WordDocument,
    change: Callable[[str, bytes], bytes] = lambda _, part: part,
    extra: Mapping[str, str] | None = None,
) -> Loaded:
    """Save, pass each part through ``change``, add the ``extra`` parts, and load."""
    buffer = io.BytesIO()
    document.save(buffer)
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return load(path, max_bytes=10_000_000)


def add(document: WordDocument, xml: str) -> None:
    """Append raw w: elements to the body, before its section properties."""
    for element in parse_xml(f"<w:body {NS}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def test_paragraphs_headings_and_tables_stand_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("临江市实施方案", style="Title")
    document.add_heading("一、总体要求", 1)
    document.add_paragraph("　　到2025年达到18%以上。")
    document.add_paragraph("附件1 指标表")
    table = document.add_table(rows=4, cols=3)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "类别", "指标"
    table.rows[0].cells[2].text = "2025年"
    words = [
        ("质量", "四级手术占比", "18%"),
        ("", "CMI", "1.10"),
        ("效率", "平均住院日", "8天\n左右"),
    ]
    for row, texts in zip(table.rows[1:], words, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("表后。")
    loaded = put(tmp_path, document)
    assert loaded.title == "临江市实施方案"
    assert [(h.level, h.span.of(loaded.text)) for h in loaded.headings] == [(1, "一、总体要求")]
    (found,) = loaded.tables
    assert (found.title, found.header) == ("附件1 指标表", ("类别", "指标", "2025年"))
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["质量", "四级手术占比", "18%"],
        ["质量", "CMI", "1.10"],
        ["效率", "平均住院日", "8天\n左右"],
    ]
    shared = found.rows[1].cells[0]
    assert shared.span == found.rows[0].cells[0].span and not found.rows[1].span.overlaps(
        shared.span
    )
    assert all(c.span.of(loaded.text) == c.text for row in found.rows for c in row.cells)
    assert loaded.text.index("到2025年") < loaded.text.index("类别") < loaded.text.index("表后。")


def numbered(level: int, words: str) -> str:
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr></w:pPr>{run(words)}</w:p>'


def level(at: int, form: str, words: str, rest: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{rest}<w:lvlText w:val="{words}"/></w:lvl>'


def test_numbers_that_word_writes_are_part_of_the_text(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = (
        level(0, "chineseCountingThousand", "%1、")
        + level(1, "japaneseCounting", "（%2）")
        + level(2, "decimal", "%3.")
        + level(3, "decimalEnclosedCircle", "%4")
        + level(4, "bullet", "")
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {NS} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    texts = [
        (0, "总体要求"),
        (1, "指导思想"),
        (1, "主要目标"),
        (2, "5年内完成"),
        (2, "建立机制"),
        (3, "试点"),
    ]
    for at, words in [*texts, (4, "要点"), (0, "重点任务"), (1, "加强领导"), (2, "落实责任")]:
        add(document, numbered(at, words))
    for _ in range(9):
        add(document, numbered(0, "项"))
    loaded = put(tmp_path, document)
    assert loaded.text.splitlines()[:10] == [
        "一、总体要求",
        "（一）指导思想",
        "（二）主要目标",
        "1. 5年内完成",
        "2. 建立机制",
        "① 试点",
        "要点",
        "二、重点任务",
        "（一）加强领导",
        "1. 落实责任",
    ]
    assert loaded.text.splitlines()[-1] == "十一、项"


def test_numbers_of_a_heading_style(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = level(0, "chineseCounting", "第%1章", '<w:pStyle w:val="Heading1"/>')
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="78">{levels}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {NS} w:numId="78"><w:abstractNumId w:val="78"/></w:num>'))
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {NS}><w:numId w:val="78"/></w:numPr>'))
    document.add_heading("总则", 1)
    document.add_heading("附则", 1)
    loaded = put(tmp_path, document)
    assert [h.span.of(loaded.text) for h in loaded.headings] == ["第一章 总则", "第二章 附则"]


def test_deleted_hidden_and_instruction_words_are_not_shown(tmp_path: Path) -> None:
    document = docx.Document()
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://x"</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("链接文字")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    add(
        document,
        f'<w:p>{run("到2025年达到")}<w:del w:id="1" w:author="a"><w:r><w:delText>15%</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="a">{run("18%")}</w:ins>{run("秘密", "<w:vanish/>")}'
        f"{run('以上。', '<w:vanish w:val=&quot;0&quot;/>'.replace('&quot;', chr(34)))}{field}</w:p>"
        f'<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr>{run("前半句，")}</w:p>'
        f"<w:p>{run('后半句。')}</w:p>"
        f'<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:del w:id="4" w:author="a"/></w:trPr><w:tc><w:p>{run("删行")}'
        f"</w:p></w:tc></w:tr><w:tr><w:tc><w:p>{run('留行')}</w:p></w:tc></w:tr></w:tbl>",
    )
    assert put(tmp_path, document).text == "到2025年达到18%以上。链接文字\n前半句，后半句。\n留行"


def test_text_boxes_once_and_contents_as_apparatus(tmp_path: Path) -> None:
    document = docx.Document()
    box = f"<w:txbxContent><w:p>{run('框里的字')}</w:p></w:txbxContent>"
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    add(
        document,
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent><w:p>{run('一、总体要求')}<w:r><w:tab/></w:r>{run('3')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p>{run('正文。')}<w:r><mc:AlternateContent {spaces}><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}"
        f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    loaded = put(tmp_path, document)
    assert loaded.text == "一、总体要求\t3\n正文。\n框里的字"
    assert [span.of(loaded.text) for span in loaded.apparatus] == ["一、总体要求\t3"]


NOTES = f"""<?xml version="1.0"?><w:footnotes {NS}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p>{run("按2022年不变价计算。")}</w:p></w:footnote></w:footnotes>"""


def with_footnotes(name: str, part: bytes) -> bytes:
    """Let the main part refer to a part of footnotes."""
    if name != "word/_rels/document.xml.rels":
        return part
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    extra = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    return part.replace(b"</Relationships>", extra.encode())


def test_footnotes_stand_at_the_end_under_their_mark(tmp_path: Path) -> None:
    document = docx.Document()
    add(
        document,
        f'<w:p>{run("增长5%")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("以上。")}</w:p>',
    )
    add(document, f"<w:p>{run('末段。')}</w:p>")

    loaded = put(tmp_path, document, with_footnotes, {"word/footnotes.xml": NOTES})
    assert loaded.text == "增长5%[注1]以上。\n末段。\n[注1] 按2022年不变价计算。"


def test_a_table_of_one_column_is_text(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=1)
    table.rows[0].cells[0].text = "临江市人民政府文件"
    table.rows[1].cells[0].text = "临政发〔2023〕5号"
    loaded = put(tmp_path, document)
    assert loaded.text == "临江市人民政府文件\n临政发〔2023〕5号"
    assert loaded.tables == ()


def test_the_properties_title_counts_only_where_it_stands_in_the_text(tmp_path: Path) -> None:
    for title, expected in (("关于印发方案的通知", "关于印发方案的通知"), ("模板", "")):
        document = docx.Document()
        document.core_properties.title = title
        document.add_paragraph("关于印发方案的通知")
        assert put(tmp_path, document).title == expected


def test_the_strict_form_of_the_format_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("一、总体要求", 1)

    def strict(_: str, part: bytes) -> bytes:
        return re.sub(
            rb"http://schemas\.openxmlformats\.org/(wordprocessingml|officeDocument)/2006/",
            rb"http://purl.oclc.org/ooxml/\1/",
            part,
        )

    loaded = put(tmp_path, document, strict)
    assert [h.span.of(loaded.text) for h in loaded.headings] == ["一、总体要求"]
