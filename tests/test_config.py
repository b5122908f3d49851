from pathlib import Path

import pytest

from vaaldplan import config
from vaaldplan.cli import main
from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.texts.catalogue import LANGUAGES, catalogue

PLAN = "titel: Plan\nåtgärder:\n  - {id: A1, titel: Utbilda}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    return tmp_path


def test_no_file_no_settings(tmp_path: Path) -> None:
    assert config.read(tmp_path) == config.Settings()


@pytest.mark.parametrize(
    "text",
    [
        'mapp = "papper"\nformat = ["md"]\nmisslyckas_vid = "advice"',
        'output = "papper"\nformats = "md"\nfail_on = "advice"',
    ],
)
def test_the_settings_count_and_an_option_counts_more(folder: Path, text: str) -> None:
    (folder / config.FILE).write_text(text, "utf-8")
    assert main(["build"]) == 0
    assert sorted(p.name for p in (folder / "papper").iterdir()) == [".vaaldplan.json", "plan.md"]
    assert main(["build", "-o", "annat", "--to", "html"]) == 0
    assert (folder / "annat/plan.html").exists()
    assert main(["check", "--stage", "remiss"]) == 1
    assert main(["check", "--fail-on", "error"]) == 0


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("mapp = ", "settings-unreadable"), ('mapppp = "ut"', "settings-key"), ("mapp = 3", "settings-value"),
        ('mapp = ["a", "b"]', "settings-value"), ('mapp = "../ut"', "settings-outside"), ('mapp = "/tmp"', "settings-outside"),
    ],
)  # fmt: skip
def test_wrong_settings_are_explained(folder: Path, text: str, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / config.FILE).write_text(text, "utf-8")
    with pytest.raises(VaaldplanError) as caught:
        config.read(folder)
    assert (caught.value.key, caught.value.code) == (key, Exit.FINDINGS)
    assert main(["build"]) == 1
    assert config.FILE in capsys.readouterr().err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_settings_of_a_new_plan_are_the_usual_ones(lang: str, tmp_path: Path) -> None:
    text = catalogue(lang).text("start.toml")
    (tmp_path / config.FILE).write_text(text, "utf-8")
    assert config.read(tmp_path) == config.Settings()
    chosen = "".join(line.removeprefix("# ") for line in text.splitlines(keepends=True) if " = " in line)
    (tmp_path / config.FILE).write_text(chosen, "utf-8")
    assert config.read(tmp_path) == config.Settings("ut", ("html", "pdf", "docx", "md"), "error")
