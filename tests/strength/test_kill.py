"""Whatever stops the program while it writes, every file is the old or the new one, whole, and nothing is lost."""

import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from vaaldplan import storage
from vaaldplan.cli import main
from vaaldplan.errors import VaaldplanError
from vaaldplan.publish import Paper, files

PLAN = "titel:   Plan\nåtgärder:\n  - {id: A1, titel: Utbilda}\n"


def test_a_run_that_is_killed_leaves_whole_files() -> None:
    """Twenty here; ``python fuzz/kill.py 200`` for more."""
    command = [sys.executable, str(ROOT / "fuzz/kill.py"), "20"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=1800, check=False)
    assert run.returncode == 0, run.stderr
    killed = dict(re.findall(r"'(\w+)': (\d+)", run.stdout))
    assert killed == dict.fromkeys(("build", "fmt", "fix", "init"), "5"), run.stdout


def test_a_file_that_was_never_replaced_is_known_after_two_kills(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def paper(text: str) -> list[Paper]:
        return [Paper("plan.md", text.encode(), None)]

    def stop(source: str, target: str) -> None:
        real(source, target)
        raise KeyboardInterrupt  # after the record, before the paper

    real = os.replace
    files.put(tmp_path, paper("ett"))
    monkeypatch.setattr(os, "replace", stop)
    for text in ("två", "tre"):
        with pytest.raises(KeyboardInterrupt):
            files.put(tmp_path, paper(text))
    monkeypatch.undo()
    files.put(tmp_path, paper("fyra"))
    assert (tmp_path / "plan.md").read_text() == "fyra"


def test_what_a_killed_run_left_is_taken_away(tmp_path: Path) -> None:
    left, other = tmp_path / ".vaaldplan-abcd1234", tmp_path / ".vaaldplan-egen-fil"
    left.write_text("halv")
    other.write_text("hel")
    files.put(tmp_path, [Paper("plan.md", b"ett", None)])
    assert not left.exists()
    assert other.exists()
    left.write_text("halv")
    with storage.Staging() as staging:  # here another run may be at work, so only what is old goes
        staging.add(tmp_path / "a", b"")
    assert left.exists()
    os.utime(left, (0, 0))
    with storage.Staging() as staging:
        staging.add(tmp_path / "a", b"")
    assert not left.exists()


# ------------------------------------------------------------ two at once


def test_two_builds_at_once_do_not_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes build different plans into one folder, until they were seen often; each time the set is one of the two."""
    names = [f"{n}.md" for n in range(12)]
    script = (
        "import sys; from pathlib import Path; from vaaldplan import storage; from vaaldplan.publish import Paper, files\n"
        "storage.PATIENCE = 600.0\n"
        "while not Path(sys.argv[3]).exists(): files.put(Path(sys.argv[1]),"
        " [Paper(f'{n}.md', sys.argv[2].encode() * 1000, None) for n in range(12)])\n"
    )
    monkeypatch.setattr(storage, "PATIENCE", 600.0)
    folder, enough = tmp_path / "ut", tmp_path / "nog"
    folder.mkdir()
    runs = [subprocess.Popen([sys.executable, "-c", script, str(folder), text, str(enough)]) for text in "ab"]
    seen: Counter[bytes] = Counter()
    while (len(seen) < 2 or seen.total() < 20) and all(run.poll() is None for run in runs):
        with storage.alone(folder):
            held = {(folder / name).read_bytes()[:1] for name in names if (folder / name).exists()}
        assert len(held) <= 1
        seen.update(held)
    enough.touch()
    assert [run.wait() for run in runs] == [0, 0]
    assert seen.keys() == {b"a", b"b"}
    assert len({(folder / name).read_bytes() for name in names}) == 1


def test_a_run_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "PATIENCE", 0.05)
    answer: list[str] = []

    def other() -> None:
        try:
            files.put(tmp_path, [Paper("plan.md", b"x", None)])
        except VaaldplanError as error:
            answer.append(error.key)

    with storage.alone(tmp_path):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert answer == ["busy"]
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------ no room, no right


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A folder on a disk of 32 kB; where no disk can be made, one in which no file may be larger than half of that."""
    place = Path(tempfile.mkdtemp())
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32k,nr_inodes=99", "tmpfs", place], check=False, capture_output=True
    )
    if mounted.returncode == 0:
        yield place
        subprocess.run(["umount", place], check=True)
    else:
        import resource

        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16384, usual[1]))
        yield place
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    shutil.rmtree(place, ignore_errors=True)


