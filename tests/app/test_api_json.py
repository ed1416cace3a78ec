"""``/api``: the command line's JSON over HTTP, errors in Chinese, nothing that was not asked for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import httpx
import pytest
from api_serving import QUESTION, client, events, serving, untimed
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st
from pydantic import TypeAdapter

from assistant.app.api import asking, chat, replies
from assistant.settings import Settings, load_settings

Cli = Callable[..., Any]
KEY = "sk-must-not-be-told"
PROPOSAL = (
    "关于加快医联体建设的提案\n提案人：张三\n建议：\n1.加快医联体建设。\n2.增设电动自行车充电桩。\n"
)


@pytest.fixture(scope="module")
def api(settings: Settings) -> Iterator[httpx.Client]:
    """A client of the served corpus; a key is set that no reply may show."""
    kept = load_settings(library=settings.library, corpus=settings.corpus, embedder_key=KEY)
    with serving(kept) as address, client(address) as one:
        yield one


@pytest.fixture
def ours(cli: Cli, library_dir: Path) -> Cli:
    """Run the command line on the same library; returns its JSON."""
    return lambda *arguments: cli("--library", library_dir, *arguments, "--json").json


@pytest.mark.parametrize(
    ("body", "arguments"),
    [
        ({"question": QUESTION}, [QUESTION]),
        ({"question": "那广元呢？", "history": [QUESTION]}, ["那广元呢？", "--history", QUESTION]),
        ({"question": "CMI的目标是多少", "city": "广元"}, ["CMI的目标是多少", "--city", "广元"]),
        ({"question": "北京市的CMI目标是多少？"}, ["北京市的CMI目标是多少？"]),
    ],
)
def test_an_answer_is_the_command_lines(
    api: httpx.Client, ours: Cli, body: dict, arguments: list[str]
) -> None:
    reply = api.post("/api/ask", json=body)
    assert reply.status_code == 200
    assert untimed(reply.json()) == untimed(ours("ask", *arguments))
    assert reply.json()["timings_ms"]["total"] > 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_hits_and_targets_are_the_command_lines(api: httpx.Client, ours: Cli, method: str) -> None:
    def call(path: str, wanted: dict[str, Any]) -> Any:
        given = {"params": wanted} if method == "get" else {"json": wanted}
        return getattr(api, method)(path, **given).json()

    found = call("/api/search", {"query": "紧密型城市医疗集团", "k": 3, "city": "广州"})
    assert found == ours("search", "紧密型城市医疗集团", "--k", "3", "--city", "广州")
    assert len(found) == 3
    rows = call("/api/targets", {"indicator": "CMI", "year": 2025, "kind": ["target"]})
    assert rows == ours("targets", "--indicator", "CMI", "--year", "2025", "--kind", "目标")
    assert rows and {row["year"] for row in rows} == {2025}
    both = call("/api/targets", {"city": ["湖州", "广元"]})
    assert {row["city"] for row in both} == {"湖州", "广元"}


def test_status_and_documents_are_the_command_lines(api: httpx.Client, ours: Cli) -> None:
    told, documents = api.get("/api/status").json(), api.get("/api/documents").json()
    printed = ours("status")
    assert documents == told["document_list"] == printed["document_list"]
    changing = ("settings", "vector_search")
    assert {k: v for k, v in told.items() if k not in changing} == {
        k: v for k, v in printed.items() if k not in changing
    }
    assert told["settings"]["embedder_key"] == "（已设置）"


def test_a_draft_from_text_and_from_a_file(api: httpx.Client, ours: Cli, tmp_path: Path) -> None:
    pasted, sent = tmp_path / "提案.txt", tmp_path / "提案.docx"
    pasted.write_text(PROPOSAL, "utf-8")
    written = docx.Document()
    for line in PROPOSAL.splitlines():
        written.add_paragraph(line)
    written.save(str(sent))
    printed = untimed(ours("draft", pasted, "--city", "广州", "--body", "市卫生健康委"))
    wish = {"city": "广州", "body": "市卫生健康委"}
    assert untimed(api.post("/api/draft", json={"text": PROPOSAL, **wish}).json()) == printed
    form = api.post("/api/draft", data={"text": PROPOSAL, **wish}, files={"x": ("", b"")})
    assert form.status_code == 422 and "「x」不是这个接口的字段" in form.json()["error"]
    with sent.open("rb") as file:
        reply = api.post("/api/draft", data=wish, files={"file": ("../提案.docx", file)})
    assert untimed(reply.json()) == untimed(
        ours("draft", sent, "--city", "广州", "--body", "市卫生健康委")
    )
    assert reply.json()["points"] == printed["points"]


def test_wishes_of_a_draft_arrive(api: httpx.Client, library_dir: Path) -> None:
    excluded = next(c for c in api.get("/api/documents").json() if c["city"] == "广州")
    wish = {
        "city": "广州", "number": "第1048号", "co_bodies": ["市医保局", "市财政局"],
        "date": "2024年5月1日", "to": "李四", "category": "b", "exclude": [excluded["document_id"]],
    }  # fmt: skip
    draft = api.post("/api/draft", json={"text": PROPOSAL, **wish}).json()
    assert "1048" in draft["title"] + draft["sections"][0]["paragraphs"][0]["text"]
    assert draft["request"]["addressee"] == "李四" and draft["request"]["category"] == "B"
    assert "市财政局" in json.dumps(draft, ensure_ascii=False) and draft["date"] == "2024年5月1日"
    assert excluded["document_id"] not in {c["document_id"] for c in draft["citations"]}
    form = {**wish, "text": PROPOSAL}
    assert untimed(api.post("/api/draft", files={n: (None, v) for n, v in {
        **form, "co_bodies": "市医保局", "exclude": excluded["document_id"]}.items()}).json())[
        "date"
    ] == "2024年5月1日"  # fmt: skip


@pytest.mark.parametrize("how", ["accept", "field"])
def test_a_stream_tells_every_step(api: httpx.Client, how: str) -> None:
    headers = {"Accept": "text/event-stream"} if how == "accept" else {}
    body = {"question": QUESTION, **({"stream": True} if how == "field" else {})}
    with api.stream("POST", "/api/ask", json=body, headers=headers) as reply:
        assert reply.headers["content-type"].startswith("text/event-stream")
        told = [(name, json.loads(value)) for name, value in events(reply)]
    steps = [name for name, _ in told]
    assert steps[:2] == ["question", "hits"] and steps[-1] == "answer"
    assert set(steps[2:-1]) == {"sentence"}
    assert told[0][1]["cities"] == ["湖州"] and told[0][1]["years"] == [2025]
    assert all("passage" not in hit and hit["title"] for hit in told[1][1])
    answer = told[-1][1]
    names = ("text", "citations", "support")
    said = [value for name, value in told if name == "sentence"]
    assert said and [[one[n] for n in names] for one in said] == [
        [one[n] for n in names] for one in answer["sentences"]
    ]
    assert untimed(answer) == untimed(api.post("/api/ask", json={"question": QUESTION}).json())


def test_what_is_wrong_with_a_question_is_a_status_even_when_streaming(api: httpx.Client) -> None:
    reply = api.post("/api/ask", json={"question": " ", "stream": True})
    assert (reply.status_code, reply.json()) == (400, {"error": "问题是空的。请输入要问的内容。"})
    reply = api.post("/api/ask", json={"question": "问", "stream": True, "city": "北京"})
    assert reply.status_code == 400 and "现有城市" in reply.json()["error"]


WRONG: list[tuple[str, dict[str, Any], int, str]] = [
    ("/api/ask", {"json": {}}, 422, "「question」缺少"),
    ("/api/ask", {"json": {"question": "问" * 1001}}, 400, "超过上限 1000 字"),
    ("/api/ask", {"json": {"question": 5}}, 422, "「question」应为文字"),
    ("/api/ask", {"json": {"question": "问", "citys": "湖州"}}, 422, "「citys」不是这个接口的字段"),
    ("/api/ask", {"json": {"question": "问", "history": "问"}}, 422, "「history」应为列表"),
    ("/api/ask", {"json": {"question": "问", "history": ["问" * 1001]}}, 422, "「history[0]」超过"),
    ("/api/ask", {"json": {"question": "问", "history": ["问"] * 101}}, 422, "超过上限 100 项"),
    ("/api/ask", {"json": {"question": "问", "city": "市" * 101}}, 422, "「city」超过上限 100 字"),
    ("/api/ask", {"json": {"question": "问", "stream": "x"}}, 422, "应为 true 或 false"),
    ("/api/ask", {"content": b'{"question": "\\ud800"}'}, 422, "无效的字符"),
    ("/api/ask", {"content": b"{"}, 422, "不是有效的 JSON"),
    ("/api/ask", {"content": b"\xff\xfe"}, 422, "UTF-8"),
    ("/api/ask", {"content": b"[" * 100_000}, 400, "读不懂"),
    ("/api/ask", {"json": ["问"]}, 422, "应为 JSON 对象"),
    ("/api/ask", {"content": b"{}", "headers": {"Content-Type": "text/plain"}}, 422, "应为 JSON"),
    ("/api/ask", {"content": b" " * 3_000_000}, 413, "太大"),
    ("/api/search", {"json": {"query": ""}}, 400, "问题是空的"),
    ("/api/search", {"json": {"query": "医", "k": 0}}, 422, "「k」应不小于 1"),
    ("/api/search", {"json": {"query": "医", "k": 201}}, 422, "「k」应不大于 200"),
    ("/api/search", {"json": {"query": "医", "k": 10**30}}, 422, "「k」"),
    ("/api/ask", {"json": {"question": "问", "city": "北京"}}, 400, "没有「北京」的文件。现有城市：天津"),
    ("/api/ask", {"json": {"question": "问", "kind": "公文"}}, 400, "没有「公文」这种文件。现有种类：报告"),
    ("/api/search", {"json": {"query": "医", "city": "北京"}}, 400, "没有「北京」的文件"),
    ("/api/search", {"json": {"query": "医", "kind": "公文"}}, 400, "没有「公文」这种文件"),
    ("/api/targets", {"json": {"city": ["北京"]}}, 400, "没有「北京」的文件"),
    ("/api/targets", {"json": {"indicator": ["无此指标"]}}, 400, "没有指标「无此指标」"),
    ("/api/targets", {"json": {"kind": ["x"]}}, 400, "没有「x」这种类别"),
    ("/api/targets", {"json": {"year": [10**30]}}, 422, "「year[0]」"),
    ("/api/targets", {"json": {"year": {"a": 1}}}, 422, "「year[0]」应为整数"),
    ("/api/draft", {"json": {"text": " ", "city": "广州"}}, 400, "提案是空的"),
    ("/api/draft", {"json": {"text": "字" * 50_001, "city": "广州"}}, 400, "超过上限 50000 字"),
    ("/api/draft", {"json": {"text": PROPOSAL, "city": "北京"}}, 400, "没有「北京」的文件"),
    ("/api/draft", {"json": {"text": PROPOSAL, "city": "广州", "exclude": ["dx"]}}, 404, "「dx」"),
    ("/api/draft", {"json": {"text": PROPOSAL, "recipient": "x"}}, 422, "「recipient」不是这个接口的字段"),
    ("/api/draft", {"json": {"text": PROPOSAL, "category": "D"}}, 400, "没有「D」这种办理类别"),
    ("/api/draft", {"json": {"text": PROPOSAL, "pin": ["d1:0-9@x"]}}, 400, "要点的序号"),
    ("/api/draft", {"content": b"{"}, 422, "不是有效的 JSON"),
    ("/api/draft", {"content": b" " * 3_000_000}, 413, "太大"),
    ("/api/draft", {"files": {"file": ("图.exe", b"\0\1\2")}}, 422, "无法读取「图.exe」"),
    ("/api/draft", {"files": {"file": ("a.txt", b"x")}, "data": {"text": "y"}}, 400, "只给一个"),
    ("/api/draft", {"files": [("file", ("a.txt", b"x"))] * 2}, 400, "读不懂"),
    ("/api/draft", {"data": {"text": "字" * 400_000}, "files": {"file": ("a", b"")}}, 400, "读不懂"),
    ("/api/draft", {"files": {"file": (None, "提案.docx")}}, 400, "file 应为文件"),
    ("/api", {"json": {}}, 404, "没有 POST /api 这个接口"),
    ("/api/ask/x", {"json": {}}, 404, "没有 POST /api/ask/x 这个接口"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "sent", "status", "said"), WRONG)
def test_errors_say_what_and_which_and_nothing_of_the_inside(
    api: httpx.Client, path: str, sent: dict[str, Any], status: int, said: str
) -> None:
    headers = {"Content-Type": "application/json"} if "content" in sent else {}
    reply = api.post(path, **{**sent, "headers": {**headers, **sent.get("headers", {})}})
    assert (reply.status_code, list(reply.json())) == (status, ["error"]), reply.text
    assert said in reply.json()["error"]
    assert not any(word in reply.text for word in ("Traceback", ".py", "pydantic", "Input"))


def test_a_method_that_an_address_does_not_have(api: httpx.Client) -> None:
    assert "没有 DELETE /api/ask" in api.delete("/api/ask").json()["error"]
    assert api.get("/api/ask").status_code == 404


@pytest.mark.parametrize("path", ["/api/ask", "/api/draft", "/v1/chat/completions"])
def test_a_body_without_a_length_is_counted(api: httpx.Client, path: str) -> None:
    pieces = (b" " * 100_000 for _ in range(40))
    reply = api.post(path, content=pieces, headers={"Content-Type": "application/json"})
    assert reply.status_code == 413 and "太大" in reply.text


def test_a_form_that_is_not_utf8(api: httpx.Client) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\xfe\r\n--b--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    reply = api.post("/api/draft", content=body, headers=headers)
    assert 400 <= reply.status_code < 500 and list(reply.json()) == ["error"]
    broken = api.post("/api/draft", content=b"--b", headers={"Content-Type": "multipart/form-data"})
    assert 400 <= broken.status_code < 500 and list(broken.json()) == ["error"]


def test_every_reply_keeps_the_pages_policy_and_no_key(api: httpx.Client) -> None:
    replies_ = [
        api.get("/api/status"),
        api.get("/api/documents"),
        api.get("/api/openapi.json"),
        api.post("/api/ask", json={"question": QUESTION}),
        api.post("/api/ask", json={}),
        api.get("/v1/models"),
    ]
    for reply in replies_:
        assert "default-src 'self'" in reply.headers["content-security-policy"]
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in reply.headers
        assert KEY not in reply.text


DESCRIBED: list[tuple[str, str, dict[str, Any], Any]] = [
    ("post", "/api/ask", {"json": {"question": QUESTION}}, replies.AnswerReply),
    ("post", "/api/ask", {"json": {"question": "北京的CMI目标？"}}, replies.AnswerReply),
    ("post", "/api/search", {"json": {"query": "医联体"}}, list[replies.HitReply]),
    ("get", "/api/targets", {}, list[replies.TargetReply]),
    ("get", "/api/status", {}, replies.StatusReply),
    ("get", "/api/documents", {}, list[replies.CardReply]),
    ("post", "/api/draft", {"json": {"text": PROPOSAL, "city": "广州"}}, replies.DraftReply),
    ("post", "/api/ask", {"json": {}}, replies.ErrorReply),
]


@pytest.mark.parametrize(("method", "path", "sent", "model"), DESCRIBED)
def test_replies_are_as_described(
    api: httpx.Client, method: str, path: str, sent: dict[str, Any], model: Any
) -> None:
    reply = getattr(api, method)(path, **sent).json()
    adapter = TypeAdapter(model)
    described = adapter.validate_python(reply, strict=True)
    assert adapter.dump_python(described, exclude_unset=True) == reply


def test_the_description_is_whole_chinese_and_asks_nothing_of_the_outside(
    api: httpx.Client,
) -> None:
    told = api.get("/api/openapi.json")
    document = told.json()
    assert document["openapi"].startswith("3.") and document["info"]["title"] == "策问 HTTP 接口"
    assert set(document["paths"]) == {
        "/api/ask", "/api/search", "/api/targets", "/api/status", "/api/documents", "/api/draft",
        "/v1/models", "/v1/models/{name}", "/v1/chat/completions",
    }  # fmt: skip
    for methods in document["paths"].values():
        for operation in methods.values():
            assert any("一" <= sign <= "鿿" for sign in operation["summary"])
            assert "HTTPValidationError" not in json.dumps(operation)
    schemas = document["components"]["schemas"]
    for reference in _references(document):
        assert reference.removeprefix("#/components/schemas/") in schemas
    ask = schemas["AskRequest"]
    assert ask["examples"] and ask["properties"]["question"]["description"]
    assert set(document["paths"]["/api/draft"]["post"]["requestBody"]["content"]) == {
        "application/json",
        "multipart/form-data",
    }
    assert "http" not in told.text.replace("HTTP", "")
    for page in ("/docs", "/redoc", "/openapi.json"):
        assert "swagger" not in api.get(page).text.lower()


@settings_of_hypothesis(max_examples=40)
@given(st.text(max_size=60), st.text(max_size=20), st.lists(st.text(max_size=30), max_size=3))
def test_no_words_break_anything(
    api: httpx.Client, words: str, name: str, turns: list[str]
) -> None:
    asked = {"question": words, "history": turns, "city": name, "kind": name}
    for path, body in (
        ("/api/ask", asked),
        ("/api/ask", {"question": f"湖州的CMI目标{words}", "history": turns}),
        ("/api/search", {"query": words, "city": name}),
        ("/api/targets", {"indicator": words, "city": name, "kind": "目标"}),
        ("/api/draft", {"text": f"{words}\n建议：1.{words}", "city": "广州", "body": name}),
    ):
        content = json.dumps(body).encode()  # a half character goes as an escape
        reply = api.post(path, content=content, headers={"Content-Type": "application/json"})
        assert reply.status_code in (200, 400, 422), (body, reply.text)


def test_what_goes_wrong_midway_is_the_last_event() -> None:
    async def steps() -> AsyncGenerator[Any, None]:
        yield "hits", []
        raise ValueError("/secret/place.py")

    async def told(events: Callable[..., Any]) -> list[str]:
        return [event async for event in events(("question", {}), steps())]

    *_, hits, error = asyncio.run(told(asking.events_of))
    assert hits.startswith("event: hits") and error.startswith(
        'event: error\ndata: {"error": "内部错误'
    )
    *_, error, end = asyncio.run(told(chat.events_of))
    assert '"type": "server_error"' in error and end == "data: [DONE]\n\n"
    assert "secret" not in error


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for one in value.values():
            yield from _references(one)
    elif isinstance(value, list):
        for one in value:
            yield from _references(one)


@pytest.mark.parametrize("path", ["/api/ask", "/api/search", "/api/targets", "/api/draft"])
def test_examples_of_the_description_work(api: httpx.Client, path: str) -> None:
    document = api.get("/api/openapi.json").json()
    content = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    schema = content["schema"]
    name = schema.get("$ref", "").rpartition("/")[2]
    (example,) = (document["components"]["schemas"][name] if name else schema)["examples"]
    assert api.post(path, json=example).status_code == 200
