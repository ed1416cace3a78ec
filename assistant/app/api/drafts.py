"""``/api/draft``: a proposal, pasted or as a file, becomes a draft reply."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile

from assistant.app.api.access import MAX_BODY, DeskHere, Json, JsonReply, WorkHere
from assistant.app.api.asking import last
from assistant.app.api.errors import RequestError
from assistant.app.api.replies import FAILURES, DraftReply
from assistant.app.api.requests import DraftRequest
from assistant.app.draft_wishes import disclosure_and_category, pin_of, require_places
from assistant.app.drafts_json import draft_json
from assistant.app.web.desk import Desk
from assistant.app.web.uploads import safe_name
from assistant.drafting import Draft, Drafter, Wish, read_proposal_file

router = APIRouter(prefix="/api", tags=["起草答复"])
_MOST_FIELDS = 250
_LISTS = ("co_bodies", "exclude", "pin")
_JSON, _FORM = "application/json", "multipart/form-data"


def _schema() -> Json:
    """Describe both forms of the request: OpenAPI cannot take them from one function."""
    asked = DraftRequest.model_json_schema()
    file = {"type": "string", "format": "binary", "description": "提案文件：txt、docx、pdf 等"}
    form = {**asked, "properties": {"file": file, **asked["properties"]}}
    form.pop("examples", None)
    return {
        "requestBody": {
            "required": True,
            "content": {_JSON: {"schema": asked}, _FORM: {"schema": form}},
        }
    }


@router.post(
    "/draft",
    summary="起草提案答复",
    responses={200: {"model": DraftReply}, **FAILURES},
    openapi_extra=_schema(),
)
async def draft(request: Request, desk: DeskHere, work: WorkHere) -> Response:
    """提案全文写在 JSON 的 `text` 里，或用表单上传文件 `file`；返回与 `assistant draft --json` 相同的 JSON。"""
    wanted, file = await _read(request)
    try:
        made = await last(
            work.steps(request, lambda there: _drafted(desk, wanted, file), slow=True)
        )
    finally:
        if file is not None:
            await file.close()
    return JsonReply(made)


async def _read(request: Request) -> tuple[DraftRequest, UploadFile | None]:
    """Read the request in either form. Raises RequestValidationError, RequestError."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        return _checked(await _json(request)), None
    form = await request.form(max_files=1, max_fields=_MOST_FIELDS)
    file = form.get("file")
    if isinstance(file, str):
        raise RequestError("file 应为文件（curl 写作 -F file=@文件名）。提案的文字请写在 text 里。")
    return _checked(_fields(form)), file


async def _json(request: Request) -> Any:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            raise HTTPException(413)
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        wrong = {"type": "json_invalid", "loc": ("body",)}
        raise RequestValidationError([wrong]) from error


def _fields(form: FormData) -> Json:
    """Return the form's text fields; those that may be repeated as lists."""
    given = {name: form.getlist(name) for name in form if name != "file"}
    return {name: found if name in _LISTS else found[-1] for name, found in given.items()}


def _checked(given: Any) -> DraftRequest:
    try:
        return DraftRequest.model_validate(given)
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(found) from error


def _drafted(
    desk: Desk, wanted: DraftRequest, file: UploadFile | None
) -> Generator[Json | None, None, None]:
    """Yield None for every step, at last the draft's JSON."""
    text = _text(desk, wanted, file)
    require_places(desk.library, wanted.exclude)
    for step in Drafter(desk.library).steps(text, _wish(wanted)):
        yield draft_json(step, desk.library) if isinstance(step, Draft) else None


def _wish(wanted: DraftRequest) -> Wish:
    disclosure, category = disclosure_and_category(wanted.disclosure, wanted.category)
    return Wish(
        city=wanted.city, body=wanted.body, addressee=wanted.to, number=wanted.number,
        session=wanted.session, co_bodies=tuple(wanted.co_bodies), signatory=wanted.signatory,
        date=wanted.date, disclosure=disclosure, category=category, contact=wanted.contact,
        excluded=tuple(wanted.exclude), pinned=tuple(map(pin_of, wanted.pin)),
        extractive=wanted.extractive,
    )  # fmt: skip


def _text(desk: Desk, wanted: DraftRequest, file: UploadFile | None) -> str:
    """Return the proposal's words. Raises UnreadableFileError, RequestError."""
    if file is None:
        return wanted.text
    if wanted.text.strip():
        raise RequestError("既有 text 又有 file，不知以哪个为准。请只给一个。")
    with tempfile.TemporaryDirectory(prefix="cewen-") as folder:
        place = Path(folder) / safe_name(file.filename or "")
        with place.open("wb") as kept:
            shutil.copyfileobj(file.file, kept)
        return read_proposal_file(place, max_bytes=desk.settings.max_file_bytes)
