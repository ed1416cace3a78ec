"""The segmenter that reads its dictionary piecemeal cuts as jieba does with all of it."""

from __future__ import annotations

from pathlib import Path

import jieba
import pytest

from assistant.text.dictionary import TOTAL_COUNT, Segmenter
from assistant.text.tokens import words

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> jieba.Tokenizer:
    segmenter = jieba.Tokenizer()
    segmenter.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    segmenter.initialize()
    return segmenter


def test_texts_are_cut_as_by_jieba_with_its_whole_dictionary(whole: jieba.Tokenizer) -> None:
    own = Segmenter(own_words=False)
    texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(DOCUMENTS.iterdir())]
    assert texts
    for text in (*texts, "T恤和B超：AT&T 2024年的IP地址, 龢龟。𠮷㐀"):
        assert own.lcut(text, HMM=False) == whole.lcut(text, HMM=False)


def test_its_counts_are_those_of_the_whole_dictionary(whole: jieba.Tokenizer) -> None:
    own = Segmenter(own_words=False)
    assert whole.total == TOTAL_COUNT
    for word in ("医院", "湖州", "龢", "一", "城镇化率", "不成词的"):
        assert own.entry(word)[0] == whole.FREQ.get(word, 0)
    assert own.entry("医院")[1] == "n"


@pytest.mark.parametrize("word", ["医联体", "三甲", "森林覆盖率", "下步", "生均公用经费"])
def test_words_of_the_field_are_cut_whole(word: str) -> None:
    assert words(f"{word}的目标") == [word, "的", "目标"]
