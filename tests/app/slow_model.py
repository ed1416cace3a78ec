"""A language model's service that is slow: a sentence now and then, each true and cited.

It says what stands in the passages of its prompt, word for word, so that every sentence passes.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PASSAGE = re.compile(r"段落\[(\d+)\]（[^\n]*）\n(.*?)(?=\n\n段落\[|\n\n问题：)", re.DOTALL)
_SENTENCE = re.compile(r"[^。；\n]{12,80}。")


@dataclass
class SlowModel:
    """Its address; how many listen now; the sentences written, whether a listener left, the keys.

    While ``go_on`` is clear it takes ``pause`` seconds for a sentence; then it ends without a word.
    ``endless`` makes it write one long sentence that never ends.
    """

    url: str = ""
    pause: float = 1.0
    endless: bool = False
    asking: int = 0
    written: int = 0
    left: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    keys: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, change: int) -> None:
        """Count a listener in or out."""
        with self.lock:
            self.asking += change


@contextmanager
def slow_model() -> Iterator[SlowModel]:
    """Serve on a free port."""
    model = SlowModel()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.keys.append(self.headers.get("Authorization", ""))
            model.count(1)
            try:
                _write(self, model, str(request["messages"][-1]["content"]))
            except OSError:
                model.left.set()
            finally:
                model.count(-1)

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield model
    finally:
        model.go_on.set()
        server.shutdown()
        server.server_close()


def _write(handler: BaseHTTPRequestHandler, model: SlowModel, prompt: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()
    handler.close_connection = True
    while model.endless and not model.go_on.is_set():
        _send(handler, "推进")
        model.written += 1
        model.go_on.wait(0.1)
    for number, words in _PASSAGE.findall(prompt):
        for sentence in _SENTENCE.findall(words):
            if model.go_on.is_set():
                break
            _send(handler, f"{sentence}[{number}]")
            model.written += 1
            model.go_on.wait(model.pause)
    handler.wfile.write(b"data: [DONE]\n\n")


def _send(handler: BaseHTTPRequestHandler, text: str) -> None:
    delta = {"role": "assistant", "content": text}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    data = json.dumps({**chunk, "choices": [{"index": 0, "delta": delta}]}, ensure_ascii=False)
    handler.wfile.write(f"data: {data}\n\n".encode())
    handler.wfile.flush()
