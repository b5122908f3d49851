"""Whatever a plan, its settings, facts, words and templates say: no network, and no file outside the plan's folder."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from watched import Seen, run

from conftest import ROOT
from vaaldplan.cli import main

EXAMPLE = ROOT / "examples/exempelkommun"
SECRET = "HEMLIGT-4711"


# ------------------------------------------------------------ the network


def _shut() -> tuple[str, ...]:
    """What takes the network away from a run altogether, where this system lets us."""
    command = ("unshare", "--net", "--map-root-user")
    try:
        works = subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        works = False
    return command if works else ()


@pytest.mark.parametrize(
    "commands",
    [
        ("check .", "fmt", "fix --dry-run", "explain D02", "check --format html", "schema", "facts lagar",
         "init ny --yes --municipality Alingsås"),
        ("build",),
    ],
    ids=lambda commands: commands[0].split()[0],
)  # fmt: skip
def test_nothing_needs_a_network_and_everything_stays_in_the_folder(commands: tuple[str, ...], tmp_path: Path) -> None:
    """The example has an own look and own templates; the audit hook sees what Python does, the rest has no network."""
    plan = tmp_path / "plan"
    shutil.copytree(EXAMPLE, plan)
    seen = run(*commands, cwd=plan, shut=_shut(), several=True)
    assert seen.code in (0, 1), seen.said
    assert "Traceback" not in seen.said
    assert seen.network == []
    _stays(seen, plan)
    assert len(seen.read) > 50


def _stays(seen: Seen, plan: Path) -> None:
    """What was read lies in the plan's folder, in the program or in Python; what was written, in the folder or among the temporary."""
    home, temporary = plan.resolve(), Path(tempfile.gettempdir()).resolve()
    python = {Path(p).resolve() for p in (sys.prefix, sys.base_prefix, *sys.path) if p}
    system = {
        Path(p)
        for p in (
            "/usr/lib",
            "/lib",
            "/etc/ld.so.cache",
            "/etc/mime.types",
            "/dev/null",
            "/proc/self",
            "/usr/share/zoneinfo",
        )
    }
    program = {(ROOT / "src").resolve(), (ROOT / "templates").resolve()}
    for path in seen.written - {Path("/dev/null")}:
        scratch = path.parent == temporary or (
            path.is_relative_to(temporary) and path.relative_to(temporary).parts[0].startswith("tmp")
        )
        assert path.is_relative_to(home) or (scratch and not path.is_relative_to(home.parent)), path
    for path in seen.read - seen.written:
        fits = any(path.is_relative_to(place) for place in {home, *program, *python, *system})
        scratch = path.is_relative_to(temporary) and path.relative_to(temporary).parts[0].startswith("tmp")
        assert fits or (scratch and not path.is_relative_to(home.parent)), path


def test_the_watch_sees(tmp_path: Path) -> None:
    """The check of the check: what is outside is seen when the user names it."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "b/plan.yaml").write_text("titel: Plan\n", "utf-8")
    seen = run("build", "../b", "--to", "md", "-o", "../c", cwd=tmp_path / "a")
    assert seen.code == 0, seen.said
    assert tmp_path.resolve() / "b/plan.yaml" in seen.read
    assert any(path.is_relative_to(tmp_path.resolve() / "c") for path in seen.written)
    with pytest.raises(AssertionError):
        _stays(seen, tmp_path / "a")


# ------------------------------------------------------------ files


def _outside(place: Path) -> Path:
    """A folder beside the plan's with something of every kind in it."""
    place.mkdir()
    (place / "plan.yaml").write_text(f"titel: {SECRET}\nåtgärder:\n  - {{id: X1, titel: {SECRET}}}\n", "utf-8")
    (place / "delar").mkdir()
    (place / "delar/a.yaml").write_text(f"åtgärder:\n  - {{id: X1, titel: {SECRET}}}\n", "utf-8")
    (place / "vaaldplan.toml").write_text(f'förbjudna_ord = ["{SECRET}"]\n', "utf-8")
    (place / "fakta.toml").write_text(f'[lagar."{SECRET}"]\n', "utf-8")
    (place / "ord.toml").write_text(f'[document]\ncontents = "{SECRET}"\n', "utf-8")
    (place / "plan.md").write_text(SECRET, "utf-8")
    shutil.copy(EXAMPLE / "logotyp.svg", place / "logotyp.svg")
    shutil.copy(EXAMPLE / "brevmall.dotx", place / "brevmall.dotx")
    shutil.copy(next((ROOT / "templates/standard/fonts").glob("*.[ot]tf")), place / "typsnitt.ttf")
    (place / "baslinje.json").write_text('{"kind": "vaaldplan-baseline", "plans": {}}')
    return place


Trap = Callable[[Path, Path], object]


def _settings(text: str) -> Trap:
    return lambda plan, outside: (plan / "vaaldplan.toml").write_text(text.replace("UT", outside.as_posix()), "utf-8")


