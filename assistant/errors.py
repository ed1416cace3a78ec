"""Every error that a user can cause or meet, under one root.

A message is Chinese and says what is wrong, with which thing, and what to do next. The command line
turns the root, and only the root, into one line on standard error and exit code 2.
"""

from __future__ import annotations

from pathlib import Path


class AssistantError(Exception):
    """The root of what this product raises on purpose."""


class SettingsError(AssistantError):
    """A setting is unknown, out of bounds, or contradicts another."""


class UnreadableFileError(AssistantError):
    """A file cannot become a document. ``reason`` and ``remedy`` are shown to the user."""

    def __init__(self, path: Path | str, reason: str, remedy: str) -> None:
        self.path, self.reason, self.remedy = Path(path), reason, remedy
        super().__init__(f"无法读取「{self.path.name}」：{reason}。{remedy}。")


class LibraryError(AssistantError):
    """The library cannot be used as it stands."""


class LibraryMissingError(LibraryError):
    """There is no library at the directory."""


class LibraryMismatchError(LibraryError):
    """The library was built under other settings than the current ones."""


class LibraryBusyError(LibraryError):
    """Another process is writing to the library."""


class DocumentNotFoundError(AssistantError):
    """No document of the library matches what was asked for."""


class QuestionError(AssistantError):
    """A question or a batch row cannot be used: empty, too long, malformed."""
