"""Text and Markdown: decoded exactly, headings and pipe tables found where they stand."""

import codecs
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.documents.loaded import Loaded
from assistant.documents.loaders import load

NOTICE = (
    "临江市人民政府办公室关于印发实施方案的通知\n\n临政办发〔2023〕5号\n到2025年，占比达到18%以上。"
)
TRADITIONAL = "醫療機構應當於2025年達到18%以上，並實現資訊互聯互通。"


def put(tmp_path: Path, content: bytes, name: str = "a.txt") -> Loaded:
    path = tmp_path / name
    path.write_bytes(content)
    return load(path, max_bytes=10_000_000)


@pytest.mark.parametrize(
    "content",
    [
        NOTICE.encode(),
        codecs.BOM_UTF8 + NOTICE.encode(),
        NOTICE.encode("gb18030"),
        NOTICE.encode("utf-16"),
        codecs.BOM_UTF16_BE + NOTICE.encode("utf-16-be"),
        NOTICE.encode("utf-16-le"),
        NOTICE.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 bom", "gb18030", "utf-16", "utf-16-be bom", "utf-16-le", "utf-16-be"],
)
def test_every_encoding_gives_the_same_text(tmp_path: Path, content: bytes) -> None:
    assert put(tmp_path, content).text == NOTICE


def test_characters_beyond_gb2312_and_traditional_text(tmp_path: Path) -> None:
    text = "赵喆、朱镕基、㎡、〇、\u3400、𠮷野家" + NOTICE
    assert put(tmp_path, text.encode("gb18030")).text == text
    assert put(tmp_path, TRADITIONAL.encode("gb18030")).text == TRADITIONAL


def test_line_ends_are_unified_and_nothing_else(tmp_path: Path) -> None:
    written = "　　一、总体要求\r\n２０２５年 \r到2025年\u2028⼈⺠\n"
    assert (
        put(tmp_path, written.encode()).text
        == "　　一、总体要求\n２０２５年 \n到2025年\u2028⼈⺠\n"
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    text=st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff") | st.just("\n")
    ).filter(lambda text: text.strip() and not text.lstrip().startswith("<"))
)
def test_utf8_text_is_stored_as_it_is(tmp_path: Path, text: str) -> None:
    loaded = put(tmp_path, ("通知" + text).encode())
    assert loaded.text == "通知" + text


REPLY = """

# 关于第 12 号提案答复的函

农工党临江市委员会：

## 一、建设情况

共组建医联体 14 个。

### 三、存在问题 ###
```
# 不是标题
```
#也不是
#### **四、下一步**
"""


@pytest.mark.parametrize("name", ["reply.txt", "reply.md"])
def test_headings_are_marked_without_their_marks(tmp_path: Path, name: str) -> None:
    loaded = put(tmp_path, REPLY.encode(), name)
    assert loaded.text == REPLY
    assert [(h.level, h.span.of(loaded.text)) for h in loaded.headings] == [
        (1, "关于第 12 号提案答复的函"),
        (2, "一、建设情况"),
        (3, "三、存在问题"),
        (4, "四、下一步"),
    ]


def test_pipe_tables_point_into_the_text(tmp_path: Path) -> None:
    text = (
        "## 附件1 指标表\n\n| 指标 | 2022年 | 2025年 |\n|:--|--:|--|\n"
        "| 四级手术占比 | 17.56% | **18%** |\n| 比值 a\\|b | — |\n\n正文 | 不是表\n"
    )
    loaded = put(tmp_path, text.encode(), "a.md")
    (table,) = loaded.tables
    assert (table.title, table.header) == ("附件1 指标表", ("指标", "2022年", "2025年"))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["四级手术占比", "17.56%", "18%"],
        ["比值 a\\|b", "—"],
    ]
    assert table.rows[0].cells[2].header == "2025年"
    for row in table.rows:
        assert all(
            cell.span.of(text) == cell.text and row.span.contains(cell.span) for cell in row.cells
        )


def test_front_matter_is_apparatus_but_a_rule_is_not(tmp_path: Path) -> None:
    loaded = put(tmp_path, "---\ntitle: 实施方案\ndate: 2023-10-16\n---\n正文。".encode(), "a.md")
    assert loaded.title == "实施方案"
    assert [span.of(loaded.text) for span in loaded.apparatus] == [loaded.text[:-3]]
    ruled = put(tmp_path, "---\n第一段。\n---\n第二段。".encode(), "b.md")
    assert ruled.apparatus == ()


@pytest.mark.parametrize(
    "path",
    sorted((Path(__file__).parents[2] / "corpus" / "documents").glob("*.txt")),
    ids=lambda p: p.stem,
)
def test_the_corpus_is_stored_as_it_is(path: Path) -> None:
    assert load(path, max_bytes=10_000_000).text == path.read_bytes().decode()
