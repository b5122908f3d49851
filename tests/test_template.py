"""``vaaldplan mall``: a template to begin with, and what a Word template lacks."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from office_template import EXAMPLE, template

from conftest import ROOT
from vaaldplan import config
from vaaldplan.check import check
from vaaldplan.cli import main
from vaaldplan.texts import own
from vaaldplan.texts.catalogue import LANGUAGES, catalogue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "examples/start/plan.yaml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_written_changes_nothing_until_it_is_changed(
    folder: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "plan.yaml").write_text((folder / "plan.yaml").read_text("utf-8") + f"\nspråk: {lang}\n", "utf-8")
    assert main(["build", str(folder), "--to", "md"]) == 0
    before = (folder / "ut/plan.md").read_bytes()
    capsys.readouterr()
    assert main(["mall", str(folder), "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert sorted(p.name for p in (folder / "mallar").iterdir()) == sorted(["plan.md", own.file_of(lang)])
    look = said[said.index("[utseende]" if lang == "sv" else "[look]") :]
    (folder / config.FILE).write_text(look, "utf-8")
    assert [f for f in check(folder).report.findings if f.code[0] == "X"] == []
    assert main(["build", str(folder), "--to", "md"]) == 0
    assert (folder / "ut/plan.md").read_bytes() == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_there_and_counts_when_its_line_is_freed(folder: Path, lang: str) -> None:
    assert main(["mall", str(folder), "--lang", lang]) == 0
    text = (folder / "mallar" / own.file_of(lang)).read_text("utf-8")
    freed = "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.splitlines())
    found = own.words({own.file_of(lang): freed})
    assert found.findings == []
    assert found.words[lang] == own.usual(lang)
    assert sum(" = " in line for line in text.splitlines()) > 500


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_settings_that_are_shown_can_be_used(folder: Path, lang: str) -> None:
    text = catalogue(lang).text("template-look.toml")
    freed = "\n".join(
        line.removeprefix("# ") if " = " in line or line.startswith("# [") else line for line in text.splitlines()
    )
    for name in ("logotyp.svg", "logotype.svg"):
        shutil.copy(EXAMPLE / "logotyp.svg", folder / name)
    for name in ("brevmall.dotx", "letter.dotx"):
        shutil.copy(EXAMPLE / "brevmall.dotx", folder / name)
    for place in ("typsnitt", "fonts"):
        (folder / place).mkdir()
        for style in ("Regular", "Bold"):
            shutil.copy(
                ROOT / f"templates/standard/fonts/SourceSans3-{style}.otf", folder / place / f"{style.lower()}.ttf"
            )
    (folder / config.FILE).write_text(freed, "utf-8")
    found = config.read(folder)
    assert found.findings == ()
    look = found.settings.look
    assert look.logotype
    assert look.word
    assert len(look.fonts) == 2
    assert len(look.colours) == 3
    assert len(found.settings.cover) == 3


def test_nothing_is_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mallar").mkdir()
    (folder / "mallar/ord.toml").write_text("mitt")
    assert main(["mall", str(folder / "plan.yaml")]) == 3
    assert "mallar/ord.toml" in capsys.readouterr().err
    assert [p.name for p in (folder / "mallar").iterdir()] == ["ord.toml"]
    assert (folder / "mallar/ord.toml").read_text() == "mitt"


def _poor(document: Any) -> None:
    document.styles["Heading 3"].delete()
    document.paragraphs[1].text = "här"


@pytest.mark.parametrize("option", ["--check", "--granska"])
def test_a_word_template_is_looked_at(folder: Path, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mall", option, str(EXAMPLE / "brevmall.dotx")]) == 0
    said = capsys.readouterr().out
    assert "går att använda" in said
    assert "Rubrik 1, Rubrik 2, Rubrik 3" in said
    poor = folder / "brev.dotx"
    poor.write_bytes(template(_poor))
    assert main(["mall", option, str(poor)]) == 1
    said = capsys.readouterr().out
    assert "saknar [[PLAN]]" in said
    assert "saknar formatmallarna Rubrik 3" in said
    assert main(["mall", option, str(folder / "plan.yaml")]) == 1
    assert "inget Word-dokument" in capsys.readouterr().out
    assert main(["mall", option, str(folder / "finns.dotx")]) == 3


def test_the_settings_of_the_example_are_toml_as_others_read_it() -> None:
    """With quotes around the names with å, ä and ö, which vaaldplan itself does not need."""
    text = (EXAMPLE / config.FILE).read_text("utf-8")
    assert tomllib.loads(text.replace("utseende.färger", "utseende.farger").replace("länk", "lank"))
