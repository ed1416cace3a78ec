"""A GGUF file in this process: what is said when it cannot be used, and a real one where there is one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from field_documents import ELDERLY

from assistant.answering import Assistant
from assistant.answering.model import Model
from assistant.errors import SettingsError
from assistant.library import Library
from assistant.settings import load_settings

FOLDER = Path(os.environ.get("LOCAL_MODEL_DIR", Path.home() / ".cache" / "local-model"))
FILE = FOLDER / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
QUESTION = "云岭市打算怎么健全居家养老网络？"


@pytest.fixture
def library_dir(tmp_path: Path) -> Path:
    """A library of one plan."""
    (tmp_path / "yunling.txt").write_text(ELDERLY, "utf-8")
    Library.build(tmp_path / "lib", load_settings(), [tmp_path / "yunling.txt"])
    return tmp_path / "lib"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="找不到模型文件"):
        Model(load_settings(model=str(tmp_path / "none.gguf")))


def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "novel.gguf"
    path.write_text("这不是模型", "utf-8")
    with pytest.raises(SettingsError, match=r"novel\.gguf」不是 GGUF"):
        Model(load_settings(model=str(path)))


def test_the_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF\0")
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(SettingsError, match=r"pip install 'cewen-assistant\[gguf\]'"):
        Model(load_settings(model=str(path)))


def test_a_file_needs_no_name(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="没有安装 xllamacpp")
    path = tmp_path / "small.gguf"
    path.write_bytes(b"GGUF\0")
    assert Model(load_settings(model=str(path))).name == "small"


def test_a_file_that_does_not_load_leaves_the_extract(library_dir: Path, tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="没有安装 xllamacpp")
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF" + bytes(200))
    with Library.open(library_dir, load_settings(model=str(path))) as library:
        answer = Assistant(library).ask(QUESTION)
    assert "无法载入" in answer.sentences[0].text
    assert "家庭养老床位" in answer.text


@pytest.mark.local_model
@pytest.mark.slow
@pytest.mark.skipif(not FILE.is_file(), reason=f"没有 {FILE.name}")
def test_a_real_file_writes_an_answer_and_the_program_ends(library_dir: Path) -> None:
    """In a process of its own: the model must also let go of it."""
    pytest.importorskip("xllamacpp", reason="没有安装 xllamacpp")
    command = [sys.executable, "-m", "assistant.app.cli", "--library", str(library_dir)]
    environment = {**os.environ, "ASSISTANT_MODEL": str(FILE), "ASSISTANT_MODEL_TIMEOUT": "300"}
    ran = subprocess.run(
        [*command, "ask", QUESTION, "--json"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert '"trouble": ""' in ran.stdout
    assert FILE.stem in ran.stdout
    assert "家庭养老床位" in ran.stdout
