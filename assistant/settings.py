"""Settings: data with bounds, units and descriptions; nothing is built here.

Read, strongest first: arguments, environment (``ASSISTANT_*``), ``assistant.toml`` in the working
directory, defaults. Unknown keys are an error.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.errors import SettingsError


class Settings(BaseSettings):
    """All that a user can set."""

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", toml_file="assistant.toml", extra="forbid", frozen=True
    )

    corpus: Path = Field(Path("corpus"), description="语料目录：documents/ 与 catalog.toml")
    library: Path = Field(Path("index"), description="文件库（索引）目录")
    cache: Path = Field(
        Path("~/.cache/cewen"),
        description="缓存目录：由 sentence-transformers 模型导出的 ONNX 模型",
    )
    max_file_mb: int = Field(50, ge=1, le=2000, description="单个文件的大小上限，单位 MB")
    max_chars: int = Field(320, ge=80, le=2000, description="一个段落的最大长度，单位字")

    embedder: str = Field(
        "static",
        min_length=1,
        description="向量模型：static（随项目提供）、sentence-transformers 的模型名或目录、http(s) 接口地址",
    )
    embedder_model: str = Field("", description="接口方式时的模型名")
    embedder_key: str = Field("", repr=False, description="接口方式时的密钥")
    chroma_url: str = Field("", description="chroma run 的地址；空为嵌入式")
    exact_below: int = Field(
        50_000, ge=0, description="段落数低于此值时精确比对全部向量，达到后查询改经 Chroma，单位段"
    )
    meaning_weight: float | None = Field(
        None,
        ge=0.0,
        le=1.0,
        description="语义检索在融合得分中的权重，其余为词语检索；不设则按向量模型取测得最好的值",
    )

    model: str = Field(
        "",
        pattern=r"^(https?://\S+|.+\.[gG][gG][uU][fF])?$",
        description="语言模型：OpenAI 兼容接口的地址（如 https://…/v1），或本机的 GGUF 文件；空为不用模型，直接摘自文件",
    )
    model_name: str = Field("", description="语言模型的名称；GGUF 文件可不填")
    model_key: str = Field(
        "", repr=False, description="语言模型服务的密钥，只从环境变量 ASSISTANT_MODEL_KEY 读取"
    )
    model_timeout: float = Field(
        30.0, gt=0, le=600, description="等待模型服务的上限，单位秒；超过即改用摘录的回答"
    )
    model_retries: int = Field(2, ge=0, le=10, description="模型服务出错时重试的次数，间隔递增")
    model_tokens: int = Field(
        6000, ge=500, le=200_000, description="每个问题最多用去的 token 数，含提示与回答"
    )

    host: str = Field("127.0.0.1", description="网页服务的地址")
    hosts: str = Field(
        "",
        description="另外允许的主机名，以逗号分隔，如 cewen.example.gov.cn；IP 地址与 localhost 总可以",
    )
    port: int = Field(7860, ge=1, le=65535, description="网页服务的端口")

    @property
    def max_file_bytes(self) -> int:
        """``max_file_mb`` in bytes: a megabyte is a million, here and wherever one is named."""
        return self.max_file_mb * 1_000_000

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments, then the environment, then ``assistant.toml``."""
        return init_settings, env_settings, _KeylessFile(settings_cls)


class _KeylessFile(TomlConfigSettingsSource):
    """``assistant.toml``, in which the model's key has no place: the file may be shared."""

    def __call__(self) -> dict[str, Any]:
        """Read the file. Raises SettingsError where it holds the key."""
        read = super().__call__()
        if read.get("model_key"):
            raise SettingsError(
                "assistant.toml 中不能写 model_key。请删去，改用环境变量 ASSISTANT_MODEL_KEY。"
            )
        return read


def load_settings(**overrides: Any) -> Settings:
    """Build the settings; ``overrides`` that are None are left to the other sources.

    Raises SettingsError naming each wrong key and its bound.
    """
    given = {key: value for key, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        wrong = "；".join(
            f"{'.'.join(map(str, item['loc']))}：{item['msg']}" for item in error.errors()
        )
        raise SettingsError(
            f"设置有误（{wrong}）。请检查 assistant.toml 与 ASSISTANT_* 环境变量。"
        ) from error
