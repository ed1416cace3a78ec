"""``/v1`` with the clients that people use: the openai package, and LangChain's chat model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from api_serving import QUESTION, client, serving
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI

from assistant.app.api import chat_models
from assistant.app.api.chat_text import harmless
from assistant.settings import Settings


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[str]:
    """The served corpus."""
    with serving(settings) as served:
        yield served


@pytest.fixture(scope="module")
def api(address: str) -> Iterator[httpx.Client]:
    """A plain client."""
    with client(address) as one:
        yield one


@pytest.fixture(scope="module")
def gpt(address: str) -> Iterator[openai.OpenAI]:
    """The real client of OpenAI's package."""
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0, timeout=60) as one:
        yield one


def user(content: Any) -> dict[str, Any]:
    """A user's message."""
    return {"role": "user", "content": content}


def test_models_are_listed(gpt: openai.OpenAI) -> None:
    assert [one.id for one in gpt.models.list()] == ["cewen", "cewen-extractive"]
    assert gpt.models.retrieve("cewen").id == "cewen"


@pytest.mark.parametrize("model", ["cewen", "cewen-extractive"])
def test_a_completion_has_marks_sources_and_citations(
    gpt: openai.OpenAI, api: httpx.Client, model: str
) -> None:
    answer = api.post("/api/ask", json={"question": QUESTION}).json()
    made = gpt.chat.completions.create(model=model, messages=[user(QUESTION)], temperature=0.7)
    content = made.choices[0].message.content or ""
    assert content.split("\n\n来源：")[0] == "\n\n".join(answer["text"].split("\n"))
    assert "[1]" in content and f"- [1] 《{answer['citations'][0]['title']}》" in content
    assert made.choices[0].finish_reason == "stop" and made.model == model
    extra = made.model_extra or {}
    assert extra["citations"] == answer["citations"]
    assert (extra["status"], extra["reason"]) == ("answered", None)
    usage = made.usage
    assert usage and usage.total_tokens == usage.prompt_tokens + usage.completion_tokens
    assert usage.prompt_tokens == len(QUESTION) and usage.completion_tokens == len(content)


