"""Files are put in place whole or not at all, and nothing is overwritten that vaaldplan did not make."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from vaaldplan.errors import VaaldplanError
from vaaldplan.publish import Paper
from vaaldplan.publish.files import RECORD, put


def paper(text: str, name: str = "plan.md") -> Paper:
    return Paper(name, text.encode(), None)


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_its_own_files_are_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "ut"
    put(folder, [paper("ett")])
    put(folder, [paper("två"), paper("html", "plan.html")])
    assert (folder / "plan.md").read_text() == "två"
    assert names(folder) == [RECORD, "plan.html", "plan.md"]


def test_others_are_not_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text("mitt eget")
    with pytest.raises(VaaldplanError) as caught:
        put(tmp_path, [paper("nytt")])
    assert caught.value.key == "foreign-file"
    assert (tmp_path / "plan.md").read_text() == "mitt eget"
    assert names(tmp_path) == ["plan.md"]
    put(tmp_path, [paper("nytt")], force=True)
    assert (tmp_path / "plan.md").read_text() == "nytt"


def test_a_file_changed_by_hand_is_not_overwritten(tmp_path: Path) -> None:
    put(tmp_path, [paper("ett")])
    (tmp_path / "plan.md").write_text("ett, med mina ändringar")
    with pytest.raises(VaaldplanError):
        put(tmp_path, [paper("två")])
    assert (tmp_path / "plan.md").read_text() == "ett, med mina ändringar"


def test_a_build_that_fails_leaves_the_old_files(tmp_path: Path) -> None:
    put(tmp_path, [paper("ett"), paper("ett", "plan.html")])

    def failing() -> Iterator[Paper]:
        yield paper("två")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, failing())
    assert (tmp_path / "plan.md").read_text() == "ett"
    assert names(tmp_path) == [RECORD, "plan.html", "plan.md"]


def test_an_interrupted_replacement_is_known_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, [paper("ett"), paper("ett", "plan.html")])
    real = os.replace
    done: list[str] = []

    def replace_two(source: str, target: str) -> None:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace_two)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, [paper("två"), paper("två", "plan.html")])
    monkeypatch.undo()
    assert [(tmp_path / n).read_text() for n in ("plan.md", "plan.html")] == ["två", "ett"]
    put(tmp_path, [paper("tre"), paper("tre", "plan.html")])
    assert [(tmp_path / n).read_text() for n in ("plan.md", "plan.html")] == ["tre", "tre"]


def test_a_folder_that_is_a_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "ut").write_text("")
    with pytest.raises(VaaldplanError) as caught:
        put(tmp_path / "ut", [paper("ett")])
    assert (caught.value.key, caught.value.params["reason"]) == ("not-writable", "not-a-folder")


def test_files_are_readable_by_others_as_usual(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        put(tmp_path, [paper("ett")])
    finally:
        os.umask(old)
    assert (tmp_path / "plan.md").stat().st_mode & 0o777 == 0o644
