"""The wheel alone, installed away from the project: everything that it needs is in it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from answering.field_documents import ELDERLY
from answering.model_server import Reply, serving

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the working tree without the network."""
    pytest.importorskip("hatchling", reason="没有安装 hatchling：pip install -e '.[dev]'")
    out = tmp_path_factory.mktemp("wheel")
    command = ["wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--quiet", "-w", str(out)]
    subprocess.run([sys.executable, "-m", "pip", *command], check=True)
    (built,) = out.glob("*.whl")
    return built


def test_what_is_no_code_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    prompts = {f"assistant/prompts/{path.name}" for path in (ROOT / "prompts").glob("*.txt")}
    package = (ROOT / "assistant").rglob("*")
    kept = {".txt", ".toml", ".css", ".js", ".json", ".safetensors", ".tsv", ".csv"}
    data = {str(path.relative_to(ROOT)) for path in package if path.suffix in kept}
    assert prompts | data <= names
    assert any(name.startswith("assistant/embedding/model/") for name in data)


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in an environment of its own; only the dependencies are lent by this one."""
    home = tmp_path_factory.mktemp("installed") / "env"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    command = ["--python", str(python), "install", "--no-deps", "--quiet", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *command], check=True)
    (site,) = home.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", "utf-8")
    return home / "bin" / "assistant"


def test_the_installed_program_indexes_and_answers(program: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(ELDERLY, "utf-8")

    def run(*arguments: str, **variables: str) -> str:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "ASSISTANT_"))}
        ran = subprocess.run(
            [str(program), "--library", "lib", *arguments],
            cwd=tmp_path,
            env={**kept, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    run("index", "plan.txt")
    assert "60%以上" in run("ask", "云岭市2026年护理型床位占比的目标是多少？")
    with serving(Reply(("云岭市2026年护理型床位占比达到60%以上。[1]",))) as served:
        way = {"ASSISTANT_MODEL": served.url, "ASSISTANT_MODEL_NAME": "tiny"}
        said = run("ask", "云岭市2026年护理型床位占比的目标是多少？", **way)
    assert "tiny" in said and "已核对 1 句" in said
    assert "请用段落里的原话直接回答" in served.prompts[0], "the prompts came with the wheel"
