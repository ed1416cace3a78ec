"""The API under load: many at once, a slow model, clients that leave, a library that changes."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from api_serving import QUESTION, client, running, serving, untimed
from fastapi import FastAPI, Request
from slow_model import SlowModel, slow_model

from assistant.app.api.asking import last
from assistant.app.api.errors import add_handlers
from assistant.app.api.work import Work
from assistant.library import Library
from assistant.settings import Settings, load_settings

HOW = "广元的医美行业要怎么管？"
KEY = "sk-must-not-be-told"
_LONG = 60.0
OTHERS = ("广元市CMI的目标是多少？", "广州市2018年家庭医生签约率是多少？", QUESTION)


@pytest.fixture(scope="module")
def model() -> Iterator[SlowModel]:
    """The slow service."""
    with slow_model() as served:
        yield served


@pytest.fixture(scope="module")
def api(settings: Settings, model: SlowModel) -> Iterator[httpx.Client]:
    """A client of the corpus, served with the slow model."""
    chosen = load_settings(
        library=settings.library, corpus=settings.corpus, model=model.url, model_name="慢",
        model_key=KEY, model_timeout=_LONG, model_retries=0,
    )  # fmt: skip
    with serving(chosen) as address, client(address) as one:
        yield one


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds."""
    limit = time.monotonic() + _LONG
    while not holds():
        assert time.monotonic() < limit
        time.sleep(0.02)


def ask_and_leave(api: httpx.Client, model: SlowModel, path: str, body: str) -> None:
    """Ask on a connection of our own; hang up when the model has begun to write."""
    model.left.clear(), model.go_on.clear()
    model.written = 0
    place = urlsplit(str(api.base_url))
    with socket.create_connection((place.hostname or "", place.port or 0)) as line:
        sent = body.encode()
        head = f"POST {path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/json\r\n"
        line.sendall(f"{head}Content-Length: {len(sent)}\r\n\r\n".encode() + sent)
        until(lambda: model.written >= 1)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", '{"question": "%s", "stream": true}'),
        ("/api/ask", '{"question": "%s"}'),
        ("/v1/chat/completions", '{"stream": true, "messages": [{"role": "user", "content": "%s"}]}'),
        ("/v1/chat/completions", '{"messages": [{"role": "user", "content": "%s"}]}'),
    ],
)  # fmt: skip
def test_the_model_is_let_go_when_the_client_leaves(
    api: httpx.Client, model: SlowModel, path: str, body: str
) -> None:
    ask_and_leave(api, model, path, body % HOW)
    until(lambda: model.asking == 0)
    assert model.left.is_set() and model.written < 6  # of 12 sentences that an answer takes


@pytest.mark.parametrize("stream", ["true", "false"])
def test_a_model_in_the_midst_of_a_sentence_is_let_go(
    api: httpx.Client, model: SlowModel, stream: str
) -> None:
    model.endless = True
    try:
        ask_and_leave(api, model, "/api/ask", f'{{"question": "{HOW}", "stream": {stream}}}')
        until(lambda: model.asking == 0)
    finally:
        model.endless = False
    assert model.left.is_set() and model.written < 200  # of the 6,000 characters that it may write


def test_sentences_stream_as_the_model_writes_them(api: httpx.Client, model: SlowModel) -> None:
    model.go_on.clear()
    model.written = 0
    with api.stream("POST", "/api/ask", json={"question": HOW, "stream": True}) as reply:
        lines = reply.iter_lines()
        assert any(line == "event: sentence" for line in lines)
        assert model.asking == 1  # it is still writing
        model.go_on.set()
        rest = [line for line in lines if line.startswith("event:")]
    assert rest[-1] == "event: answer" and "event: error" not in rest


