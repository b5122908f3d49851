"""A municipality's own words in ``mallar/ord.toml``."""

from pathlib import Path

import pytest

from conftest import ROOT
from vaaldplan.check import check
from vaaldplan.publish import build, jobs
from vaaldplan.texts import own
from vaaldplan.texts.catalogue import LANGUAGES, catalogue

START = ROOT / "examples/start"

WRONG = {
    "a = ": "file 1",
    "[dokument]\na = 1": "unknown 1",
    '[document.chapter]\ngoals = "x"': "suggestion 1",
    '[document.chapters]\ngoal = "x"': "suggestion 2",
    '# hej\n\n[document.chapters]\nqqqqqqqqqqqqq = "x"': "unknown 4",
    "[document.chapters]\ngoals = 3": "text 2",
    '[document.chapters]\ngoals = " "': "text 2",
    'document.chapters = "x"': "unknown 1",
    '[document]\nappendix = "Bilaga {nummer}"': "fields 2",
    '[document]\nappendix = "Bilaga {number.__class__}"': "fields 2",
    '[document]\nappendix = "Bilaga {number!r}"': "fields 2",
    '[document]\nappendix = "Bilaga {number:>99999999}"': "fields 2",
    '[document]\nappendix = "Bilaga {number"': "fields 2",
    '[document]\nyes = "{ja}"': "fields 2",
    '[count]\nmeasures = "insats"': "count 2",
    '[rules]\nnone = "x"': "unknown 1",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_word_is_a_finding_at_its_line(text: str) -> None:
    found = own.words({"ord.toml": text})
    assert [f"{f.variant} {f.span.line}" for f in found.findings if f.span] == [WRONG[text]]
    for lang in LANGUAGES:
        (finding,) = found.findings
        assert finding.code == "X25"
        assert catalogue(lang).message("X25", finding.variant, finding.params)
        assert catalogue(lang).mend("X25", finding.variant, finding.params)


def test_a_wrong_word_leaves_the_usual_and_the_others_count() -> None:
    found = own.words({"ord.toml": '[document]\nyes = "jajamän"\nno = 3\n[papers.short]\ngoals = "Målen"'})
    say = catalogue("sv").with_words(found.words["sv"])
    assert (say.label("document.yes"), say.label("document.no")) == ("jajamän", "nej")
    assert say.label("papers.short.goals") == "Målen"
    assert catalogue("sv").label("document.yes") == "ja"
    assert catalogue("sv").label("papers.short.goals") != "Målen"


def test_words_count_in_their_language_only() -> None:
    plan = check(START).plan
    assert plan is not None
    texts = {
        "ord.toml": '[document.chapters]\nsituation = "Läget"',
        "ord.en.toml": '[document.chapters]\nsituation = "How it is"',
    }
    shown = {}
    for lang in LANGUAGES:
        (paper,) = build(jobs(plan, lang=lang, texts=texts), ("md",))
        shown[lang] = paper.data.decode()
    assert "Läget" in shown["sv"]
    assert "How it is" in shown["en"]
    assert "How it is" not in shown["sv"]


def test_a_wrong_word_is_told_by_check(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_bytes((START / "plan.yaml").read_bytes())
    (tmp_path / "mallar").mkdir()
    (tmp_path / "mallar/ord.toml").write_text('[document]\nyess = "x"', "utf-8")
    (finding,) = [f for f in check(tmp_path).report.findings if f.code == "X25"]
    assert finding.span
    assert finding.span.file.endswith("mallar/ord.toml")
    assert finding.params["suggestion"] == "document.yes"
