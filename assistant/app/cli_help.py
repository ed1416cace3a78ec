"""Help and usage errors of the command line in Chinese."""

from __future__ import annotations

import unicodedata
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from assistant.errors import AssistantError

_SAID = {
    "Got unexpected extra argument": "多出了参数",
    "requires an argument": "选项后面缺少值",
    "does not take a value": "这个选项不带值",
    "does not exist": "路径不存在",
}


class UsageFault(AssistantError):
    """The command was typed in a way that it does not understand."""


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese; ``epilog`` holds examples, one a line."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(_page(self, ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """Return ``--help`` with its Chinese words."""
        return _in_chinese(super().get_help_option(ctx))


class ChineseGroup(TyperGroup):
    """The group of commands, with Chinese help."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page with the list of commands."""
        commands = [(name, _first_line(self.commands[name].help)) for name in self.commands]
        formatter.write(_page(self, ctx, commands))

    def get_help_option(self, ctx: Any) -> Any:
        """Return ``--help`` with its Chinese words."""
        return _in_chinese(super().get_help_option(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; raises UsageFault with the nearest name for an unknown one."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise UsageFault(f"没有「{args[0]}」这个命令。{_nearest(args[0], list(self.commands))}")
        return super().resolve_command(ctx, args)


def usage_message(error: Exception) -> str:
    """Say in one Chinese line what is wrong with the command as typed.

    ``error`` is one of typer's own usage errors; they are told apart by what they carry.
    """
    context = getattr(error, "ctx", None)
    hint = f"运行 {context.command_path} --help 查看用法。" if context else ""
    return f"{_what_is_wrong(error)}。{hint}"


def _what_is_wrong(error: Any) -> str:
    message = str(getattr(error, "message", error))
    if type(error).__name__ == "MissingParameter":
        return f"缺少参数「{_name(error.param)}」"
    if type(error).__name__ == "NoSuchOption":
        return f"没有选项「{error.option_name}」"
    said = next((ours for theirs, ours in _SAID.items() if theirs in message), "")
    if getattr(error, "param", None) is not None:
        return f"「{_name(error.param)}」的值不对：{said or _bounds(error.param) or message}"
    option = getattr(error, "option_name", "")
    return f"{said}（{option or message.rpartition('(')[2].rstrip(')')}）" if said else message


def _bounds(param: Any) -> str:
    low, high = getattr(param, "min", None), getattr(param, "max", None)
    if low is not None and high is not None:
        return f"应为 {low} 到 {high} 的整数"
    return f"应为不小于 {low} 的整数" if low is not None else ""


def _name(param: Any) -> str:
    if param is None:
        return "参数"
    option: bool = param.param_type_name == "option"
    return str(max(param.opts, key=len)) if option else str(param.metavar or param.name.upper())


def _nearest(name: str, names: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, names, n=1)
    return f"是不是 {near[0]}？" if near else f"可用的命令：{'、'.join(names)}。"


def _in_chinese(option: Any) -> Any:
    if option is not None:
        option.help = "显示这页说明"
    return option


def _page(command: Any, ctx: typer.Context, commands: list[tuple[str, str]] | None = None) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.get_params(ctx) if p.param_type_name == "option" and not p.hidden]
    pieces = [ctx.command_path, *map(_argument, arguments), "[选项]"]
    pieces += ["命令 …"] if commands else []
    sections = [
        f"{command.help or ''}",
        f"用法：{' '.join(pieces)}",
        _section("命令", commands or []),
        _section("参数", [(_argument(p), p.help or "") for p in arguments]),
        _section("选项", [(_option(p), _explained(p)) for p in options]),
        _examples(command.epilog or ""),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _argument(param: Any) -> str:
    name = param.metavar or param.name.upper()
    return name if param.required else f"[{name}]"


def _option(param: Any) -> str:
    names = ", ".join(sorted(param.opts, key=len))
    return f"{names} {param.metavar}" if param.metavar else names


def _explained(param: Any) -> str:
    shown = isinstance(param.default, int) and not isinstance(param.default, bool)
    return f"{param.help or ''}{f'（默认 {param.default}）' if shown else ''}"


def _examples(epilog: str) -> str:
    lines = [line.strip() for line in epilog.strip().splitlines()]
    return "\n".join(["示例：", *(f"  {line}" for line in lines)]) if epilog else ""


def _section(title: str, rows: list[tuple[str, str]]) -> str:
    if not rows:
        return ""
    widest = max(_width(left) for left, _ in rows)
    lines = [f"  {left}{' ' * (widest - _width(left) + 2)}{right}" for left, right in rows]
    return "\n".join([f"{title}：", *lines])


def _width(text: str) -> int:
    """Count terminal columns: a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _first_line(text: str | None) -> str:
    return (text or "").strip().partition("\n")[0].rstrip("。")
