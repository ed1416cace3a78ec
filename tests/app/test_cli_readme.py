"""The README's command lines, as a reader copies them: every command and option exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from assistant.app.cli import app

README = Path(__file__).parents[2] / "README.md"


def readme_lines() -> list[list[str]]:
    """Return the words of each line of the section."""
    section = README.read_text("utf-8").split("### 命令行")[1].split("\n### ")[0]
    (block,) = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [shlex.split(line, comments=True) for line in block.splitlines()]


def test_every_command_is_shown() -> None:
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert {words[1] for words in readme_lines()} == commands
    assert {words[0] for words in readme_lines()} == {"assistant"}


@pytest.mark.parametrize("words", readme_lines(), ids=" ".join)
def test_a_line_of_the_readme_is_understood(words: list[str]) -> None:
    command = typer.main.get_command(app).commands[words[1]]  # type: ignore[attr-defined]
    context = command.make_context(words[1], words[2:])
    assert any(value for value in context.params.values()) or len(words) == 2


def test_an_option_that_is_none_is_not_understood() -> None:
    command = typer.main.get_command(app).commands["ask"]  # type: ignore[attr-defined]
    with pytest.raises(typer.TyperException):
        command.make_context("ask", ["问", "--no-such-option"])