def test_slow_answers_hold_nobody_else_up(api: httpx.Client, model: SlowModel) -> None:
    model.go_on.clear()
    model.pause = _LONG
    address = str(api.base_url)
    with ThreadPoolExecutor(20) as threads:
        slow = [
            threads.submit(
                httpx.post, f"{address}/api/ask", json={"question": QUESTION}, timeout=_LONG
            )
            for _ in range(20)
        ]
        until(lambda: model.asking >= 4)
        for question in OTHERS:
            quick = api.post("/api/ask", json={"question": question, "extractive": True})
            assert quick.status_code == 200 and quick.json()["model"] == ""
        assert api.get("/api/documents").status_code == 200
        assert api.get("/").status_code == 200  # the page
        assert not any(future.done() for future in slow)
        model.go_on.set()
        assert {future.result().status_code for future in slow} == {200}
    assert KEY not in "".join(future.result().text for future in slow)
    assert model.keys[-1] == f"Bearer {KEY}" and KEY not in api.get("/api/status").text


def test_the_models_failure_is_said_and_the_documents_answer(
    api: httpx.Client, model: SlowModel
) -> None:
    model.go_on.set()  # the service now ends at once, without a word
    answer = api.post("/api/ask", json={"question": HOW}).json()
    assert answer["status"] == "answered" and answer["citations"]
    assert "语言模型未能作答" in answer["text"]


def test_many_at_once_get_each_their_own_answer(api: httpx.Client) -> None:
    def ask(question: str) -> dict:
        body = {"question": question, "extractive": True}
        return untimed(client(str(api.base_url)).post("/api/ask", json=body).json())

    alone = {question: ask(question) for question in OTHERS}
    with ThreadPoolExecutor(8) as threads:
        asked = OTHERS * 8
        assert list(threads.map(ask, asked)) == [alone[question] for question in asked]


def test_a_library_built_otherwise_is_a_clear_conflict(tmp_path: Path) -> None:
    file = tmp_path / "方案.txt"
    file.write_text("青禾市社区食堂建设方案\n\n到2026年，全市建成社区食堂120家。\n", "utf-8")
    settings = load_settings(library=tmp_path / "library", corpus=tmp_path / "none")
    Library.build(settings.library, settings, [file])
    with serving(settings) as address, client(address) as api:
        body = {"question": "青禾市社区食堂建设多少家？"}
        assert "120" in api.post("/api/ask", json=body).json()["text"]
        other = load_settings(library=settings.library, corpus=settings.corpus, max_chars=200)
        Library.build(settings.library, other)
        refused = api.post("/api/ask", json=body)
        assert refused.status_code == 409 and "assistant index" in refused.json()["error"]
        streamed = api.post("/api/ask", json={**body, "stream": True})
        assert streamed.status_code == 409
        said = api.post(
            "/v1/chat/completions", json={"messages": [{"role": "user", "content": "x"}]}
        )
        assert said.status_code == 409 and "assistant index" in said.json()["error"]["message"]


def test_work_ends_between_its_steps_when_the_client_leaves() -> None:
    """Drafting goes point by point: so does this work, which never ends by itself."""
    application, work = FastAPI(), Work()
    begun, ended = threading.Event(), threading.Event()

    def endless() -> Generator[None, None, None]:
        try:
            while True:
                begun.set()
                time.sleep(0.02)
                yield
        finally:
            ended.set()

    @application.get("/work")
    async def route(request: Request) -> None:
        await last(work.steps(request, lambda there: endless(), slow=True))

    add_handlers(application)
    with running(application) as address, pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{address}/work", timeout=1.0)
    assert begun.is_set() and ended.wait(_LONG)


def test_too_many_waiting_are_turned_away() -> None:
    application, work = FastAPI(), Work()
    hold = threading.Event()

    @application.get("/work")
    async def route() -> bool:
        return await work.do(lambda: hold.wait(_LONG))

    add_handlers(application)
    with running(application) as address, ThreadPoolExecutor(100) as threads:
        asked = [threads.submit(httpx.get, f"{address}/work", timeout=_LONG) for _ in range(100)]
        until(lambda: any(future.done() for future in asked))
        hold.set()
        replies = [future.result() for future in asked]
    turned_away = [reply for reply in replies if reply.status_code == 503]
    assert 0 < len(turned_away) < 100 and turned_away[0].headers["retry-after"] == "5"
    assert "忙不过来" in turned_away[0].json()["error"]
