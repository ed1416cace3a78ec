"""Build the tokenizer: Han words and characters, Latin words, numbers as classes.

Everything that the embedder's eyes need is inside ``tokenizer.json``: a character map (NFKC, lower
case, traditional to simplified), number classes, and greedy longest match over the words. Greedy
matching costs a third of the memory of a Unigram lattice; words that it would cut out of their
neighbours (的确 in 的确定) are found by comparing the two on the training text and left out.
"""

from __future__ import annotations

import math
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
NUMBER_CLASSES = (
    ("\ue000", r"(?:19|20)[0-9]{2}(?=年)"),
    ("\ue001", r"[0-9]+(?:\.[0-9]+)?[%‰]"),
    ("\ue002", r"[0-9]+\.[0-9]+"),
    ("\ue003", r"[0-9]{3,}"),
    ("\ue004", r"[0-9]+"),
)
RARE = "\ue005"  # stands for every Han character outside of the vocabulary
HAN = "\u3400-\u9fff"
MAPPED = ((0x21, 0x3400), (0x3400, 0xA000), (0xF900, 0xFB00), (0xFE30, 0xFFEF))
_HAN_WORD = re.compile(rf"[{HAN}]{{1,8}}")
_LATIN_WORD = re.compile(r"[a-z]{2,12}")


@lru_cache(maxsize=1)
def simplifier() -> normalizers.Normalizer:
    """Return the character map alone: NFKC, lower case, traditional to simplified."""
    return normalizers.Precompiled(_compiled(_character_map(frozenset())))


def build_tokenizer(
    texts: Sequence[str], words: Mapping[str, int], *, least: int, common: int
) -> Tokenizer:
    """Choose the vocabulary and return the tokenizer.

    ``words`` maps a normalised word to its count in general text. A word is kept where it stands
    ``least`` times in ``texts`` or ``common`` times in general text; every character of ``texts``
    or of ``words`` is kept.
    """
    simple = simplifier()
    normal = [simple.normalize_str(text) for text in texts]
    characters = {one for text in normal for one in text if re.match(f"[{HAN}]", one)}
    characters |= {word for word in words if len(word) == 1}
    latin = Counter(word for text in normal for word in _LATIN_WORD.findall(text))
    candidates = {word: count for word, count in words.items() if len(word) > 1}
    candidates |= {word: count for word, count in latin.items() if count >= 2 * least}
    lattice = _lattice(candidates, characters)
    counts = count_tokens(lattice, normal)
    kept = {w for w, n in candidates.items() if counts[w] >= least or n >= common}
    greedy = count_tokens(_greedy(kept, characters), normal)
    kept -= {w for w in kept if greedy[w] >= least and counts[w] < greedy[w] / 2}
    return _greedy(kept, characters)


def count_tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> Counter[str]:
    """Count the tokens of ``texts``."""
    ids: Counter[int] = Counter()
    for start in range(0, len(texts), 1000):
        for one in tokenizer.encode_batch_fast(
            list(texts[start : start + 1000]), add_special_tokens=False
        ):
            ids.update(one.ids)
    return Counter({tokenizer.id_to_token(i) or UNKNOWN: count for i, count in ids.items()})


@lru_cache(maxsize=1)
def dictionary_words() -> Mapping[str, int]:
    """Read jieba's dictionary: normalised Han words of up to 8 characters with their counts."""
    import jieba

    simple, words = simplifier(), Counter[str]()
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    for word, count, *_ in map(str.split, lines):
        normal = simple.normalize_str(word)
        if _HAN_WORD.fullmatch(normal):
            words[normal] += int(count)
    return dict(words)


def _lattice(words: Mapping[str, int], characters: Iterable[str]) -> Tokenizer:
    """Build a Unigram tokenizer with the words' general frequencies, characters as a fallback."""
    total = sum(words.values()) or 1
    scores = dict.fromkeys([*sorted(characters), *_letters()], -16.0)
    scores |= {word: math.log((count + 0.5) / total) for word, count in words.items()}
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, -30.0), *scores.items()], unk_id=0))
    tokenizer.pre_tokenizer = _splitter()
    return tokenizer


def _greedy(words: Iterable[str], characters: Iterable[str]) -> Tokenizer:
    """Build the tokenizer that ships: longest match over words, characters and number classes."""
    characters = sorted(set(characters))
    classes = [mark for mark, _ in NUMBER_CLASSES]
    order = [UNKNOWN, *classes, RARE, *_letters(), *characters, *sorted(words)]
    model = models.WordPiece(
        {token: index for index, token in enumerate(dict.fromkeys(order))},
        unk_token=UNKNOWN,
        continuing_subword_prefix="",
        max_input_chars_per_word=1_000_000,
    )
    tokenizer = Tokenizer(model)
    known = frozenset(characters)
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(_compiled(_character_map(known)))]
        + [normalizers.Replace(Regex(pattern), mark) for mark, pattern in NUMBER_CLASSES]
    )
    tokenizer.pre_tokenizer = _splitter()
    return tokenizer


def _splitter() -> pre_tokenizers.PreTokenizer:
    """Keep runs of Han characters, runs of letters and number classes; drop all else."""
    marks = "\ue000-\ue005"
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(f"[^{HAN}a-z{marks}]+"), "removed"),
            pre_tokenizers.Split(Regex(f"[a-z]+|[{marks}]"), "isolated"),
        ]
    )


def _letters() -> list[str]:
    """The 26 letters, the fallback for a Latin word that is not in the vocabulary."""
    return [chr(code) for code in range(ord("a"), ord("z") + 1)]


def _character_map(known: frozenset[str]) -> dict[str, str]:
    """Map each character to what the embedder sees; Han outside ``known`` to RARE (if any known)."""
    import opencc

    simplified = opencc.OpenCC("t2s").convert
    mapped = {}
    for code in (code for start, end in MAPPED for code in range(start, end)):
        source = chr(code)
        target = unicodedata.normalize("NFKC", source).lower()
        target = "".join(simplified(one) if re.match(f"[{HAN}]", one) else one for one in target)
        if known and re.match(f"[{HAN}]", target) and target not in known:
            target = RARE
        if target != source and target.strip():
            mapped[source] = target
    return mapped


def _compiled(mapped: Mapping[str, str]) -> bytes:
    """Compile a character map into the form that sentencepiece and tokenizers read."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    def points(text: str) -> str:
        return " ".join(f"{ord(one):X}" for one in text)

    with tempfile.TemporaryDirectory() as folder:
        rules, sample = Path(folder, "rules.tsv"), Path(folder, "sample.txt")
        rules.write_text("".join(f"{points(a)}\t{points(b)}\n" for a, b in mapped.items()))
        sample.write_text("一 二 三 四 五\n", encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            input=str(sample),
            model_prefix=f"{folder}/map",
            vocab_size=9,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(rules),
            minloglevel=2,
        )
        proto = sentencepiece_model_pb2.ModelProto()  # type: ignore[attr-defined]
        proto.ParseFromString(Path(folder, "map.model").read_bytes())
    return bytes(proto.normalizer_spec.precompiled_charsmap)
