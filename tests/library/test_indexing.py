"""Index runs: what is read again and what is not, what is reported, what stays and what goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_corpus import contents, settings_for, text_of, write_corpus

from assistant.errors import DocumentNotFoundError, LibraryError, LibraryMismatchError
from assistant.library import IndexProgress, Library
from assistant.library.catalogue_writer import CatalogueWriter
from assistant.settings import Settings


def outcomes(directory: Path, settings: Settings, *paths: Path) -> dict[str, str]:
    """Index and tell what became of each file."""
    seen: list[IndexProgress] = []
    Library.build(directory, settings, paths or None, progress=seen.append)
    return {step.source: step.outcome for step in seen if step.source}


def test_a_second_run_reads_nothing_again(directory: Path, settings: Settings) -> None:
    first = Library.build(directory, settings)
    assert (first.added, first.unchanged, first.skipped) == (6, 0, ())
    again = Library.build(directory, settings)
    assert (again.added, again.changed, again.unchanged, again.removed) == (0, 0, 6, 0)
    assert again.passages == first.passages
    assert again.seconds < 1


def test_touching_a_file_does_not_change_it_and_a_byte_does(
    directory: Path, settings: Settings, corpus: Path
) -> None:
    Library.build(directory, settings)
    os.utime(corpus / "documents" / "plan-000.txt", (1, 1))
    (corpus / "documents" / "plan-001.txt").write_text(text_of(1, 1), encoding="utf-8")
    found = outcomes(directory, settings)
    assert found["plan-000.txt"] == "unchanged"
    assert found["plan-001.txt"] == "changed"
    with Library.open(directory, settings) as library:
        assert len(library.documents()) == 6
        assert "1101万元" in "".join(library.document(c.id).text for c in library.documents())


def test_an_unchanged_passage_of_a_changed_file_is_not_embedded_again(
    directory: Path, settings: Settings, corpus: Path
) -> None:
    Library.build(directory, settings)
    path = corpus / "documents" / "plan-001.txt"
    path.write_text(text_of(1) + "附：本方案由市卫生健康委员会解释。\n", encoding="utf-8")
    with Library.open(directory, settings) as library:
        before = set(library._catalogue.connection.execute("SELECT hash FROM vectors").fetchall())
        library.index()
        after = set(library._catalogue.connection.execute("SELECT hash FROM vectors").fetchall())
        assert 0 < len(after - before) < len(library.passages_of(library.documents()[0].id))


def test_a_vanished_corpus_file_goes_and_a_named_file_stays(
    directory: Path, settings: Settings, corpus: Path, tmp_path: Path
) -> None:
    Library.build(directory, settings)
    own = tmp_path / "上报" / "own.txt"
    own.parent.mkdir()
    own.write_text(text_of(20), encoding="utf-8")
    assert outcomes(directory, settings, own) == {"own.txt": "added"}
    own.unlink()
    (corpus / "documents" / "plan-003.txt").unlink()
    report = Library.build(directory, settings)
    assert (report.removed, report.unchanged, report.skipped) == (1, 6, ())
    with Library.open(directory, settings) as library:
        origins = {card.source: card.origin for card in library.documents()}
        assert origins["own.txt"] == "added" and "plan-003.txt" not in origins


def test_a_library_begun_with_paths_is_a_library_of_its_own(
    directory: Path, settings: Settings, tmp_path: Path
) -> None:
    folder = write_corpus(tmp_path / "elsewhere", 2) / "documents"
    (folder / "sub").mkdir()
    (folder / "sub" / "deep.txt").write_text(text_of(30), encoding="utf-8")
    assert Library.build(directory, settings, [folder]).added == 3
    (folder / "plan-000.txt").write_text(text_of(0, 5), encoding="utf-8")
    again = Library.build(directory, settings)
    assert (again.changed, again.unchanged, again.added) == (1, 2, 0)
    assert again.corpus_left_out
    assert Library.build(directory, settings, [settings.corpus / "documents"]).added > 0
    assert Library.build(directory, settings).corpus_left_out


def test_what_cannot_be_read_is_named_and_stops_nothing(
    directory: Path, settings: Settings, corpus: Path
) -> None:
    folder = corpus / "documents"
    (folder / "empty.txt").write_bytes(b"")
    (folder / "photo.bmp").write_bytes(b"BM123")
    (folder / ".hidden").write_bytes(b"")
    (folder / "~$plan.docx").write_bytes(b"lock")
    for _ in range(2):  # a skipped file is reported every time, not only the first
        report = Library.build(directory, settings)
        assert {file.path.name for file in report.skipped} == {"empty.txt", "photo.bmp"}
        assert all(file.reason and file.remedy for file in report.skipped)
    assert report.unchanged == 6
    (folder / "empty.txt").write_text(text_of(40), encoding="utf-8")
    assert outcomes(directory, settings)["empty.txt"] in ("added", "changed")


def test_a_file_over_the_limit_is_skipped(directory: Path, corpus: Path) -> None:
    settings = settings_for(corpus, max_file_mb=1)
    (corpus / "documents" / "huge.txt").write_text("长" * 400_000, encoding="utf-8")
    report = Library.build(directory, settings)
    assert [file.path.name for file in report.skipped] == ["huge.txt"]
    assert "1 MB" in report.skipped[0].reason


def test_the_same_content_twice_is_indexed_once_and_takes_over(
    directory: Path, settings: Settings, corpus: Path
) -> None:
    folder = corpus / "documents"
    (folder / "plan-zzz.txt").write_text(text_of(0), encoding="utf-8")
    (folder / "plan-zzz-gb.txt").write_text(text_of(1), encoding="gb18030")
    report = Library.build(directory, settings)
    assert report.added == 6
    assert sorted((file.path.name, file.reason) for file in report.skipped) == [
        ("plan-zzz-gb.txt", "内容与「plan-001.txt」相同"),
        ("plan-zzz.txt", "内容与「plan-000.txt」相同"),
    ]
    (folder / "plan-000.txt").unlink()
    (folder / "plan-001.txt").write_text(text_of(1, 7), encoding="utf-8")
    report = Library.build(directory, settings)
    assert report.skipped == ()
    with Library.open(directory, settings) as library:
        assert {card.source for card in library.documents()} >= {"plan-zzz.txt", "plan-zzz-gb.txt"}
        assert len(library.documents()) == 7
        clean = directory.with_name("clean")
        Library.build(clean, settings)
        with Library.open(clean, settings) as other:
            assert contents(other) == contents(library)


def test_a_duplicate_is_tried_again_when_the_first_copy_changes_in_the_same_run(
    directory: Path, settings: Settings, corpus: Path
) -> None:
    folder = corpus / "documents"
    (folder / "a-copy.txt").write_text(text_of(90), encoding="utf-8")
    (folder / "z-first.txt").write_text(text_of(90), encoding="utf-8")
    Library.build(directory, settings)
    (folder / "a-copy.txt").write_text(text_of(91), encoding="utf-8")
    Library.build(directory, settings)
    with Library.open(directory, settings) as library:
        assert {"a-copy.txt", "z-first.txt"} <= {card.source for card in library.documents()}


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_links_that_lead_out_of_the_corpus_are_not_followed(
    directory: Path, settings: Settings, corpus: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "secret.txt").write_text(text_of(50), encoding="utf-8")
    (corpus / "documents" / "link.txt").symlink_to(secret / "secret.txt")
    (corpus / "documents" / "folder").symlink_to(secret, target_is_directory=True)
    (corpus / "documents" / "loop").symlink_to(corpus, target_is_directory=True)
    (corpus / "documents" / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    report = Library.build(directory, settings)
    assert report.added == 6
    assert {file.path.name for file in report.skipped} == {"link.txt", "dangling.txt"}


def test_a_path_that_is_not_there_is_reported(directory: Path, settings: Settings) -> None:
    report = Library.build(directory, settings, [Path("nowhere.txt")])
    assert [(file.path.name, file.reason) for file in report.skipped] == [
        ("nowhere.txt", "找不到文件")
    ]


def test_a_corpus_file_named_outright_is_still_the_corpus_s(
    directory: Path, settings: Settings, corpus: Path
) -> None:
    path = corpus / "documents" / "plan-002.txt"
    assert outcomes(directory, settings, path) == {"plan-002.txt": "added"}
    assert outcomes(directory, settings)["plan-002.txt"] == "unchanged"


def test_remove_takes_everything_and_a_corpus_file_stays_out(
    library: Library, corpus: Path, settings: Settings
) -> None:
    card = next(card for card in library.documents() if card.source == "plan-004.txt")
    assert library.remove(card.id) == ("plan-004.txt",)
    with pytest.raises(DocumentNotFoundError):
        library.document(card.id)
    everything = contents(library)
    assert "plan-004.txt" not in everything["documents"]  # type: ignore[operator]
    for leg in ("terms", "chroma", "vectors"):
        assert not any(passage.startswith(card.id) for passage in everything[leg])  # type: ignore[attr-defined]
    assert library.index().added == 0
    report = library.index([corpus / "documents" / "plan-004.txt"])
    assert report.added == 1, "naming it brings it back"
    with pytest.raises(DocumentNotFoundError):
        library.remove("d-unknown")


def test_other_settings_are_refused_and_the_same_command_adopts_them(
    directory: Path, corpus: Path, settings: Settings
) -> None:
    Library.build(directory, settings)
    other = settings_for(corpus, max_chars=120)
    with pytest.raises(LibraryMismatchError, match=r"段落长度 320 .*段落长度 120.*assistant index"):
        Library.open(directory, other)
    assert Library.build(directory, other).changed == 6
    with Library.open(directory, other) as library:
        clean = directory.with_name("clean")
        Library.build(clean, other)
        with Library.open(clean, other) as fresh:
            assert contents(library) == contents(fresh)
    with pytest.raises(LibraryMismatchError):
        Library.open(directory, settings)


def test_an_open_reader_refuses_to_answer_once_the_library_is_rebuilt_otherwise(
    library: Library, corpus: Path
) -> None:
    assert library.search_terms("分级诊疗", k=3)
    Library.build(library.directory, settings_for(corpus, max_chars=120))
    with pytest.raises(LibraryMismatchError):
        library.search_terms("分级诊疗", k=3)


def test_the_catalogue_file_is_used_and_a_change_of_it_is_noticed(
    directory: Path, settings: Settings, corpus: Path
) -> None:
    Library.build(directory, settings)
    (corpus / "catalog.toml").write_text(
        '["plan-000.txt"]\ntitle = "另有标题的方案"\n', encoding="utf-8"
    )
    found = outcomes(directory, settings)
    assert [name for name, outcome in found.items() if outcome == "changed"] == ["plan-000.txt"]
    with Library.open(directory, settings) as library:
        assert "另有标题的方案" in {card.title for card in library.documents()}
        assert library.search_terms("另有标题", k=1), "the title is part of what is indexed"


def test_naming_a_file_under_other_settings_adopts_them_for_all(
    directory: Path, corpus: Path, settings: Settings, tmp_path: Path
) -> None:
    """Otherwise five documents of the old settings would pass as documents of the new."""
    Library.build(directory, settings)
    own = tmp_path / "own.txt"
    own.write_text(text_of(20), encoding="utf-8")
    other = settings_for(corpus, max_chars=120)
    report = Library.build(directory, other, [own])
    assert (report.added, report.changed) == (1, 6)


def test_a_run_that_was_cut_short_is_completed_by_any_later_one(
    directory: Path, corpus: Path, settings: Settings, tmp_path: Path
) -> None:
    class Stop(BaseException):
        pass

    def stop(step: IndexProgress) -> None:
        if step.done == 3:
            raise Stop

    with pytest.raises(Stop):
        Library.build(directory, settings, progress=stop)
    with Library.open(directory, settings) as library:
        assert library.interrupted and len(library.documents()) == 3
        assert library.search_terms("分级诊疗", k=99)
        library.remove(library.documents()[0].id)
        assert library.interrupted, "removing one document completes nothing"
        own = tmp_path / "own.txt"
        own.write_text(text_of(20), encoding="utf-8")
        assert library.index([own]).added == 4
        assert not library.interrupted


def test_a_corpus_folder_that_is_missing_removes_nothing(library: Library, corpus: Path) -> None:
    (corpus / "documents").rename(corpus / "elsewhere")
    with pytest.raises(LibraryError, match="语料目录"):
        library.index()
    assert len(library.documents()) == 6 and not library.interrupted


def test_a_library_of_its_own_never_takes_up_the_corpus(
    directory: Path, settings: Settings, tmp_path: Path
) -> None:
    own = tmp_path / "own.txt"
    own.write_text(text_of(20), encoding="utf-8")

    class Stop(BaseException):
        pass

    def stop(step: IndexProgress) -> None:
        raise Stop

    with pytest.raises(Stop):
        Library.build(directory, settings, [own], progress=stop)
    for paths in ([own], None):
        Library.build(directory, settings, paths)
        with Library.open(directory, settings) as library:
            assert [card.source for card in library.documents()] == ["own.txt"]


def test_a_catalogue_of_another_schema_is_built_anew_with_what_was_added(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    own = tmp_path / "own.txt"
    own.write_text(text_of(20), encoding="utf-8")
    library.index([own])
    own.unlink()
    before = contents(library)
    connection = library._catalogue.connection
    connection.execute('UPDATE meta SET value=replace(value, \'"schema": "\', \'"schema": "0.\')')
    connection.execute("ALTER TABLE documents RENAME COLUMN title TO heading")
    library.close()
    with pytest.raises(LibraryMismatchError, match="assistant index"):
        Library.open(library.directory, settings)
    assert Library.build(library.directory, settings).added == 7
    with Library.open(library.directory, settings) as anew:
        assert contents(anew) == before
        assert anew.index().unchanged == 7


def test_removed_passages_are_noted_until_chroma_has_followed(library: Library) -> None:
    gone = "SELECT count(*) FROM gone"
    writer = CatalogueWriter(library.directory)
    card = library.documents()[0]
    writer.forget_file(card.source)
    assert writer.connection.execute(gone).fetchone()[0] == card.passages
    writer.close()
    library.index()
    assert library._catalogue.connection.execute(gone).fetchone()[0] == 0
