"""Tables that are read when first asked for say what the whole text says."""

import tomllib
from pathlib import Path

import pytest

from vaaldplan.tables import Sections

ROOT = Path(__file__).resolve().parent.parent / "src/vaaldplan"
WORDS = [ROOT / f"texts/{lang}/{name}.toml" for lang in ("sv", "en") for name in ("labels", "papers", "fields")]
OURS = [*sorted(ROOT.glob("facts/*.toml")), *WORDS, ROOT / "texts/precision.toml"]


@pytest.mark.parametrize("file", OURS, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_of_ours_read_table_by_table_is_what_it_is_as_a_whole(file: Path) -> None:
    text = file.read_text("utf-8")
    whole = tomllib.loads(text)
    assert dict(Sections(text)) == whole
    assert list(Sections(text)) == list(whole)
    assert {name: Sections(text)[name] for name in reversed(whole)} == whole


def test_all_our_files_are_found() -> None:
    assert len(OURS) == 20


def test_a_table_is_read_when_it_is_asked_for_and_not_before() -> None:
    tables = Sections("checked = 2026-11-27\n[sure]\none = 1\n[sure.below]\ntwo = 2\n[broken]\nthree\n")
    assert tables["sure"] == {"one": 1, "below": {"two": 2}}
    assert list(tables) == ["checked", "sure", "broken"]
    with pytest.raises(tomllib.TOMLDecodeError):
        tables["broken"]
    with pytest.raises(KeyError):
        tables["missing"]
