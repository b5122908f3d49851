"""The files of tables that come with the program say what they say as TOML, whether Python has kept them or not."""

import tomllib
from pathlib import Path

import pytest

from vaaldplan.tables import Sections, read

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "src/vaaldplan"
WORDS = [FOLDER / f"texts/{lang}/{name}.toml" for lang in ("sv", "en") for name in ("labels", "papers", "fields")]
LOOK = ROOT / "templates/standard/look.toml"
OURS = [*sorted(FOLDER.glob("facts/*.toml")), *WORDS, FOLDER / "texts/precision.toml", LOOK]


@pytest.mark.parametrize("file", OURS, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_of_ours_says_what_it_says_as_toml(file: Path) -> None:
    text = file.read_text("utf-8")
    whole = tomllib.loads(text)
    assert read(file) == whole
    assert list(read(file)) == list(whole)
    assert dict(Sections(text)) == whole
    assert list(Sections(text)) == list(whole)
    assert {name: Sections(text)[name] for name in reversed(whole)} == whole


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
    file = tmp_path / "a.toml"
    file.write_text("one = 1\n[two]\nthree = 3\n", "utf-8")
    with monkeypatch.context() as without:
        without.setattr("sys.dont_write_bytecode", True)
        assert read(file) == {"one": 1, "two": {"three": 3}}
        assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]
    with monkeypatch.context() as without:
        without.setattr("os.access", lambda *_: False)
        without.setattr("sys.dont_write_bytecode", False)
        assert read(file) == {"one": 1, "two": {"three": 3}}
        assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]


def test_what_is_not_toml_is_said_to_be_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    file = tmp_path / "a.toml"
    file.write_text("one =\n", "utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        read(file)


def test_a_table_is_read_when_it_is_asked_for_and_not_before() -> None:
    tables = Sections("checked = 2026-11-27\n[sure]\none = 1\n[sure.below]\ntwo = 2\n[broken]\nthree\n")
    assert tables["sure"] == {"one": 1, "below": {"two": 2}}
    assert list(tables) == ["checked", "sure", "broken"]
    with pytest.raises(tomllib.TOMLDecodeError):
        tables["broken"]
    with pytest.raises(KeyError):
        tables["missing"]
