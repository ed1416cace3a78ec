"""What may be shown or stored of settings: never a key, a password, a query string."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from assistant.settings import Settings

MASK = "（已设置）"


def shown(settings: Settings) -> tuple[tuple[str, Any], ...]:
    """The settings by name, with keys masked and addresses without credentials."""
    values: dict[str, Any] = settings.model_dump(mode="json")
    for name, value in values.items():
        if name.endswith("_key") and value:
            values[name] = MASK
        elif isinstance(value, str) and "://" in value:
            values[name] = without_secrets(value)
    return tuple(values.items())


def without_secrets(url: str) -> str:
    """Strip user name, password and query from an address."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    scheme = f"{parts.scheme}://" if parts.scheme else ""
    return f"{scheme}{parts.hostname or ''}{port}{parts.path}"