def _parts(text: str) -> Trap:
    return lambda plan, outside: (plan / "plan.yaml").write_text(
        f"titel: Plan\nåtgärder: {{filer: [{text.replace('UT', outside.as_posix())}]}}\n", "utf-8"
    )


def _link(name: str, target: str, settings: str = "", parts: str = "") -> Trap:
    def lay(plan: Path, outside: Path) -> None:
        (plan / name).parent.mkdir(parents=True, exist_ok=True)
        (plan / name).unlink(missing_ok=True)
        (plan / name).symlink_to(target if target.startswith("/") else outside / target)
        if settings:
            _settings(settings)(plan, outside)
        if parts:
            _parts(parts)(plan, outside)

    return lay


def _pipe(name: str, settings: str = "", parts: str = "") -> Trap:
    def lay(plan: Path, outside: Path) -> None:
        (plan / name).parent.mkdir(parents=True, exist_ok=True)
        (plan / name).unlink(missing_ok=True)
        os.mkfifo(plan / name)
        if settings:
            _settings(settings)(plan, outside)
        if parts:
            _parts(parts)(plan, outside)

    return lay


TRAPS: dict[str, tuple[Trap, str]] = {
    "part above": (_parts("../utanför/delar/a.yaml"), "S11"),
    "part above in Windows' way": (_parts("..\\utanför\\delar\\a.yaml"), "S11"),
    "part by its whole path": (_parts("UT/delar/a.yaml"), "S11"),
    "part by an address": (_parts('"file://UT/delar/a.yaml"'), "S11"),
    "part on a drive": (_parts("'C:\\delar\\a.yaml'"), "S11"),
    "part is a device": (_parts("/dev/zero"), "S11"),
    "part is a link": (_link("a.yaml", "delar/a.yaml", parts="a.yaml"), "S11"),
    "part is a link to a device": (_link("a.yaml", "/dev/zero", parts="a.yaml"), "S11"),
    "part in a link to a folder": (_link("delar", "delar", parts="delar/a.yaml"), "S11"),
    "part is a link to a folder": (_link("delar", "delar", parts="delar/"), "S11"),
    "part is a pipe": (_pipe("a.yaml", parts="a.yaml"), "S11"),
    "plan is a link": (_link("plan.yaml", "plan.yaml"), "länk till en annan mapp"),
    "plan is a link to a device": (_link("plan.yaml", "/dev/zero"), "går inte att öppna"),
    "plan is a pipe": (_pipe("plan.yaml"), "går inte att öppna"),
    "settings are a link": (_link("vaaldplan.toml", "vaaldplan.toml"), "X01"),
    "settings are a link to a device": (_link("vaaldplan.toml", "/dev/zero"), "X01"),
    "settings are a pipe": (_pipe("vaaldplan.toml"), "X01"),
    "facts are a link": (_link("fakta.toml", "fakta.toml"), "X11"),
    "facts are a link to a device": (_link("fakta.toml", "/dev/zero"), "X11"),
    "facts are a pipe": (_pipe("fakta.toml"), "X11"),
    "words are a link": (_link("mallar/ord.toml", "ord.toml"), "X25"),
    "words are a pipe": (_pipe("mallar/ord.toml"), "X25"),
    "template is a link": (_link("mallar/plan.md", "plan.md"), "X26"),
    "template is a pipe": (_pipe("mallar/plan.md"), "X26"),
    "templates are a link": (_link("mallar", ""), "X26"),
    "template includes": (
        lambda plan, outside: (
            (plan / "mallar").mkdir(),
            (plan / "mallar/plan.md").write_text(f'<% include "{outside.as_posix()}/plan.md" %>', "utf-8"),
        ),
        "X26",
    ),
    "logotype above": (_settings('[utseende]\nlogotyp = "../utanför/logotyp.svg"\n'), "X22"),
    "logotype by its whole path": (_settings('[utseende]\nlogotyp = "UT/logotyp.svg"\n'), "X22"),
    "logotype by an address": (_settings('[utseende]\nlogotyp = "file://UT/logotyp.svg"\n'), "X22"),
    "logotype is a link": (_link("l.svg", "logotyp.svg", '[utseende]\nlogotyp = "l.svg"\n'), "X22"),
    "logotype is a pipe": (_pipe("l.svg", '[utseende]\nlogotyp = "l.svg"\n'), "X22"),
    "logotype shows a file": (
        lambda plan, outside: (
            (plan / "l.svg").write_text(
                f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
                f'<image xlink:href="file://{outside.as_posix()}/logotyp.svg" width="9" height="9"/></svg>'
            ),
            _settings('[utseende]\nlogotyp = "l.svg"\n')(plan, outside),
        ),
        "X22",
    ),
    "font above": (_settings('[utseende]\ntypsnitt = "../utanför/typsnitt.ttf"\n'), "X23"),
    "font is a link": (_link("t.ttf", "typsnitt.ttf", '[utseende]\ntypsnitt = ["t.ttf"]\n'), "X23"),
    "Word template above": (_settings('[utseende]\nword_mall = "../utanför/brevmall.dotx"\n'), "X24"),
    "Word template is a link": (_link("b.dotx", "brevmall.dotx", '[utseende]\nword_mall = "b.dotx"\n'), "X24"),
    "baseline above": (_settings('baslinje = "../utanför/baslinje.json"\n'), "X03"),
    "baseline is a link": (_link("b.json", "baslinje.json", 'baslinje = "b.json"\n'), "ingen lista över kända"),
    "baseline is a device": (_link("b.json", "/dev/zero", 'baslinje = "b.json"\n'), "ingen lista över kända"),
    "output above": (_settings('mapp = "../utanför/ut"\n'), "X03"),
    "output above in Windows' way": (_settings("mapp = '..\\utanför\\ut'\n"), "X03"),
    "output by its whole path": (_settings('mapp = "UT/ut"\n'), "X03"),
    "output is a link": (_link("ut", ""), "leder ut ur planens mapp"),
    "output is a link that is named": (_link("min", "", 'mapp = "min/djupt"\n'), "leder ut ur planens mapp"),
    "paper is a link to nothing": (_link("ut/plan.md", "nytt.md"), "är inte gjord av vaaldplan"),
    "paper is a link": (_link("ut/plan.md", "plan.md"), "är inte gjord av vaaldplan"),
    "record is a link": (_link("ut/.vaaldplan.json", "baslinje.json"), ""),
    "name of the papers": (_settings('filnamn = "../../utanför/{titel}"\n'), ""),
}  # fmt: skip
"""What leads out of the plan's folder, and what is said of it."""


