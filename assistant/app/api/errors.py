"""What goes wrong, as a status and a Chinese message: what, which, what to do; never a trace."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from assistant.app.api.access import JsonReply
from assistant.app.api.work import GoneError, TooBusyError
from assistant.errors import (
    AssistantError,
    DocumentNotFoundError,
    LibraryBusyError,
    LibraryMismatchError,
    LibraryMissingError,
    SettingsError,
    UnreadableFileError,
)

log = logging.getLogger(__name__)
INTERNAL = "内部错误，未能完成。请重试；若再次出现，请将请求报告给维护者。"
_CLIENT_LEFT = 499
_STATUS: dict[type[Exception], int] = {
    TooBusyError: 503,
    LibraryMissingError: 503,
    LibraryBusyError: 503,
    LibraryMismatchError: 409,
    DocumentNotFoundError: 404,
    UnreadableFileError: 422,
    SettingsError: 500,
}
_HTTP = {
    400: "请求正文读不懂。请检查 JSON 或表单的格式，并用 UTF-8 编码。",
    404: "没有这个地址。接口清单见 /api/openapi.json。",
    405: "这个地址不支持所用的方法。接口清单见 /api/openapi.json。",
    413: "请求正文太大。请缩短内容或减小文件后再试。",
}
_NOT_JSON = "应为 JSON 对象（请求头写 Content-Type: application/json）"
_WRONG = {
    "missing": "缺少",
    "extra_forbidden": "不是这个接口的字段",
    "json_invalid": "不是有效的 JSON（UTF-8 编码）",
    "dict_type": _NOT_JSON,
    "model_attributes_type": _NOT_JSON,
    "model_type": _NOT_JSON,
    "string_type": "应为文字",
    "string_unicode": "含有无效的字符",
    "string_too_long": "超过上限 {max_length} 字",
    "list_type": "应为列表",
    "too_long": "超过上限 {max_length} 项",
    "too_short": "至少要有 {min_length} 项",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "int_parsing_size": "数目过大",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
}


class RequestError(AssistantError):
    """A request cannot be served; ``code`` and ``param`` are names of OpenAI's protocol."""

    def __init__(self, message: str, *, status: int = 400, code: str = "", param: str = "") -> None:
        self.status, self.code, self.param = status, code, param
        super().__init__(message)


def add_handlers(application: FastAPI) -> None:
    """Turn every error of the application's own routes into a reply."""
    application.add_exception_handler(AssistantError, _asked_wrongly)
    application.add_exception_handler(RequestValidationError, _malformed)
    application.add_exception_handler(HTTPException, _refused_by_http)
    application.add_exception_handler(GoneError, _left)
    application.add_exception_handler(Exception, _broken)


def message_of(error: Exception) -> str:
    """Return what a client may read of an error; an unexpected one is logged, not told."""
    if isinstance(error, AssistantError):
        return " ".join(str(error).split())
    log.error("a request failed", exc_info=error)
    return INTERNAL


def error_json(path: str, status: int, message: str, *, code: str = "", param: str = "") -> Any:
    """Return the error's JSON: the command line's, or OpenAI's under ``/v1``."""
    if not path.startswith("/v1"):
        return {"error": message}
    kind = "invalid_request_error" if status < 500 else "server_error"
    return {
        "error": {"message": message, "type": kind, "param": param or None, "code": code or None}
    }


def status_of(error: Exception) -> int:
    """Return the status that fits an error of ours; 400 for what the client can put right."""
    if isinstance(error, RequestError):
        return error.status
    if not isinstance(error, AssistantError):
        return 500
    return next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 400)


def _reply(request: Request, status: int, message: str, **names: str) -> Response:
    headers = {"Retry-After": "5"} if status == 503 else None
    content = error_json(request.url.path, status, message, **names)
    return JsonReply(content, status, headers)


async def _asked_wrongly(request: Request, error: Exception) -> Response:
    names = {"code": error.code, "param": error.param} if isinstance(error, RequestError) else {}
    return _reply(request, status_of(error), message_of(error), **names)


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()[:5]
    said = "；".join(f"{_place(one['loc'])}{_wrong(one)}" for one in found)
    message = f"请求有误：{said}。请对照 /api/openapi.json 修改后再试。"
    return _reply(request, 422, message, param=_place(found[0]["loc"]).strip("「」"))


def _place(location: tuple[str | int, ...]) -> str:
    """Name a field as the client wrote it (history[3]); what is not a field is the body."""
    first, *rest = location[1:] or ("",)
    if not isinstance(first, str) or not first:
        return "请求正文"
    inner = "".join(f"[{one}]" for one in rest if isinstance(one, int))
    return f"「{first[:40]}{inner}」"


def _wrong(found: dict[str, Any]) -> str:
    return _WRONG.get(found["type"], "的值不合要求").format(**found.get("ctx") or {})


async def _refused_by_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = _HTTP.get(error.status_code, f"请求未被接受（状态码 {error.status_code}）。")
    return _reply(request, error.status_code, message)


async def _left(request: Request, error: Exception) -> Response:
    return Response(status_code=_CLIENT_LEFT)


async def _broken(request: Request, error: Exception) -> Response:
    return _reply(request, 500, INTERNAL)
