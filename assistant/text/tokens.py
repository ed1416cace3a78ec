"""Tokens: characters and bigrams for the terms leg, jieba's words where words matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from assistant.text.match import match_key

if TYPE_CHECKING:
    from assistant.text.dictionary import Segmenter

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛"
    "樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳"
)  # the commonest surnames, some 99 % of people
_RARE = 100  # of the dictionary's 60 million words
_RUNS = re.compile(r"\d+(?:\.\d+)?|[a-z]+|[㐀-鿿豈-﫿]+")


def terms(text: str) -> list[str]:
    """Split into what the terms leg indexes, in order.

    Han runs give their characters and bigrams, numbers stay as written (1.10 is one term), Latin
    words are lower-cased. Measured on 599 policy documents: better than words for finding passages.
    """
    found: list[str] = []
    for run in _RUNS.findall(match_key(text)):
        found.append(run) if run[0] < "㐀" else found.extend(_characters_and_bigrams(run))
    return found


def _characters_and_bigrams(run: str) -> list[str]:
    return [*run, *map("".join, zip(run, run[1:], strict=False))]


@cache
def _segmenter() -> Segmenter:
    from assistant.text.dictionary import Segmenter

    return Segmenter()


def _tag(word: str) -> str:
    """Return the part of speech of ``word`` by the segmenter's dictionary, empty for one it lacks."""
    return _segmenter().entry(word)[1]


def names_a_thing(word: str) -> bool:
    """Say whether ``word`` is a noun or a name by the segmenter's dictionary, or unknown to it."""
    tag = _tag(word)
    return len(word) > 1 and (not tag or tag.startswith(("n", "vn", "eng", "j", "l")))


def is_other_word(word: str) -> bool:
    """Say whether the segmenter's dictionary knows ``word`` as anything but a name (金融, not 建华)."""
    tag = _tag(word)
    return bool(tag) and not tag.startswith(("nr", "nz"))


def names_in_one(char: str) -> bool:
    """Say whether a lone character is a common noun by the dictionary (羊, 猪, 茶)."""
    return len(char) == 1 and _tag(char) == "n"


def is_rare(word: str) -> bool:
    """Say whether the segmenter's dictionary lacks ``word`` or has hardly ever met it (石城, 修水)."""
    return _segmenter().entry(word)[0] < _RARE


def names_a_place(word: str) -> bool:
    """Say whether ``word`` says where: by its end (县里, 境内), or by the segmenter's dictionary."""
    return _tag(word).startswith("s") or (len(word) > 1 and word[-1] in "里内")


def is_proper_name(word: str) -> bool:
    """Say whether ``word`` names a person, an organisation or a place by the dictionary.

    The dictionary calls many a phrase a person (养老, 申请专利): a person has a surname and a short name.
    """
    tag = _tag(word)
    is_person = tag.startswith("nr") and len(word) in (2, 3) and word[0] in SURNAMES
    return len(word) > 1 and (is_person or tag.startswith(("nt", "ns")))


def words(text: str) -> list[str]:
    """Split the match key of ``text`` into the dictionary's words, without spaces and punctuation.

    What the dictionary lacks comes out as characters: guessed words would look like rare ones.
    """
    cut = _segmenter().lcut(match_key(text), HMM=False)
    return [word for word in _with_decimals(cut) if _RUNS.search(word)]


def _with_decimals(cut: Sequence[str]) -> list[str]:
    """Join what the segmenter cuts at the point of a number (1 . 2)."""
    joined: list[str] = []
    for word in cut:
        if word.isdecimal() and joined[-1:] == ["."] and joined[-2:-1] and joined[-2].isdecimal():
            joined[-2:] = [f"{joined[-2]}.{word}"]
        else:
            joined.append(word)
    return joined


def cuts(text: str) -> frozenset[int]:
    """Return the offsets at which the segmenter cuts ``text``, those of its start and end among them."""
    key = text if len(match_key(text)) != len(text) else match_key(text)
    return frozenset(accumulate(map(len, _segmenter().lcut(key, HMM=False)), initial=0))
