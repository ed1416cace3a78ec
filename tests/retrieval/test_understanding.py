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
