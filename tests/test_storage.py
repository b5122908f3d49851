"""Files are replaced whole, all made ready before the first; what fails is explained."""

import os
from pathlib import Path

import pytest

from vaaldplan.errors import VaaldplanError
from vaaldplan.storage import Staging, explained


def test_nothing_is_replaced_when_one_cannot_be_made_ready(tmp_path: Path) -> None:
    one = tmp_path / "a"
    one.write_bytes(b"old")

    def replace() -> None:
        with explained(tmp_path), Staging() as staging:
            staging.add(one, b"new")
            staging.add(tmp_path / "missing" / "b", b"new")
            staging.replace()

    with pytest.raises(VaaldplanError) as caught:
        replace()
    assert caught.value.key == "not-writable"
    assert one.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_the_first_goes_first_and_rights_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real = os.replace

    def noting(source: str, target: str) -> None:
        order.append(Path(target).name)
        real(source, target)

    monkeypatch.setattr(os, "replace", noting)
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "a").chmod(0o600)
    with Staging() as staging:
        staging.add(tmp_path / "a", b"1")
        staging.add(tmp_path / "b", b"2", first=True)
        staging.replace()
    assert order == ["b", "a"]
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert [(tmp_path / n).read_bytes() for n in "ab"] == [b"1", b"2"]


def test_a_folder_that_is_not_there_is_named_and_no_temporary_file(tmp_path: Path) -> None:
    with pytest.raises(VaaldplanError) as caught, explained(tmp_path), Staging() as staging:
        staging.add(tmp_path / "saknas" / "plan.html", b"")
    assert caught.value.params == {"path": str(tmp_path / "saknas"), "reason": "no-folder"}
