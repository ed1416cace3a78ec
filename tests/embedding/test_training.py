"""The training program end to end on a few dozen sentences, and its parts."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding import StaticModel
from assistant.embedding.reading import (
    Section,
    joined,
    read_pairs,
    read_sections,
    without,
)
from assistant.errors import SettingsError

pytest.importorskip("sentencepiece")
pytest.importorskip("scipy")
pytest.importorskip("torch")

ARTICLES = (
    (
        "食堂管理办法",
        "第一章 采购",
        "第一条 食堂应当向有资质的供应商采购食材。采购人员应当查验合格证明。",
    ),
    (
        "食堂管理办法",
        "第一章 采购",
        "第二条 采购记录应当保存两年。记录不全的，由管理部门责令改正。",
    ),
    ("食堂管理办法", "第二章 卫生", "第三条 餐具应当每日消毒。消毒记录应当张贴在明显位置。"),
    ("食堂管理办法", "第二章 卫生", "第四条 工作人员应当持健康证明上岗。健康证明每年更新一次。"),
    ("图书借阅规则", "第一章 办证", "第一条 读者凭身份证办理借书证。借书证遗失的，应当及时挂失。"),
    ("图书借阅规则", "第一章 办证", "第二条 每证限借五册。借期为三十天，可以续借一次。"),
    (
        "图书借阅规则",
        "第二章 赔偿",
        "第三条 图书损坏的，读者应当照价赔偿。孤本损坏的，按评估价赔偿。",
    ),
    ("图书借阅规则", "第二章 赔偿", "第四条 逾期归还的，暂停借阅。超过九十天的，注销借书证。"),
)
QUESTIONS = (
    ("借书证丢了怎么办", "读者凭身份证办理借书证。借书证遗失的，应当及时挂失。"),
    ("一次可以借几本书", "每证限借五册。借期为三十天，可以续借一次。"),
    ("碗筷多久消毒一次", "餐具应当每日消毒。消毒记录应当张贴在明显位置。"),
)


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("material")
    rows = [
        {"title": title, "heading": heading, "text": text} for title, heading, text in ARTICLES * 4
    ]
    with gzip.open(folder / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "news.txt").write_text(
        "食堂今日推出新菜品。许多读者在图书馆排队。管理部门表示将加强检查。\n" * 5, encoding="utf-8"
    )
    pairs = [{"question": question, "passage": passage} for question, passage in QUESTIONS * 3]
    with (folder / "pairs.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs)
    return folder


def _train(material: Path, out: Path) -> Path:
    from assistant.embedding.train import main

    text = [str(material / "articles.jsonl.gz"), str(material / "news.txt")]
    arguments = ["--text", *text, "--pairs", str(material / "pairs.jsonl"), "--out", str(out)]
    small = [
        "--dimensions",
        "16",
        "--steps",
        "6",
        "--batch",
        "8",
        "--mined",
        "20",
        "--common",
        "9999",
    ]
    assert main([*arguments, *small]) == 0
    return out


def test_a_small_training_run_is_loadable_and_repeatable(material: Path, tmp_path: Path) -> None:
    first = _train(material, tmp_path / "one")
    second = _train(material, tmp_path / "two")
    model = StaticModel.load(first)
    assert model.dimensions == 16
    assert (first / "model.safetensors").read_bytes() == (second / "model.safetensors").read_bytes()
    assert StaticModel.load(second).name == model.name
    start = StaticModel.load(tmp_path / "one-start")
    assert start.dimensions == 16 and start.name != model.name
    tokens = model.tokenizer.encode("讀者 2024年 33.5% 1.2 1234 12 消毒𠮷").tokens
    numbers = ["\ue000", "年", "\ue001", "\ue002", "\ue003", "\ue004"]
    assert tokens == ["读者", *numbers, "消毒"]  # what is neither Han, Latin nor number is dropped


def test_training_brings_questions_to_their_passages(material: Path, tmp_path: Path) -> None:
    out = _train(material, tmp_path / "model")
    questions, passages = zip(*QUESTIONS, strict=True)

    def right(folder: Path) -> float:
        model = StaticModel.load(folder)
        return float(np.trace(model.encode(questions) @ model.encode(passages).T))

    assert right(out) > right(tmp_path / "model-start")


def test_a_wrong_path_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from assistant.embedding.train import main

    assert main(["--text", str(tmp_path / "absent"), "--out", str(tmp_path / "out")]) == 2
    assert "无法读取训练文本" in capsys.readouterr().err


def test_items_are_joined_to_their_article() -> None:
    lines = [
        Section("法", "章", "第一条 有下列情形之一的，予以处罚："),
        Section("法", "章", "（一）伪造证明的；"),
        Section("法", "章", "（二）拒绝检查的。"),
        Section("法", "章", "第二条 本法自公布之日起施行。"),
        Section("另一部法", "", "第一条 为了保护环境，制定本法。"),
    ]
    texts = [one.text for one in joined(lines)]
    assert [text.count("\n") for text in texts] == [2, 0, 0]


def test_what_is_excluded_stays_out_whatever_its_script_or_number() -> None:
    held_out = "第五十四条 自然人从事工商业经营，经依法登记，为个体工商户。个体工商户可以起字号。"
    others = "第九条 居民委员会、村民委员会具有基层群众性自治组织法人资格，可以从事必要的民事活动。"
    from assistant.embedding.vocabulary import simplifier

    normalise = simplifier().normalize_str
    sections = [
        Section("民法典", "", held_out.replace("第五十四条 ", "")),
        Section("民法典", "", "自然人從事工商業經營，經依法登記，為個體工商戶。"),
        Section("民法典", "", others),
    ]
    assert [one.text for one in without(sections, [held_out], normalise)] == [others]


def test_reading_takes_folders_and_plain_files(material: Path) -> None:
    sections = read_sections([material])
    assert {one.title for one in sections} >= {"食堂管理办法", "图书借阅规则", "news"}
    assert len(read_pairs([material])) == len(QUESTIONS) * 3
    with pytest.raises(SettingsError):
        read_sections([material / "absent.pdf"])
