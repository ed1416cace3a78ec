"""What ``/api`` returns, described: the functions of the command line make it, nothing here does."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

_NUMBERS = "引文编号"
_OFFSETS = "在文件原文中的起止位置（字）"


class SpanReply(BaseModel):
    """A place in a document."""

    start: int = Field(description=_OFFSETS)
    end: int


class SentenceReply(BaseModel):
    """One sentence of an answer or a draft."""

    text: str = Field(description="一句")
    citations: list[int] = Field(description=_NUMBERS)
    support: str = Field(description="supported 有据；computed 由引文中的数算得；其他为问题所在")
    mark: str = Field("", description="quoted 原文；verified 模型所写并已核对；note 说明")
    by_hand: bool = Field(False, description="草稿中由人改过的句子")


class WritingReply(BaseModel):
    """What a language model did for an answer, in counts."""

    model: str
    written: int = Field(description="写了几句")
    dropped: int = Field(description="未通过核对而略去几句")
    markers: dict[str, int] = Field(description="引文编号缺漏、越界、不合格式的个数")
    tokens: int = Field(description="用去的 token，估算的上限")
    trouble: str = Field(description="模型中途停止的原因；空为正常")


class CitationReply(BaseModel):
    """A quoted place with what identifies its document."""

    number: int = Field(description="编号，从 1 起")
    document_id: str = Field(description="文件的标识")
    title: str = Field(description="文件标题")
    city: str
    number_of_document: str = Field(description="文号")
    issued: str | None = Field(description="成文日期，如 2023-10-16")
    heading_path: list[str] = Field(description="所在章节，由外到内")
    quote: str = Field(description="所引原文，逐字")
    passage: str = Field(description="所在段落；表格的行前有一行列名")
    start: int = Field(description=_OFFSETS)
    end: int


class _Value(BaseModel):
    city: str
    indicator: str = Field(description="指标的通用名称")
    name_as_written: str = Field(description="文件中的写法")
    scope: str = Field(description="口径，如 三级公立医院")
    year: int | None
    period: str = Field(description="不是某一年时的写法，如 三年内")
    kind: Literal["baseline", "target", "achieved"] = Field(description="基期、目标、实际")
    relation: str = Field(description="等于、不低于等；没有数值时为文件的说法")
    value: str | None = Field(description="十进制数，写成字符串以免失真")
    unit: str
    departments: list[str] = Field(description="责任单位")
    document_id: str
    heading_path: list[str]
    quote: str
    start: int = Field(description=_OFFSETS)
    end: int
    also_at: list[SpanReply] = Field(description="同一文件中说同一数值的其他位置")


class ValueReply(_Value):
    """An indicator value that an answer rests on."""

    words: str = Field(description="限定词或定性的说法")


class TargetReply(_Value):
    """One row of the targets."""

    title: str = Field(description="文件标题")


class TimingsReply(BaseModel):
    """Wall time of each stage."""

    understand: float = Field(description="毫秒")
    retrieve: float
    answer: float
    total: float


class AnswerReply(BaseModel):
    """An answer, or a refusal with its reason."""

    id: str | int | None = Field(description="批量提问时的行标识；此处为 null")
    question: str
    standalone_question: str = Field(description="补全了上文的问题")
    status: Literal["answered", "refused"]
    reason: str | None = Field(
        description="拒答的原因：not_in_documents、target_not_set、city_not_in_library、"
        "year_not_in_documents、source_damaged"
    )
    text: str = Field(description="全文，每句后有引文编号")
    sentences: list[SentenceReply]
    citations: list[CitationReply]
    indicator_values: list[ValueReply]
    model: str = Field(description="写这个回答的语言模型；空为摘自原文")
    writing: WritingReply | None = Field(None, description="用了语言模型时，它写了什么")
    timings_ms: TimingsReply


class HitReply(BaseModel):
    """A passage that retrieval found."""

    rank: int = Field(description="名次，从 1 起")
    document_id: str
    source: str = Field(description="文件名")
    title: str
    city: str
    passage: str
    heading_path: list[str]
    score: float = Field(description="得分，0 到 1")
    legs: list[str] = Field(description="由词语还是语义检索找到")
    start: int = Field(description=_OFFSETS)
    end: int


class CardReply(BaseModel):
    """A document's metadata and counts."""

    document_id: str
    title: str
    kind: str
    issuer: str
    city: str
    number_of_document: str = Field(description="文号")
    index_number: str = Field(description="索引号")
    signed: str | None = Field(description="成文日期")
    printed: str | None = Field(description="印发日期")
    published: str | None = Field(description="发布日期")
    issued: str | None = Field(description="以上三者中用作日期的一个")
    source: str = Field(description="文件名")
    chars: int
    passages: int
    indicator_values: int
    damage: int = Field(description="原文残缺的处数")
    indexed_at: str


class StatusReply(BaseModel):
    """The library's numbers; sizes in bytes."""

    directory: str
    documents: int
    passages: int
    values: int
    vectors: int
    embedder: str
    dimensions: int
    vector_search: str
    chroma_passages: int
    chroma_in_step: bool
    chroma_lacks: int
    terms_in_step: bool
    catalogue_bytes: int
    chroma_bytes: int
    terms_bytes: int
    fingerprint: dict[str, str]
    generation: int
    built_at: str
    interrupted: bool
    settings: dict[str, str] = Field(description="当前设置，密钥不显示")
    document_list: list[CardReply]


class ParagraphReply(BaseModel):
    """A paragraph of a draft."""

    text: str
    role: str = Field(description="工作情况、工作成效、存在问题、下一步工作、外地经验，或空")
    sentences: list[SentenceReply]


class SectionReply(BaseModel):
    """A section of a draft."""

    heading: str
    paragraphs: list[ParagraphReply]


class PointReply(BaseModel):
    """A point that the proposal asks."""

    text: str
    coverage: Literal["supported", "partly", "not_in_documents"]
    citations: list[int] = Field(description=_NUMBERS)


class DraftReply(BaseModel):
    """A draft reply in official form."""

    title: str
    addressee: str = Field(description="主送")
    sections: list[SectionReply]
    points: list[PointReply] = Field(description="逐条：文件能答到什么程度")
    citations: list[CitationReply]
    placeholders: list[str] = Field(description="待补充之处，照正文的写法")
    signature: str = Field(description="落款")
    date: str
    remarks: list[str] = Field(description="公开属性、办理类别、联系人等")
    model: str
    notices: list[str] = Field([], description="给起草人的说明，不属于正文")
    request: dict[str, Any] = Field({}, description="起草的要求，连同从提案读出的")
    timings_ms: dict[str, float]


class ErrorReply(BaseModel):
    """What is wrong, with which thing, and what to do."""

    error: str = Field(
        description="什么错、错在哪里、怎么办", examples=["问题是空的。请输入要问的内容。"]
    )


FAILURES: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorReply, "description": "要求无法满足，如问题为空、城市不在库中"},
    409: {"model": ErrorReply, "description": "文件库由别的设置建立，需要重建"},
    413: {"model": ErrorReply, "description": "请求正文太大"},
    422: {"model": ErrorReply, "description": "字段有误"},
    503: {"model": ErrorReply, "description": "文件库不在或正忙，稍后再试"},
}