def test_a_full_disk_is_said_and_nothing_is_lost(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(small_disk)
    Path("plan.yaml").write_text(PLAN, "utf-8")
    assert main(["build", "--to", "md"]) == 0
    before = {p: p.read_bytes() for p in small_disk.rglob("*") if p.is_file()}
    assert len(before) == 3
    capsys.readouterr()
    assert main(["build", "--to", "html,docx,md"]) == 3
    said = capsys.readouterr().err
    assert "Det går inte att skriva i" in said
    assert "disken är full" in said
    assert {p: p.read_bytes() for p in small_disk.rglob("*") if p.is_file()} == before
    filler = Path("fyllnad")
    with pytest.raises(OSError) as full, filler.open("wb") as file:  # noqa: PT011, PT012
        while True:
            file.write(b"x" * 512)
            file.flush()
    assert full.value.errno in (errno.ENOSPC, errno.EFBIG)
    if os.path.ismount(small_disk):
        for command in (["fmt"], ["build", "--to", "md"], ["init", "ny", "--yes", "--municipality", "Alingsås"]):
            assert main(command) == 3, command
            assert "disken är full" in capsys.readouterr().err
        filler.unlink(missing_ok=True)
        assert {p: p.read_bytes() for p in small_disk.rglob("*") if p.is_file()} == before


def test_a_folder_that_may_not_be_written_in_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    place = Path(tempfile.mkdtemp())
    (place / "plan.yaml").write_text(PLAN, "utf-8")
    (place / "ut").mkdir()
    commands = [
        ["build", "--to", "md", str(place)],
        ["fmt", str(place)],
        ["init", "--yes", "--municipality", "Alingsås", str(place / "ny")],
    ]
    assert main(["build", "--to", "md", "-o", str(place / "ovan"), str(place)]) == 0  # imports what is needed
    assert main(["init", "--yes", "--municipality", "Alingsås", str(place / "annan")]) == 0
    shutil.rmtree(place / "ovan")
    shutil.rmtree(place / "annan")
    (place / "ut").chmod(0o555)
    place.chmod(0o555)
    nobody = os.geteuid() == 0
    if nobody:
        os.seteuid(65534)
    try:
        for command in commands:
            capsys.readouterr()
            assert main(command) == 3, command
            said = capsys.readouterr().err
            assert "Det går inte att skriva i" in said, command
            assert "du har inte behörighet" in said, command
    finally:
        if nobody:
            os.seteuid(0)
        place.chmod(0o755)
    assert (place / "plan.yaml").read_text("utf-8") == PLAN
    assert sorted(p.name for p in place.rglob("*")) == ["plan.yaml", "ut"]
    shutil.rmtree(place)


def test_a_document_open_elsewhere_is_said_and_nothing_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Word keeps others from writing to what it has open. Here a program that is running does the same."""
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(PLAN, "utf-8")
    assert main(["build", "--to", "docx,md"]) == 0
    shutil.copy("/bin/sleep", "ut/plan.docx")
    before = Path("ut/plan.md").read_bytes()
    Path("plan.yaml").write_text(PLAN.replace("Utbilda", "Något annat"), "utf-8")
    capsys.readouterr()
    running = subprocess.Popen(["ut/plan.docx", "3600"])
    try:
        assert main(["build", "--to", "docx,md", "--force"]) == 3
    finally:
        running.kill()
        running.wait()
    said = capsys.readouterr().err
    assert "plan.docx är skrivskyddad eller öppen i ett annat program" in said
    assert "Är den öppen i Word, stäng dokumentet där" in said
    assert Path("ut/plan.md").read_bytes() == before
    assert main(["build", "--to", "docx,md", "--force"]) == 0
    assert "Något annat" in Path("ut/plan.md").read_text("utf-8")
