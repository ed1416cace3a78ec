"""One contract for every embedder: the shipped one, a transformer in both runtimes, an endpoint."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from small_corpus import CORPUS, settings_for, write_corpus

from assistant.errors import AssistantError, SettingsError
from assistant.library import Library
from assistant.library.embedders import Embedder, identify, make_embedder
from assistant.library.embedders.endpoint import EmbeddingServiceError, EndpointEmbedder
from assistant.library.embedders.transformer import TransformerEmbedder

TEXTS = (
    "到2025年，三级公立医院CMI值达到1.10以上。",
    "家庭医生签约服务",
    "县域内就诊率稳定在90%以上",
    "三级公立醫院CMI值",
    "医",
)


class Service(BaseHTTPRequestHandler):
    """A small, real embeddings service: character counts hashed into 48 dimensions."""

    key = "sk-right"
    failures: ClassVar[list[int]] = []
    asked: ClassVar[list[int]] = []
    spoil = ""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if Service.failures:
            self.answer(Service.failures.pop(0), {"error": "later"})
        elif self.headers["authorization"] != f"Bearer {self.key}":
            self.answer(401, {"error": f"wrong key {self.headers['authorization']}"})
        elif body["model"] != "counts":
            self.answer(404, {"error": "no such model"})
        else:
            Service.asked.append(len(body["input"]))
            self.answer(200, self.embeddings(body["input"]))

    def embeddings(self, texts: list[str]) -> dict[str, Any]:
        rows = [{"index": i, "embedding": self.counts(text)} for i, text in enumerate(texts)]
        if Service.spoil == "short":
            rows = rows[1:]
        if Service.spoil == "nan":
            rows[0]["embedding"] = [float("nan")] * 48
        return {"nothing": []} if Service.spoil == "shape" else {"data": rows[::-1]}

    @staticmethod
    def counts(text: str) -> list[float]:
        row = [0.0] * 48
        for character in text:
            row[ord(character) % 48] += 3
        return row

    def answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(content)))
        self.send_header("retry-after", "0")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[str]:
    Service.failures, Service.asked, Service.spoil = [], [], ""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real sentence-transformers model, tiny and untrained, made without a network."""
    folder = tmp_path_factory.mktemp("model")
    build_transformer(folder)
    return folder


def build_transformer(folder: Path) -> None:
    """Write a two-layer BERT over the corpus's characters, with mean pooling."""
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    characters = {
        c for path in (CORPUS / "documents").glob("*.txt") for c in path.read_text("utf-8")
    }
    words = sorted(c.lower() for c in characters if not c.isspace())
    bare = folder / "bare"
    bare.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(words)]
    (bare / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=512,
    )  # fmt: skip
    BertModel(config).save_pretrained(str(bare))
    BertTokenizerFast(str(bare / "vocab.txt"), do_lower_case=False).save_pretrained(str(bare))
    SentenceTransformer(str(bare)).save(str(folder))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the transformer's export is kept."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(params=["static", "torch", "onnx", "endpoint"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    """Each implementation, made as the settings make it; torch, as without a cache."""
    if request.param == "static":
        return make_embedder(settings_for(CORPUS))
    if request.param in ("torch", "onnx"):
        folder = request.getfixturevalue("transformer")
        cache = request.getfixturevalue("cache") if request.param == "onnx" else None
        model = TransformerEmbedder(
            identify(settings_for(CORPUS, embedder=str(folder))), str(folder), cache
        )
        assert model.runs_on.startswith(request.param)
        return model
    url = request.getfixturevalue("service")
    return make_embedder(
        settings_for(CORPUS, embedder=url, embedder_model="counts", embedder_key="sk-right")
    )


# --- the contract ------------------------------------------------------------------------------


def test_shape_type_and_length(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    query = embedder.embed_query(TEXTS[0])
    assert query.shape == (embedder.dimensions,) and query.dtype == np.float32
    assert np.linalg.norm(query) == pytest.approx(1, abs=1e-4)


def test_nothing_gives_no_rows(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_a_vector_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    together = embedder.embed(TEXTS)
    reversed_ = embedder.embed(TEXTS[::-1])[::-1]
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-4) and np.allclose(together, reversed_, atol=1e-4)


def test_the_same_text_is_the_same_vector(embedder: Embedder) -> None:
    assert np.allclose(embedder.embed(TEXTS), embedder.embed(TEXTS), atol=1e-6)
    own = embedder.embed_query(TEXTS[0]) @ embedder.embed([TEXTS[0], TEXTS[1]]).T
    assert own[0] == pytest.approx(1, abs=1e-3) and own[0] > own[1]


@pytest.mark.parametrize("text", ["", " ", "\n", "🙂", "长" * 3000, "a" * 3000, "<script>", "\x00"])
def test_any_text_gives_finite_numbers(embedder: Embedder, text: str) -> None:
    vectors = embedder.embed([text, TEXTS[0]])
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors, axis=1).max() <= 1 + 1e-4


def test_many_at_once(embedder: Embedder) -> None:
    vectors = embedder.embed([f"第{n}条 {TEXTS[n % 5]}" for n in range(150)])
    assert vectors.shape[0] == 150


