"""``/api/search``, ``/api/targets``, ``/api/status``, ``/api/documents``: what the library holds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from assistant.answering import Assistant
from assistant.app.api.access import DeskHere, Json, JsonReply, WorkHere
from assistant.app.api.replies import FAILURES, CardReply, HitReply, StatusReply, TargetReply
from assistant.app.api.requests import SearchRequest, TargetsRequest
from assistant.app.exports import target_row
from assistant.app.json_output import card_json, hits_json
from assistant.app.status_json import status_json
from assistant.app.targets_found import TargetsWanted, find_targets, titles_of
from assistant.app.web.desk import Desk

router = APIRouter(prefix="/api", tags=["检索与指标"])
_HITS = {200: {"model": list[HitReply]}, **FAILURES}
_TARGETS = {200: {"model": list[TargetReply]}, **FAILURES}


@router.post("/search", summary="检索原文段落", responses=_HITS)
async def search(wanted: SearchRequest, desk: DeskHere, work: WorkHere) -> Response:
    """按相关程度排列，不作回答。JSON 与 `assistant search --json` 相同。"""
    return JsonReply(await work.do(lambda: _found(desk, wanted)))


@router.get("/search", summary="检索原文段落（GET）", responses=_HITS)
async def search_by_address(
    wanted: Annotated[SearchRequest, Query()], desk: DeskHere, work: WorkHere
) -> Response:
    """与 POST 相同，参数写在地址里。"""
    return JsonReply(await work.do(lambda: _found(desk, wanted)))


@router.post("/targets", summary="指标值", responses=_TARGETS)
async def targets(wanted: TargetsRequest, desk: DeskHere, work: WorkHere) -> Response:
    """哪个城市、哪一年、基期与目标，各有出处。JSON 与 `assistant targets --json` 相同。"""
    return JsonReply(await work.do(lambda: _targets(desk, wanted)))


@router.get("/targets", summary="指标值（GET）", responses=_TARGETS)
async def targets_by_address(
    wanted: Annotated[TargetsRequest, Query()], desk: DeskHere, work: WorkHere
) -> Response:
    """与 POST 相同；参数可以重复，如 city=湖州&city=广元。"""
    return JsonReply(await work.do(lambda: _targets(desk, wanted)))


@router.get("/status", summary="文件库现状", responses={200: {"model": StatusReply}, **FAILURES})
async def status(desk: DeskHere, work: WorkHere) -> Response:
    """JSON 与 `assistant status --json` 相同；密钥不显示。"""
    library = desk.library
    return JsonReply(await work.do(lambda: status_json(library.status(), library.documents())))


@router.get(
    "/documents", summary="库中的文件", responses={200: {"model": list[CardReply]}, **FAILURES}
)
async def documents(desk: DeskHere, work: WorkHere) -> Response:
    """各文件的元数据，不含原文；与 `assistant status --json` 的 `document_list` 相同。"""
    return JsonReply(await work.do(lambda: [card_json(card) for card in desk.library.documents()]))


def _found(desk: Desk, wanted: SearchRequest) -> list[Json]:
    hits = Assistant(desk.library).search(
        wanted.query, k=wanted.k, city=wanted.city, kind=wanted.kind
    )
    return hits_json(hits, desk.library)


def _targets(desk: Desk, wanted: TargetsRequest) -> list[Json]:
    filters = TargetsWanted(
        tuple(wanted.city), tuple(wanted.indicator), tuple(wanted.year), tuple(wanted.kind)
    )
    titles = titles_of(desk.library)
    return [target_row(value, titles) for value in find_targets(desk.library, filters)]
