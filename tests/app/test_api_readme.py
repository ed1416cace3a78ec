"""The README's examples of the HTTP interface, run as they stand."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import browsing
import docx
import pytest

README = Path(__file__).parents[2] / "README.md"
PRINTED = "127.0.0.1:7860"


def examples() -> list[str]:
    """Return the commands of the section, each on one line."""
    section = README.read_text("utf-8").split("### HTTP 接口")[1].split("\n### ")[0]
    (block,) = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return block.replace("\\\n", " ").splitlines()


@pytest.fixture(scope="module")
def address(library_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``assistant serve`` as a process of its own; nothing may have asked the outside."""
    log = tmp_path_factory.mktemp("api") / "outside.log"
    with browsing.served(library_dir, log) as served:
        yield served.removeprefix("http://").removesuffix("/")
    assert not log.exists(), log.read_text(encoding="utf-8")


def test_there_are_examples() -> None:
    assert len(examples()) >= 6 and all(PRINTED in example for example in examples())


@pytest.mark.skipif(not shutil.which("curl"), reason="没有安装 curl")
@pytest.mark.parametrize("example", examples())
def test_the_examples_work(address: str, tmp_path: Path, example: str) -> None:
    proposal = docx.Document()
    proposal.add_paragraph("关于加快医联体建设的提案\n建议：\n1.加快医联体建设。")
    proposal.save(str(tmp_path / "提案.docx"))
    command = shlex.split(example.replace(PRINTED, address), comments=True)
    command[1:1] = ["--silent", "--show-error", "--fail-with-body", "--noproxy", "*"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120)
    assert ran.returncode == 0, ran.stdout.decode() + ran.stderr.decode()
    assert json.loads(ran.stdout)