def test_a_stream_says_the_same(gpt: openai.OpenAI) -> None:
    whole = gpt.chat.completions.create(model="cewen", messages=[user(QUESTION)])
    parts = list(
        gpt.chat.completions.create(
            model="cewen",
            messages=[user(QUESTION)],
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    said = [part.choices[0].delta.content or "" for part in parts if part.choices]
    assert "".join(said) == whole.choices[0].message.content
    assert parts[0].choices[0].delta.role == "assistant"
    assert len([words for words in said if words]) >= 2
    assert parts[-2].choices[0].finish_reason == "stop"
    assert (parts[-2].model_extra or {})["citations"] == (whole.model_extra or {})["citations"]
    assert parts[-1].usage == whole.usage and parts[-1].choices == []
    assert len({part.id for part in parts}) == 1


def test_the_stream_ends_as_the_protocol_wants(api: httpx.Client) -> None:
    body = {"model": "cewen", "messages": [user(QUESTION)], "stream": True}
    with api.stream("POST", "/v1/chat/completions", json=body) as reply:
        text = reply.read().decode()
    assert text.endswith("data: [DONE]\n\n") and "usage" not in text
    assert all(line.startswith("data: ") for line in text.splitlines() if line)


def test_earlier_user_turns_are_the_history(gpt: openai.OpenAI, api: httpx.Client) -> None:
    messages = [
        {"role": "system", "content": "You are helpful. 请回答天津的情况。"},
        user(QUESTION),
        {"role": "assistant", "content": "1.85 以上[1]"},
        user("长" * 5000),
        {"role": "assistant", "content": None},
        user("那广元呢？"),
    ]
    made = gpt.chat.completions.create(model="cewen", messages=messages)  # type: ignore[arg-type]
    asked = api.post("/api/ask", json={"question": "那广元呢？", "history": [QUESTION]}).json()
    assert (made.model_extra or {})["citations"] == asked["citations"]
    assert asked["citations"][0]["city"] == "广元"


def test_content_may_be_a_list_of_parts(gpt: openai.OpenAI) -> None:
    parts = [{"type": "text", "text": QUESTION[:10]}, {"type": "text", "text": QUESTION[10:]}]
    made = gpt.chat.completions.create(model="cewen", messages=[user([parts[0], parts[1]])])
    assert (made.model_extra or {})["citations"][0]["city"] == "湖州"


def test_a_refusal_says_so_beside_the_text(gpt: openai.OpenAI) -> None:
    made = gpt.chat.completions.create(model="cewen", messages=[user("北京市的CMI目标是多少？")])
    extra = made.model_extra or {}
    assert (extra["status"], extra["reason"]) == ("refused", "city_not_in_library")
    assert "北京" in (made.choices[0].message.content or "") and extra["citations"] == []
    assert "来源" not in (made.choices[0].message.content or "")


def test_langchain_talks_to_it(address: str) -> None:
    chat = ChatOpenAI(base_url=f"{address}/v1", api_key="none", model="cewen", max_retries=0)  # type: ignore[arg-type]
    made = chat.invoke([SystemMessage("简短"), HumanMessage(QUESTION)])
    assert "[1]" in str(made.content) and made.usage_metadata
    again = chat.invoke(
        [HumanMessage(QUESTION), AIMessage(str(made.content)), HumanMessage("那广元呢？")]
    )
    assert "广元" in str(again.content)
    streamed = "".join(str(part.content) for part in chat.stream(QUESTION))
    assert streamed == made.content


@pytest.mark.parametrize(
    ("body", "kind", "said", "param"),
    [
        ({"model": "gpt-4", "messages": [user("问")]}, openai.NotFoundError, "gpt-4", "model"),
        ({"messages": [user(" ")]}, openai.BadRequestError, "问题是空的", None),
        ({"messages": [user("问" * 1001)]}, openai.BadRequestError, "1000 字", None),
        ({"messages": [{"role": "system", "content": "x"}]}, openai.BadRequestError, "user", "messages"),
        ({"messages": []}, openai.UnprocessableEntityError, "至少要有 1 项", "messages"),
        ({"messages": [user("问")], "n": 2}, openai.BadRequestError, "n 设为 1", "n"),
        ({"messages": [user("问")], "response_format": {"type": "json_object"}}, openai.BadRequestError, "文字", "response_format"),
        ({"messages": [user([{"type": "image_url", "image_url": {"url": "data:,"}}])]}, openai.BadRequestError, "图片", "messages"),
    ],
)  # fmt: skip
def test_errors_have_openais_shape(
    gpt: openai.OpenAI,
    body: dict[str, Any],
    kind: type[openai.APIStatusError],
    said: str,
    param: str,
) -> None:
    with pytest.raises(kind) as caught:
        gpt.chat.completions.create(**{"model": "cewen", **body})
    error = caught.value
    assert said in error.message and error.param == param
    assert error.type == "invalid_request_error"
    assert error.code == ("model_not_found" if kind is openai.NotFoundError else None)


def test_an_address_that_is_none(gpt: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="没有 POST /v1/embeddings"):
        gpt.embeddings.create(model="cewen", input="问")


def test_the_reply_is_as_described(api: httpx.Client) -> None:
    reply = api.post("/v1/chat/completions", json={"messages": [user(QUESTION)]}).json()
    assert chat_models.ChatReply.model_validate(reply, strict=True).model_dump() == reply
    wrong = api.post("/v1/chat/completions", json={}).json()
    assert chat_models.ChatErrorReply.model_validate(wrong, strict=True).model_dump() == wrong
    models = api.get("/v1/models").json()
    assert chat_models.ModelsReply.model_validate(models, strict=True).model_dump() == models


def test_words_of_documents_make_no_links_images_or_tags() -> None:
    hostile = "见![图](http://evil.example/a.png)、[此处](javascript:1)、<img src=x>、a\\[b]"
    shown = harmless(hostile)
    assert shown == (
        r"见!\[图\](http://evil.example/a.png)、\[此处\](javascript:1)、\<img src=x>、a\\\[b\]"
    )
    assert harmless("到2025年，CMI达到1.85以上（三级公立医院）。") == (
        "到2025年，CMI达到1.85以上（三级公立医院）。"
    )
    assert json.loads(json.dumps(shown)) == shown
