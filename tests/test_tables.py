"""The files of tables that come with the program say what they say as TOML, whether Python has kept them or not."""

import tomllib
from pathlib import Path

import pytest

from vaaldplan.tables import read

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "src/vaaldplan"
WORDS = [FOLDER / f"texts/{lang}/{name}.toml" for lang in ("sv", "en") for name in ("labels", "papers", "fields")]
LOOK = ROOT / "templates/standard/look.toml"
OURS = [*sorted(FOLDER.glob("facts/*.toml")), *WORDS, FOLDER / "texts/precision.toml", LOOK]


@pytest.mark.parametrize("file", OURS, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_of_ours_says_what_it_says_as_toml(file: Path) -> None:
    whole = tomllib.loads(file.read_text("utf-8"))
    assert read(file) == whole
    assert list(read(file)) == list(whole)


def test_all_our_files_are_found() -> None:
    assert len(OURS) == 21


def test_what_has_been_read_is_kept_until_the_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    file = tmp_path / "åtgärd.toml"
    file.write_text('checked = 2026-11-28\n[sure]\nname = "våld"\n', "utf-8")
    first = read(file)
    assert first == tomllib.loads(file.read_text("utf-8"))
    [kept] = (tmp_path / "__pycache__").iterdir()
    with monkeypatch.context() as without:
        without.setattr(tomllib, "loads", None)
        again = read(file)
    assert again == first
    assert again["sure"] is not first["sure"]  # each has its own, which it may change
    file.write_text("other = 1\n", "utf-8")
    assert read(file) == {"other": 1}
    kept.write_bytes(kept.read_bytes()[:30])  # cut off by a full disk
    assert read(file) == {"other": 1}


def test_nothing_need_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    file = tmp_path / "a.toml"
    file.write_text("one = 1\n", "utf-8")
    assert read(file) == {"one": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]
    file.write_text("one =\n", "utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        read(file)