def test_threads_may_ask_at_the_same_time(embedder: Embedder) -> None:
    wanted, wrong = embedder.embed_query(TEXTS[1]), []

    def ask() -> None:
        for _ in range(5):
            if not np.allclose(embedder.embed_query(TEXTS[1]), wanted, atol=1e-4):
                wrong.append(1)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_library_of_it_answers(
    embedder: Embedder, tmp_path: Path, service: str, transformer: Path, cache: Path
) -> None:
    choice = {
        "StaticEmbedder": {},
        "TransformerEmbedder": {"embedder": str(transformer), "cache": cache},
        "EndpointEmbedder": {
            "embedder": service, "embedder_model": "counts", "embedder_key": "sk-right",
        },
    }[type(embedder).__name__]  # fmt: skip
    settings = settings_for(write_corpus(tmp_path / "corpus", 3), **choice)
    Library.build(tmp_path / "index", settings)
    with Library.open(tmp_path / "index", settings) as library:
        passage = library.passages_of(library.documents()[0].id)[-1]
        from assistant.library.wording import indexed_text

        asked = indexed_text(library.document(passage.document_id), passage)
        found = library.search_meaning(asked, k=1000)
        assert dict(found)[passage.id] == pytest.approx(1, abs=2e-3)
        assert found[0][1] - dict(found)[passage.id] < 2e-3, "an untrained model has near ties"
        assert library.status().embedder == embedder.name
        assert library.status().dimensions == embedder.dimensions
    for path in (tmp_path / "index").rglob("*"):
        assert not path.is_file() or b"sk-right" not in path.read_bytes()


# --- names -------------------------------------------------------------------------------------


def test_names_tell_versions_apart_and_hold_no_secret(tmp_path: Path, transformer: Path) -> None:
    assert identify(settings_for(CORPUS)).startswith("static")
    named = settings_for(CORPUS, embedder="BAAI/bge-small-zh-v1.5")
    assert identify(named) == "BAAI/bge-small-zh-v1.5", "naming loads nothing"
    before = identify(settings_for(CORPUS, embedder=str(transformer)))
    extra = transformer / "README.md"
    extra.write_text("changed", encoding="utf-8")
    assert identify(settings_for(CORPUS, embedder=str(transformer))) != before
    url = "https://user:password@host.example/v1?token=abc"
    name = identify(settings_for(CORPUS, embedder=url, embedder_model="m", embedder_key="sk-1"))
    assert name == "m@https://host.example/v1"
    with pytest.raises(SettingsError, match="embedder_model"):
        identify(settings_for(CORPUS, embedder="http://127.0.0.1:1/v1"))


def test_a_folder_in_the_shipped_format_runs_without_torch(tmp_path: Path) -> None:
    from assistant.embedding import SHIPPED
    from assistant.library.embedders.static import StaticEmbedder

    model = make_embedder(settings_for(CORPUS, embedder=str(SHIPPED)))
    assert isinstance(model, StaticEmbedder)
    assert model.name == identify(settings_for(CORPUS))


def test_a_model_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    settings = settings_for(CORPUS, embedder=str(tmp_path / "model"), cache=tmp_path / "cache")
    with pytest.raises(SettingsError, match="static"):
        make_embedder(settings).embed(["a"])


# --- the endpoint ------------------------------------------------------------------------------


def endpoint(url: str, *, key: str = "sk-right", model: str = "counts") -> EndpointEmbedder:
    return EndpointEmbedder("counts@here", url, model, key, pauses_seconds=(0.01, 0.01))


def test_the_endpoint_is_asked_in_batches_and_again_after_trouble(service: str) -> None:
    Service.failures = [500, 429]
    vectors = endpoint(service).embed([f"第{n}条" for n in range(150)])
    assert len(vectors) == 150 and Service.asked == [64, 64, 22]


def test_both_spellings_of_the_address_work(service: str) -> None:
    assert endpoint(f"{service}/embeddings").dimensions == endpoint(f"{service}/").dimensions == 48


@pytest.mark.parametrize(
    ("arrange", "said"),
    [
        ({"failures": [500] * 9}, "500"),
        ({"spoil": "short"}, "应返回 2 个"),
        ({"spoil": "nan"}, "应返回 2 个"),
        ({"spoil": "shape"}, "OpenAI"),
        ({"key": "sk-wrong"}, "embedder_key"),
        ({"model": "other"}, "404"),
    ],
)
def test_trouble_is_told_in_chinese_and_without_the_key(
    service: str, arrange: dict[str, Any], said: str
) -> None:
    Service.failures = list(arrange.pop("failures", []))
    Service.spoil = arrange.pop("spoil", "")
    client = endpoint(service, **arrange)
    with pytest.raises(EmbeddingServiceError, match=said) as caught:
        client.embed(["甲", "乙"])
    assert isinstance(caught.value, AssistantError)
    assert "sk-" not in str(caught.value) + repr(client) + repr(caught.value.__cause__)


def test_nobody_at_the_address(service: str) -> None:
    client = endpoint("http://127.0.0.1:9/v1")
    with pytest.raises(EmbeddingServiceError, match="连接失败"):
        client.embed(["甲"])


def test_a_service_that_goes_away_stops_the_run_and_loses_nothing(
    service: str, tmp_path: Path
) -> None:
    settings = settings_for(
        write_corpus(tmp_path / "corpus", 4),
        embedder=service, embedder_model="counts", embedder_key="sk-right",
    )  # fmt: skip
    kept: list[str] = []

    def acknowledge(step: Any) -> None:
        kept.append(step.source)
        if len(kept) == 2:
            Service.failures = [500] * 99

    with pytest.raises(EmbeddingServiceError):
        Library.build(tmp_path / "index", settings, progress=acknowledge)
    Service.failures = []
    with Library.open(tmp_path / "index", settings) as library:
        assert library.interrupted
        assert sorted(card.source for card in library.documents()) == kept[:2]
        assert library.index().added == 2
        assert not library.interrupted
