"""Speed, load time and memory of a static model, in a process of its own on one core."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.embedding.sets import QuestionSet

PASSAGE_CHARS = 300
PASSAGES = 3000
QUERIES = 1000

PROBE = """
import json, sys, time
began = time.perf_counter()
from assistant.embedding import StaticModel
from pathlib import Path
imported = time.perf_counter()
model = StaticModel.load(Path(sys.argv[1]))
loaded = time.perf_counter()
import psutil
material = json.load(sys.stdin)
model.encode(material["passages"][:50])
start = time.process_time()
model.encode(material["passages"])
per_second = len(material["passages"]) / (time.process_time() - start)
start = time.process_time()
for question in material["questions"]:
    model.encode([question])
query_ms = 1000 * (time.process_time() - start) / len(material["questions"])
del material
print(json.dumps({
    "import_s": imported - began, "load_s": loaded - imported, "per_second": per_second,
    "query_ms": query_ms, "resident_mb": psutil.Process().memory_info().rss / 1e6,
    "dimensions": model.dimensions, "torch": "torch" in sys.modules,
}))
"""


def probe(model: Path, passages: Sequence[str], questions: Sequence[str]) -> dict[str, float]:
    """Measure a model in a fresh process: seconds, passages a second of CPU, MB resident."""
    given = json.dumps({"passages": list(passages), "questions": list(questions)})
    one_core = {"RAYON_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    run = subprocess.run(
        [sys.executable, "-c", PROBE, str(model)],
        input=given,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **one_core},
    )
    measured: dict[str, float] = json.loads(run.stdout)
    return measured


def speed_table(model: Path, sets: Sequence[QuestionSet]) -> str:
    """Write what :func:`probe` finds on the sets' own text as Markdown."""
    text = "".join(passage for one in sets for passage in one.passages).replace("\n", "")
    passages = [text[i : i + PASSAGE_CHARS] for i in range(0, len(text), PASSAGE_CHARS)][:PASSAGES]
    questions = [question for one in sets for question in one.questions][:QUERIES]
    found = probe(model, passages, questions)
    size = sum(path.stat().st_size for path in model.rglob("*") if path.is_file()) / 1e6
    return "\n".join(
        [
            "## Speed and size of the static model (one core, CPU time)",
            "",
            "| passages of 300 characters a second | query | import | load | resident | on disk |",
            "|---|---|---|---|---|---|",
            f"| {found['per_second']:,.0f} | {found['query_ms']:.3f} ms | {found['import_s']:.2f} s"
            f" | {found['load_s']:.2f} s | {found['resident_mb']:.0f} MB | {size:.1f} MB |",
            "",
        ]
    )
