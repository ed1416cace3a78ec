"""Speed, load time and memory of a model, in a process of its own on one core."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.embedding.sets import QuestionSet

PASSAGE_CHARS = 300

PROBE = """
import json, sys, time
from pathlib import Path
runtime, folder = sys.argv[1], Path(sys.argv[2])
began = time.perf_counter()
if runtime == "static":
    from assistant.embedding import StaticModel
    load = lambda: StaticModel.load(folder).encode
elif runtime == "onnx":
    import onnxruntime
    from assistant.embedding.onnx import OnnxModel
    load = lambda: OnnxModel.load(folder, threads=1).encode_passages
else:
    import torch
    from sentence_transformers import SentenceTransformer
    torch.set_num_threads(1)
    load = lambda: SentenceTransformer(str(folder), device="cpu").encode
imported = time.perf_counter()
encode = load()
loaded = time.perf_counter()
import psutil
material = json.load(sys.stdin)
encode(material["passages"][:50])
start = time.process_time()
encode(material["passages"])
per_second = len(material["passages"]) / (time.process_time() - start)
start = time.process_time()
for question in material["questions"]:
    encode([question])
query_ms = 1000 * (time.process_time() - start) / len(material["questions"])
del material
print(json.dumps({
    "import_s": imported - began, "load_s": loaded - imported, "per_second": per_second,
    "query_ms": query_ms, "resident_mb": psutil.Process().memory_info().rss / 1e6,
    "torch": "torch" in sys.modules,
}))
"""


@dataclass(frozen=True, slots=True)
class Timed:
    """A model to time: ``runtime`` is ``static``, ``onnx`` or ``torch``."""

    name: str
    runtime: str
    folder: Path
    passages: int
    questions: int


def probe(
    runtime: str, folder: Path, passages: Sequence[str], questions: Sequence[str]
) -> dict[str, float]:
    """Measure a model in a fresh process: seconds, passages a second of CPU, MB resident."""
    given = json.dumps({"passages": list(passages), "questions": list(questions)})
    one_core = {"RAYON_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    run = subprocess.run(
        [sys.executable, "-c", PROBE, runtime, str(folder)],
        input=given,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **one_core},
    )
    measured: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return measured


def speed_table(timed: Sequence[Timed], sets: Sequence[QuestionSet]) -> str:
    """Write what :func:`probe` finds on the sets' own text as Markdown."""
    lines = [
        f"## Speed and size (one core, CPU time, passages of {PASSAGE_CHARS} characters)",
        "",
        "| | passages a second | query | import | load | resident | on disk |",
        "|---|---|---|---|---|---|---|",
        *(_row(one, sets) for one in timed),
        "",
    ]
    return "\n".join(lines)


def _row(one: Timed, sets: Sequence[QuestionSet]) -> str:
    text = "".join(passage for s in sets for passage in s.passages).replace("\n", "")
    passages = [text[at : at + PASSAGE_CHARS] for at in range(0, len(text), PASSAGE_CHARS)]
    questions = [question for s in sets for question in s.questions][: one.questions]
    found = probe(one.runtime, one.folder, passages[: one.passages], questions)
    size = sum(path.stat().st_size for path in one.folder.rglob("*") if path.is_file()) / 1e6
    return (
        f"| {one.name} | {found['per_second']:,.0f} | {found['query_ms']:.2f} ms"
        f" | {found['import_s']:.2f} s | {found['load_s']:.2f} s"
        f" | {found['resident_mb']:.0f} MB | {size:.1f} MB |"
    )
