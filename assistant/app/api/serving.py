"""What puts the API into the server's application: routes, errors, the description of both."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response

from assistant import __version__
from assistant.app.api import asking, chat, drafts, errors, reading
from assistant.app.api.access import Json, JsonReply
from assistant.app.api.limits import BodyLimit
from assistant.app.api.work import Work
from assistant.app.web.desk import Desk

ROUTERS: tuple[APIRouter, ...] = (asking.router, reading.router, drafts.router, chat.router)
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_ABOUT = """逐句注明出处的问答、检索、指标对照、起草答复。返回的 JSON 与命令行 `--json` 相同。

出错时返回 4xx 或 5xx 与 `{"error": "……"}`（`/v1` 下用 OpenAI 的格式），写明什么错、错在哪里、怎么办。
`/v1` 与 OpenAI 的接口兼容，可供其他前端使用，不需要密钥。"""


def add_api(application: FastAPI, desk: Desk) -> None:
    """Answer ``/api`` and ``/v1`` from the page's own desk; call it before Gradio is mounted."""
    application.state.desk, application.state.work = desk, Work()
    errors.add_handlers(application)
    application.add_middleware(BodyLimit, max_file_bytes=desk.settings.max_file_bytes)
    for router in (*ROUTERS, _rest()):
        application.include_router(router)


def description() -> Json:
    """Describe both parts of the API as an OpenAPI document."""
    routes = [route for router in ROUTERS for route in router.routes]
    document: Json = get_openapi(
        title="策问 HTTP 接口", version=__version__, description=_ABOUT, routes=routes
    )
    return document


def _rest() -> APIRouter:
    """Return the description's own address, and the answer for addresses that are none."""
    router = APIRouter(include_in_schema=False)
    made: list[Json] = []

    @router.get("/api/openapi.json")
    async def show_description() -> Response:
        if not made:
            made.append(description())
        return JsonReply(made[0])

    async def unknown(request: Request) -> Any:
        raise errors.RequestError(
            f"没有 {request.method} {request.url.path[:100]} 这个接口。接口清单见 /api/openapi.json。",
            status=404,
        )

    for start in ("/api", "/v1"):
        router.add_api_route(start, unknown, methods=_METHODS)
        router.add_api_route(f"{start}/{{rest:path}}", unknown, methods=_METHODS)
    return router
