"""Visit the page as a browser does: fetch it, run its load event, ask a question over its queue."""

from __future__ import annotations

import json
import urllib.request
import uuid
from collections.abc import Mapping
from typing import Any

_TIMEOUT_SECONDS = 60


def visit(url: str, question: str) -> None:
    """Open the page at ``url`` and ask; returns when the whole answer has come."""
    config = _fetch(f"{url}config")
    queue = f"{url.rstrip('/')}{config.get('api_prefix', '')}/queue"
    values = {
        component["id"]: component.get("props", {}).get("value")
        for component in config["components"]
    }
    for event in config["dependencies"]:
        kinds = {kind for _, kind in event["targets"]}
        if "load" in kinds:
            _run(queue, event["id"], [values.get(one) for one in event["inputs"]])
        elif "submit" in kinds:
            asked = [question, *(values.get(one) for one in event["inputs"][1:])]
            _run(queue, event["id"], asked)


def _run(queue: str, function: int, values: list[Any]) -> None:
    session = uuid.uuid4().hex
    body = {"fn_index": function, "data": values, "session_hash": session}
    _fetch(f"{queue}/join", body)
    with urllib.request.urlopen(
        f"{queue}/data?session_hash={session}", timeout=_TIMEOUT_SECONDS
    ) as stream:
        for line in stream:
            if b"process_completed" in line:
                if b'"success":false' in line.replace(b" ", b""):
                    raise RuntimeError(f"the page failed to answer: {line[:300]!r}")
                return
    raise RuntimeError("the page broke off")


def _fetch(url: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
    sent = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, sent, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as reply:
        found: dict[str, Any] = json.load(reply)
    return found