@pytest.mark.parametrize("name", TRAPS)
def test_nothing_outside_is_read_or_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, outside = tmp_path / "plan", _outside(tmp_path / "utanför")
    plan.mkdir()
    (plan / "plan.yaml").write_text("titel: Plan\nåtgärder:\n  - {id: A1, titel: Utbilda}\n", "utf-8")
    lay, words = TRAPS[name]
    lay(plan, outside)
    before = {p: p.read_bytes() for p in outside.rglob("*") if p.is_file()}
    monkeypatch.chdir(plan)
    opened: list[Path] = []
    notes.append(opened)
    for command in (["check"], ["check", "plan.yaml"], ["fmt", "--check"], ["build", "--to", "html,docx,md"]):
        main(command)
    notes.clear()
    said = capsys.readouterr()
    assert words in " ".join((said.out + said.err).split())
    assert SECRET not in said.out + said.err
    assert "Något gick fel i vaaldplan" not in said.err
    assert {p: p.read_bytes() for p in outside.rglob("*") if p.is_file()} == before
    assert [p for p in opened if p.is_relative_to(outside) or p == Path("/dev/zero")] == []
    assert any(p.is_relative_to(plan) for p in opened) or words.startswith(("länk", "går inte att"))
    if (plan / "ut").is_dir() and not (plan / "ut").is_symlink():
        for paper in (plan / "ut").iterdir():
            if not paper.is_symlink():
                assert SECRET.encode() not in paper.read_bytes(), paper


def test_a_plan_that_is_a_link_within_its_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "verklig.yaml").write_text("titel: Plan\n", "utf-8")
    (tmp_path / "plan.yaml").symlink_to("verklig.yaml")
    assert main(["check", str(tmp_path)]) == 0


def test_init_does_not_follow_links_out_of_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, outside = tmp_path / "plan", tmp_path / "utanför"
    (outside / "settings").mkdir(parents=True)
    plan.mkdir()
    (outside / "settings/settings.json").write_text("{}")
    (plan / ".vscode").symlink_to(outside / "settings")
    assert main(["init", "--yes", "--municipality", "Alingsås", str(plan)]) == 0
    assert [p.name for p in (outside / "settings").iterdir()] == ["settings.json"]
    assert (outside / "settings/settings.json").read_text() == "{}"
    shutil.rmtree(plan)
    plan.mkdir()
    (plan / ".vaaldplan").symlink_to(outside)
    assert main(["init", "--yes", "--municipality", "Alingsås", str(plan)]) == 3
    assert "plan.schema.json" in capsys.readouterr().err
    assert sorted(p.name for p in outside.iterdir()) == ["settings"]


def test_reports_do_not_follow_links_that_the_user_did_not_name(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("titel: Plan\n", "utf-8")
    (tmp_path / "rapport").mkdir()
    (tmp_path / "utanför").write_text("mitt eget")
    (tmp_path / "rapport/granskning.md").symlink_to(tmp_path / "utanför")
    assert main(["check", "--format", "markdown,json", "-o", str(tmp_path / "rapport"), str(tmp_path)]) == 0
    assert (tmp_path / "utanför").read_text() == "mitt eget"
    assert not (tmp_path / "rapport/granskning.md").is_symlink()


# ------------------------------------------------------------ the watch in this process

notes: list[list[Path]] = []
"""Where what is opened is noted; empty while nobody asks."""


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and notes and isinstance(arguments[0], str):
        notes[0].append(Path(os.path.realpath(arguments[0])))


sys.addaudithook(_note)  # it stays as long as this process does
