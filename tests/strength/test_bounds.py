"""Whatever the size of what is given, it is refused in words or read within a bounded memory."""

import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from vaaldplan import bounds, check, config, publish
from vaaldplan.cli import main
from vaaldplan.facts import store
from vaaldplan.rules import secrecy
from vaaldplan.source import events, quick
from vaaldplan.texts import own

MEMORY = 1_500_000_000


def _checked(folder: Path) -> tuple[int, str]:
    """Check a plan in a process that may have a gigabyte and a half: its exit code, and what it said."""
    command = [sys.executable, "-m", "vaaldplan.cli", "check", str(folder)]
    run = subprocess.run(
        command, capture_output=True, text=True, timeout=1800, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )  # fmt: skip
    return run.returncode, run.stdout + run.stderr


def test_fifty_megabytes_of_small_entries_are_refused_within_the_memory(tmp_path: Path) -> None:
    """``fuzz/hostile.py`` tries more kinds."""
    names = [f"{name}.yaml" for name in "abcd"]
    (tmp_path / "plan.yaml").write_text(f"titel: Plan\nåtgärder: {{filer: [{', '.join(names)}]}}\n", "utf-8")
    for name in names:
        (tmp_path / name).write_text("åtgärder:\n" + "- {id: A}\n" * 1_300_000, "utf-8")
    assert sum((tmp_path / name).stat().st_size for name in names) > 50_000_000
    code, said = _checked(tmp_path)
    assert code == 1, said
    assert "S10" in said
    assert "Traceback" not in said


def test_each_bound_has_its_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File size, depth, number of files and of values are met in ``tests/source``; these are the others."""
    plan = tmp_path / "plan.yaml"
    plan.write_text("titel: Plan\nåtgärder:\n" + "  - {id: A1, titel: Utbilda}\n" * 20, "utf-8")
    for reader in (events, quick):
        monkeypatch.setattr(reader, "BLOCKS", 10)
    (finding,) = check.check(plan).report.findings
    assert (finding.code, finding.variant, finding.params["limit"]) == ("S10", "nodes", 10)
    monkeypatch.undo()
    monkeypatch.setattr(check, "MOST_FINDINGS", 5)
    report = check.check(plan).report
    assert [f.variant for f in report.findings if f.code == "S10"] == ["findings"]


@pytest.mark.parametrize(
    ("bound", "value", "words"),
    [("MOST_PAPERS", 2, "fler än 2 dokument"), ("LARGEST_OUTPUT", 5_000, "blir|bli större än 0 MB")],
)
def test_a_build_that_would_give_too_much_is_refused(
    bound: str,
    value: int,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "plan.yaml").write_text("titel: Plan\nåtgärder: [{id: A1, titel: Utbilda}]\n", "utf-8")
    monkeypatch.setattr(publish, bound, value)
    assert main(["build", "--to", "html,md", "--document", "alla", str(tmp_path)]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "S10" in said
    assert re.search(words, said), said
    assert not (tmp_path / "ut").exists()


def test_settings_facts_and_words_with_faults_without_end_are_read_at_once(tmp_path: Path) -> None:
    """Each would take hours if every fault were looked for from the top of the file."""
    many = range(10_000)
    faulty = [
        config.written("".join(f"nyckel{i} = 1\n" for i in many), tmp_path).findings,
        config.written("[utseende.färger]\n" + "".join(f"x{i} = 1\n" for i in many), tmp_path).findings,
        store.written("".join(f'[lagar."{i}:1"]\nx = 1\n' for i in many)).faults,
        own.words({"ord.toml": "[document]\n" + "".join(f'x{i} = "1"\n' for i in many)}).findings,
    ]
    assert all(len(found) >= len(many) for found in faulty)
    deep = "a." * 900_000 + "a"
    for text in (f"{deep} = 1\n", f"[{deep}]\n", f"x = {{{deep} = 1}}\n", "a" * 1_900_000 + " = 1\n"):
        (finding,) = config.written(text, tmp_path).findings
        assert finding.code in ("X01", "X02"), text[:9]


def test_a_file_that_grows_while_it_is_read_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 11)
    with pytest.raises(bounds.TooLargeError):
        bounds.read(tmp_path / "a", 10)
    assert bounds.read(tmp_path / "a", 11) == b"x" * 11
    (tmp_path / "b").write_bytes(b"\xef\xbb\xbfa\r\nb\rc")
    assert bounds.text(tmp_path / "b", 99) == "a\nb\nc"


@pytest.mark.parametrize("words", ["en kvinna bor kvar och ", "Anna bor kvar och ", "Storgatan 12 och "])
def test_a_sentence_without_end_is_not_read_again_and_again(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each place is looked at with what stands around it, a thousand letters: megabytes of it took minutes."""
    read = []
    bounds_of = secrecy._bounds

    def counted(text: str, start: int, end: int) -> tuple[int, int]:
        begins, ends = bounds_of(text, start, end)
        read.append(ends - begins)
        return begins, ends

    monkeypatch.setattr(secrecy, "_bounds", counted)
    text = words * (500_000 // len(words)) + "utsattes"
    assert [clue.kind for clue in secrecy.revealing(text)] == ["unread"]  # and it says that it has not read all
    assert sum(read) < secrecy._MOST_READ + 2_000


def test_a_name_as_long_as_a_file_is_not_said_again_and_again(tmp_path: Path) -> None:
    name, keys = "x" * 3_000_000, "".join(f"    okänd{number}: y\n" for number in range(1_000))
    (tmp_path / "plan.yaml").write_text(f"titel: Plan\nåtgärder:\n  - id: {name}\n    titel: {name}\n{keys}", "utf-8")
    code, said = _checked(tmp_path)
    assert code == 1, said[-1000:]
    assert "okänd999" in said
    assert len(said) < 2_000_000
