"""The shipped static model: what it knows, both ways of loading it, speed, memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding import SHIPPED, StaticModel
from assistant.errors import SettingsError

TEXTS = (
    "用人单位违法解除劳动合同的，应当依照规定向劳动者支付赔偿金。",
    "公司没有理由就辞退我，可以要求赔多少钱？",
    "醫療機構應當加強藥品管理，２０２５年ＣＭＩ值達到1.29以上，門診次均費用增幅不超過5%。",
    "三级公立医院的平均住院日",
    "𠮷野家 emoji 🏥 ﬁne cost DRG/DIP",
    "\n\t 　",
    "",
    "长" * 3000,
)


@pytest.fixture(scope="module")
def model() -> StaticModel:
    return StaticModel.load()


def test_vectors_are_unit_rows_of_float32(model: StaticModel) -> None:
    vectors = model.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), model.dimensions) and vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert lengths[[0, 1, 2, 3, 4, 7]] == pytest.approx(1.0, abs=1e-5)
    assert not vectors[[5, 6]].any()  # nothing known: cosine 0 to everything


def test_a_batch_gives_the_same_as_one_by_one(model: StaticModel) -> None:
    alone = np.vstack([model.encode([text]) for text in TEXTS])
    assert model.encode(TEXTS) == pytest.approx(alone, abs=1e-6)
    assert model.encode([]).shape == (0, model.dimensions)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("醫療機構應當加強藥品管理", "医疗机构应当加强药品管理"),
        ("２０２５年ＣＭＩ值", "2025年cmi值"),
        ("Hospital 医院", "ｈｏｓｐｉｔａｌ医院"),
        ("医疗收入占比35.2%", "医疗收入占比28.9%"),  # numbers count as classes
        ("医院，护士。", "医院 护士"),
    ],
)
def test_what_looks_the_same_to_the_model(model: StaticModel, one: str, other: str) -> None:
    first, second = model.encode([one, other])
    assert first @ second == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "老板不发工资怎么办",
            "用人单位应当按照劳动合同约定，及时足额支付劳动报酬。",
            "房屋出租人应当按照约定将租赁物交付承租人。",
        ),
        (
            "爸妈去世后房子归谁",
            "继承开始后，按照法定继承办理；遗产由配偶、子女、父母继承。",
            "用人单位自用工之日起即与劳动者建立劳动关系。",
        ),
        (
            "看病能报销多少",
            "参保人员的医疗费用按照国家规定从基本医疗保险基金中支付。",
            "道路交通事故造成人身伤亡的，驾驶人应当立即抢救受伤人员。",
        ),
        (
            "开车撞了人要负什么责任",
            "机动车发生交通事故造成损害的，由保险公司予以赔偿，不足部分由侵权人承担。",
            "参保人员的医疗费用按照国家规定从基本医疗保险基金中支付。",
        ),
    ],
)
def test_lay_words_find_official_words(
    model: StaticModel, question: str, right: str, wrong: str
) -> None:
    asked, near, far = model.encode([question, right, wrong])
    assert asked @ near > asked @ far


def test_sentence_transformers_reads_the_same_vectors(model: StaticModel) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    other = sentence_transformers.SentenceTransformer(str(SHIPPED), device="cpu")
    texts = [text for text in TEXTS if text.strip()]
    theirs = other.encode(texts, convert_to_numpy=True)
    assert np.abs(model.encode(texts) - theirs).max() < 1e-3


def test_model2vec_reads_the_same_vectors(model: StaticModel) -> None:
    model2vec = pytest.importorskip("model2vec")
    other = model2vec.StaticModel.from_pretrained(SHIPPED)
    texts = [text for text in TEXTS if text.strip()]
    assert np.abs(model.encode(texts) - other.encode(texts, max_length=None)).max() < 1e-3


def test_the_name_tells_the_weights(model: StaticModel) -> None:
    config = json.loads((SHIPPED / "config.json").read_text(encoding="utf-8"))
    assert model.name == config["name"] and "@" in model.name


def test_shipped_size_and_card() -> None:
    files = [path for path in SHIPPED.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 30_000_000
    assert not [path for path in files if path.suffix in {".bin", ".pkl", ".pt"}]
    card = (SHIPPED / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert StaticModel.load().name in card
    assert 256 <= StaticModel.load().dimensions <= 512


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
def test_a_broken_folder_is_one_clear_error(tmp_path: Path, name: str) -> None:
    for path in SHIPPED.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_bytes(b"{")
    with pytest.raises(SettingsError, match="静态向量模型"):
        StaticModel.load(tmp_path)


def test_asking_imports_no_torch() -> None:
    code = (
        "import sys; from assistant.embedding import StaticModel; StaticModel.load().encode(['医院']);"
        "print([m for m in ('torch', 'scipy', 'jieba', 'transformers') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_speed_load_time_and_memory() -> None:
    """Half the promised speeds, so that a busy machine does not fail; memory as promised."""
    pytest.importorskip("psutil")
    from eval.embedding.speed import probe

    text = TEXTS[0] + TEXTS[1]
    passage = (text * 10)[:300]
    found = probe("static", SHIPPED, [passage] * 1000, [TEXTS[1]] * 300)
    assert found["per_second"] > 1500
    assert found["query_ms"] < 0.6
    assert found["load_s"] < 1.0
    assert found["resident_mb"] < 120
    assert not found["torch"]
