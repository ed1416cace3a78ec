"""Run ``assistant`` while writing down every attempt to reach another machine.

``python guarded_serve.py LOG ARGUMENTS…``: an audit hook sees each address that Python resolves or
connects to; what is not this machine goes into LOG, a line each, and is refused.
"""

from __future__ import annotations

import ipaddress
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Set the guard, then be the command line."""
    log = Path(sys.argv[1])

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        host = _host(event, arguments)
        if host is not None and not _is_here(host):
            with log.open("a", encoding="utf-8") as file:
                file.write(f"{event} {host}\n")
            raise ConnectionRefusedError(f"outside: {host}")

    sys.addaudithook(guard)
    from assistant.app.cli import run

    sys.exit(run(sys.argv[2:]))


def _host(event: str, arguments: tuple[Any, ...]) -> str | None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        return str(address[0]) if isinstance(address, tuple) else None
    return str(arguments[0]) if event == "socket.getaddrinfo" else None


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host in ("", "localhost", "None")


if __name__ == "__main__":
    main()
