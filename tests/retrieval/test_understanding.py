"""A question as typed becomes what is asked, and of whom."""

import pytest

from assistant.retrieval.understanding import LibraryView, understand

VIEW = LibraryView(("洛阳", "泉州"), mentions=lambda words: False)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("我们在起草汇报，想参考一下：泉州接待游客目标是多少？", "泉州接待游客目标是多少？"),
        ("领导让我查个数：洛阳改造多少座泵站？", "洛阳改造多少座泵站？"),
        ("我们洛阳改造多少座泵站？", "我们洛阳改造多少座泵站？"),
        ("我们想知道：泵站", "我们想知道：泵站"),
    ],
)
def test_what_readers_say_of_their_own_work_is_no_part_of_the_question(
    text: str, asked: str
) -> None:
    question = understand(text, (), VIEW)
    assert question.standalone == asked and question.text == text


@pytest.mark.parametrize(
    ("text", "standalone", "cities"),
    [
        ("泉州和偃师的景区各有多少", "泉州和偃师区的景区各有多少", ("泉州", "洛阳")),
        ("偃师的景区有多少", "偃师的景区有多少", ()),  # alone it is searched for as it is written
        ("泉州和和平的景区", "泉州和和平的景区", ("泉州",)),  # 和平区 is in no city of the library
    ],
)
def test_a_county_beside_a_city_is_written_in_full(
    text: str, standalone: str, cities: tuple[str, ...]
) -> None:
    question = understand(text, (), VIEW)
    assert question.standalone == standalone
    assert question.cities == cities
