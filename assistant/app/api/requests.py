"""What may be asked of ``/api``: fields with bounds; a field that is none is an error."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from assistant.text.controls import is_whole


def _whole(text: str) -> str:
    """Refuse half a character: no search and no reply can hold it."""
    if not is_whole(text):
        raise PydanticCustomError("string_unicode", "half a character")
    return text


_WHOLE = AfterValidator(_whole)
Words = Annotated[str, _WHOLE]
_Short = Annotated[str, Field(max_length=100), _WHOLE]
_Turn = Annotated[str, Field(max_length=1000), _WHOLE]
_City = Annotated[str, Field(max_length=100, description="只查这个城市的文件；空为全部"), _WHOLE]
_Kind = Annotated[str, Field(max_length=100, description="只查这种文件，如 方案；空为全部"), _WHOLE]


def _listed(given: Any) -> Any:
    return given if isinstance(given, list | tuple) else [given]


_Names = Annotated[list[_Short], BeforeValidator(_listed), Field(max_length=50)]
_Years = Annotated[
    list[Annotated[int, Field(ge=0, le=9999)]], BeforeValidator(_listed), Field(max_length=50)
]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskRequest(_Request):
    """A question, as ``assistant ask`` takes it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"question": "湖州市2025年三级公立医院CMI值的目标是多少？"}]
        }
    )

    question: Words = Field(description="问题，不超过 1000 字")
    history: list[_Turn] = Field(
        [], max_length=100, description="先前问过的问题，由远及近；取最近 20 个"
    )
    city: _City = ""
    kind: _Kind = ""
    extractive: bool = Field(default=False, description="只摘录原文：即使设置了语言模型也不用")
    stream: bool = Field(
        default=False,
        description="逐句返回（server-sent events）；与 Accept: text/event-stream 相同",
    )


class SearchRequest(_Request):
    """A query, as ``assistant search`` takes it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"query": "紧密型城市医疗集团", "k": 5}]}
    )

    query: Words = Field(description="要找的词句，不超过 1000 字")
    k: int = Field(10, ge=1, le=200, description="最多几段")
    city: _City = ""
    kind: _Kind = ""


class TargetsRequest(_Request):
    """Filters, as ``assistant targets`` takes them; each a value or a list."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"indicator": ["CMI"], "year": [2025], "kind": ["target"]}]}
    )

    city: _Names = Field([], description="只列这些城市")
    indicator: _Names = Field([], description="只列这些指标，可用别名如 CMI")
    year: _Years = Field([], description="只列这些年份")
    kind: _Names = Field([], description="baseline 基期、target 目标、achieved 实际")


class DraftRequest(_Request):
    """A proposal and the wishes for its reply, as ``assistant draft`` takes them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "text": "关于加快医联体建设的提案\n建议：\n1.加快医联体建设。",
                    "city": "广州",
                    "body": "市卫生健康委",
                }
            ]
        }
    )

    text: Words = Field("", description="提案全文，不超过 50000 字；上传文件时不写")
    city: _Short = Field("", description="由哪个城市答复；提案中已写明时可空")
    body: _Short = Field("", description="答复单位，如 市卫生健康委")
    number: _Short = Field("", description="提案编号")
    session: _Short = Field("", description="会议届次")
    co_bodies: _Names = Field([], description="会办单位")
    signatory: _Short = Field("", description="签发人")
    date: _Short = Field("", description="成文日期，照写入落款")
    to: _Short = Field("", description="主送，提案里没有写明时用")
    disclosure: _Short = Field("", description="公开属性：主动公开、依申请公开、不予公开")
    category: _Short = Field("", description="办理类别：A、B、C")
    contact: _Short = Field("", description="联系人及电话")
    exclude: _Names = Field([], description="不采用的文件（document_id）或段落")
    pin: _Names = Field([], description="一定采用的段落；后加 @2 写进第二个要点")
    extractive: bool = Field(False, description="不用语言模型，只用文件原句")
