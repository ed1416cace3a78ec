"""The façade: opening, errors, searching with filters, following writers, what it imports."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from small_corpus import CORPUS, ROOT, settings_for, text_of, write_corpus

from assistant.errors import LibraryBusyError, LibraryError, LibraryMissingError
from assistant.library import Library
from assistant.library.lock import writing
from assistant.settings import Settings


def test_no_library_is_an_error_that_names_the_command(tmp_path: Path, settings: Settings) -> None:
    for directory in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(LibraryMissingError, match="assistant index"):
            Library.open(directory, settings)
    assert not (tmp_path / "nowhere").exists(), "reading makes nothing"
    (tmp_path / "catalogue.sqlite3").touch()
    with pytest.raises(LibraryMissingError, match="assistant index"):
        Library.open(tmp_path, settings)


def test_the_invariant_holds_for_every_passage_of_the_corpus(tmp_path: Path) -> None:
    settings = settings_for(CORPUS)
    report = Library.build(tmp_path, settings)
    assert report.skipped == ()
    with Library.open(tmp_path, settings) as library:
        for card in library.documents():
            document = library.document(card.id)
            source = CORPUS / "documents" / card.source
            assert document.text == source.read_text(encoding="utf-8"), "verbatim"
            for passage in library.passages_of(card.id):
                assert passage.span.of(document.text) == passage.text
            assert library.passages([p.id for p in library.passages_of(card.id)]) == (
                library.passages_of(card.id)
            )
        for value in library.indicator_values():
            assert value.span.of(library.document(value.document_id).text) == value.quote
        assert set(library.cities()) == {card.city for card in library.documents() if card.city}


@pytest.mark.parametrize("exact_below", [50_000, 0])
@pytest.mark.parametrize("leg", ["search_terms", "search_meaning"])
def test_filters_keep_only_what_they_name(library: Library, leg: str, exact_below: int) -> None:
    settings = settings_for(library.settings.corpus, exact_below=exact_below)
    with Library.open(library.directory, settings) as opened:
        search = getattr(opened, leg)
        owner = {p.id: c for c in opened.documents() for p in opened.passages_of(c.id)}
        one = opened.documents()[2]
        everything = search("县域内就诊率", k=1000)
        assert [score for _, score in everything] == sorted(
            (s for _, s in everything), reverse=True
        )
        assert len({hit for hit, _ in everything}) == len(everything)
        for filters in ({"city": one.city}, {"document": one.id}, {"kind": one.kind.value}):
            found = search("县域内就诊率", k=1000, **filters)
            name, wanted = next(iter(filters.items()))
            field = "id" if name == "document" else name
            assert [hit for hit, _ in found] == [
                hit for hit, _ in everything if getattr(owner[hit], field) == wanted
            ]
            assert found
        assert search("县域内就诊率", k=5, city="拉萨") == ()
        assert search("县域内就诊率", k=5, document="d-unknown") == ()
        assert len(search("县域内就诊率", k=3)) == 3


def test_a_reader_sees_a_writer_of_another_process(library: Library, corpus: Path) -> None:
    assert library.search_terms("新来的文件编号1140", k=1) is not None
    count, generation = len(library.documents()), library.generation
    (corpus / "documents" / "new.txt").write_text(text_of(40), encoding="utf-8")
    (corpus / "documents" / "plan-000.txt").unlink()
    _index_elsewhere(library, corpus)
    assert library.generation > generation
    assert len(library.documents()) == count
    fresh = next(card for card in library.documents() if card.source == "new.txt")
    for search in (library.search_terms, library.search_meaning):
        owners = {
            p.document_id for p in library.passages([h for h, _ in search(fresh.title, k=99)])
        }
        assert fresh.id in owners
        assert owners <= {card.id for card in library.documents()}


def test_two_writers_do_not_meet(library: Library, settings: Settings) -> None:
    with writing(library.directory):
        for attempt in (library.index, lambda: library.remove(library.documents()[0].id)):
            with pytest.raises(LibraryBusyError, match=r"进程 \d+.*请等它完成后重试"):
                attempt()
        assert library.search_terms("分级诊疗", k=1), "reading goes on"
        assert Library.open(library.directory, settings).search_meaning("分级诊疗", k=1)
    assert library.index().unchanged == 6


def test_many_threads_read_while_one_writes(library: Library, corpus: Path) -> None:
    stop, errors, worst = threading.Event(), [], [0.0]

    def read() -> None:
        while not stop.is_set():
            started = time.perf_counter()
            try:
                for search in (library.search_terms, library.search_meaning):
                    hits = search("三级公立医院CMI值", k=10)
                    assert hits
                    for passage in library.passages([hit for hit, _ in hits]):
                        assert passage.text
            except Exception as error:
                errors.append(error)
                return
            worst[0] = max(worst[0], time.perf_counter() - started)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(60, 64):
        (corpus / "documents" / f"n{number}.txt").write_text(text_of(number), encoding="utf-8")
        library.index()
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert worst[0] < 10, "a machine under load is slow, but nobody waits for the writer"


def test_asking_imports_neither_torch_nor_chroma(library: Library) -> None:
    code = (
        "import sys; from pathlib import Path; from assistant.library import Library\n"
        "from assistant.settings import Settings\n"
        "library = Library.open(Path(sys.argv[1]), Settings(corpus=Path(sys.argv[2])))\n"
        "assert library.search_terms('分级诊疗', k=3) and library.search_meaning('分级诊疗', k=3)\n"
        "heavy = {'torch', 'chromadb', 'sentence_transformers', 'jieba', 'gradio', 'filelock'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    command = [sys.executable, "-c", code, str(library.directory), str(library.settings.corpus)]
    subprocess.run(command, check=True, cwd=ROOT)


def test_status_counts_and_hides_secrets(directory: Path, corpus: Path) -> None:
    settings = settings_for(corpus, embedder_key="sk-secret-1")
    Library.build(directory, settings)
    with Library.open(directory, settings) as library:
        status = library.status()
        assert status.documents == 6
        assert status.passages == status.chroma_passages > 20
        assert status.values == len(library.indicator_values())
        assert status.chroma_in_step and status.terms_in_step and not status.interrupted
        assert status.dimensions == library._embedder.dimensions
        assert min(status.catalogue_bytes, status.chroma_bytes, status.terms_bytes) > 1000
        assert status.built_at and status.generation == library.generation
        assert "sk-secret-1" not in repr(status) + repr(library)
        assert dict(status.settings)["embedder_key"] == "（已设置）"


def test_the_key_is_nowhere_on_disk(directory: Path, corpus: Path) -> None:
    settings = settings_for(corpus, embedder_key="sk-secret-2")
    Library.build(directory, settings)
    for path in directory.rglob("*"):
        if path.is_file():
            assert b"sk-secret-2" not in path.read_bytes(), path


def test_an_empty_library_answers_with_nothing(tmp_path: Path) -> None:
    settings = settings_for(write_corpus(tmp_path / "corpus", 0))
    assert Library.build(tmp_path / "index", settings).passages == 0
    with Library.open(tmp_path / "index", settings) as library:
        assert library.search_terms("分级诊疗", k=3) == ()
        assert library.search_meaning("分级诊疗", k=3) == ()
        assert library.documents() == () == library.cities()


def test_a_directory_that_cannot_be_a_library_is_an_error(
    tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError):
        Library.build(tmp_path / "file", settings)


def test_names_of_indicators_and_cities_follow_what_is_indexed(
    library: Library, tmp_path: Path
) -> None:
    before = library.indicators()
    assert list(before) == sorted({value.indicator for value in library.indicator_values()})
    path = tmp_path / "绵阳市工作要点.txt"
    path.write_text("绵阳市2025年工作要点\n\n到2025年，罕见病门诊开设率达到61%。\n", "utf-8")
    library.index([path])
    assert "罕见病门诊开设率" not in before
    assert "罕见病门诊开设率" in library.indicators()
    assert "绵阳" in library.cities()


def _index_elsewhere(library: Library, corpus: Path) -> None:
    """Index the corpus in another process."""
    code = (
        "import sys; from pathlib import Path; from assistant.library import Library\n"
        "from assistant.settings import Settings\n"
        "print(Library.build(Path(sys.argv[1]), Settings(corpus=Path(sys.argv[2]))))"
    )
    command = [sys.executable, "-c", code, str(library.directory), str(corpus)]
    subprocess.run(command, check=True, cwd=ROOT)


def test_what_another_process_says_anew_of_a_document_is_read(
    library: Library, corpus: Path
) -> None:
    card = next(card for card in library.documents() if card.source == "plan-000.txt")
    assert library.document(card.id).city == "绍兴"
    said = '["plan-000.txt"]\ntitle = "另有标题的方案"\ncity = "金华"\nkind = "通知"\n'
    (corpus / "catalog.toml").write_text(said, encoding="utf-8")
    _index_elsewhere(library, corpus)
    document = library.document(card.id)
    assert (document.title, document.city, document.kind) == ("另有标题的方案", "金华", "通知")
    assert "金华" in library.cities() and "通知" in library.kinds()


def test_a_document_is_read_once_for_each_generation(library: Library) -> None:
    one = library.documents()[0].id
    assert library.document(one) is library.document(one)


def test_a_threads_connection_ends_with_the_thread(library: Library) -> None:
    library.cities()
    before, seen = len(_open_files()), set()

    def read() -> None:
        assert library.documents()
        seen.add(library._catalogue.version()[0])

    for _ in range(40):
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    assert len(_open_files()) <= before + 2
    assert len(seen) == 40, "no number of a connection is used again"
    assert library.documents()


def test_closing_ends_the_connections_of_threads_that_live_on(
    directory: Path, settings: Settings
) -> None:
    Library.build(directory, settings)
    before, library = len(_open_files()), Library.open(directory, settings)
    has_read, may_end = threading.Barrier(5), threading.Event()

    def read() -> None:
        library.documents()
        has_read.wait(30)
        may_end.wait(30)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    has_read.wait(30)
    assert len(_open_files()) > before
    library.close()
    left = [name for name in _open_files() if name.startswith(str(directory / "catalogue"))]
    may_end.set()
    for thread in threads:
        thread.join()
    assert left == []


def _open_files() -> list[str]:
    """Return what this process holds open of files of a catalogue."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this system does not tell what a process holds open")
    links = Path("/proc/self/fd").iterdir()
    names = (os.path.realpath(link) for link in links)
    return [name for name in names if "catalogue.sqlite3" in name]
