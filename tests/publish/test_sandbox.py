"""Own templates: what they can change, and that they can do nothing else. The real child process runs in every test."""

import re
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT
from vaaldplan.check import check
from vaaldplan.cli import main
from vaaldplan.config import Settings
from vaaldplan.finding import Finding
from vaaldplan.publish import DOCUMENTS, TemplateError, build, jobs, sandbox, templates
from vaaldplan.texts.catalogue import LANGUAGES, catalogue

START = ROOT / "examples/start"
EXTENDS = '<% extends "standard/plan.md" %>\n'
SECONDS = 2
"""Of the processor, for what never ends; all else may take as long as it does on a slow machine."""


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A smaller bound on the memory, which is filled sooner."""
    monkeypatch.setattr(sandbox, "LIMITS", sandbox.Limits(memory=500_000_000))


def markdown(**texts: str) -> str:
    """The plan as Markdown, with some own templates."""
    plan = check(START).plan
    assert plan is not None
    own = {name.replace("__", "/") + ".md": text for name, text in texts.items()}
    (paper,) = build(jobs(plan, texts=own), ("md",))
    return paper.data.decode()


def stopped(text: str, **more: str) -> Finding:
    with pytest.raises(TemplateError) as caught:
        markdown(plan=text, **more)
    finding = caught.value.finding
    for lang in LANGUAGES:
        assert "{" not in catalogue(lang).message("X26", finding.variant, finding.params).replace(
            str(finding.params), ""
        )
        assert catalogue(lang).mend("X26", finding.variant, finding.params)
    return finding


# ------------------------------------------------------------ what they can change


def test_an_own_template_without_changes_gives_the_same_document() -> None:
    assert markdown(plan=EXTENDS) == markdown()


def test_one_block_is_changed_and_the_rest_stays() -> None:
    text = markdown(
        plan=EXTENDS
        + "<% block chapters_foreword %>\n# Läs så här {#las}\n\nTill << cover.municipality >>.\n<% endblock %>"
    )
    assert "1 Läs så här" in text
    assert "Till Exempelkommunen." in text
    assert "2 Lägesbild" in text
    without = markdown(plan=EXTENDS + "<% block situation %><% endblock %>")
    assert "Lägesbild" not in without
    assert "Ekonomi" in without


def test_one_section_is_changed_in_every_document_that_shows_it() -> None:
    plan = check(START).plan
    assert plan is not None
    own = {"delar/money.md": "Se budgeten.\n\n<< standard() >>", "delar/economy.md": "Se budgeten."}
    shown: dict[int, str] = {}
    for job in jobs(plan, DOCUMENTS[:2], texts=own):
        (paper,) = build([job], ("md",))
        shown[len(shown)] = paper.data.decode()
    assert all("Se budgeten." in text for text in shown.values())
    assert "kr" in shown[1].split("Se budgeten.")[1]
    assert "Tabell 4. Kostnad" not in shown[0]


def test_a_section_that_becomes_empty_goes_with_its_heading() -> None:
    assert "Ekonomi" not in markdown(delar__economy="<# inget #>\n")


def test_a_value_is_shown_literally_whatever_a_filter_does_to_it() -> None:
    text = markdown(
        plan=EXTENDS
        + '<% block vision %><< "**a** [b](https://c.se) \ue0000\ue000"|safe >><< part("situation")|upper >><% endblock %>'
    )
    assert r"\*\*a\*\* \[b\](https://c.se) 0" in text


def test_the_marks_of_the_document_cannot_be_forged() -> None:
    """What stands for the author's texts and for the contents is made of signs that a template cannot write."""
    assert "Lägesbild" in markdown(
        plan=EXTENDS + "<% block vision %>\n\ue0000\ue000\n\n\ue0005\ue000\n\n\ue001\n<% endblock %>"
    )


def test_every_section_of_every_template_is_a_block() -> None:
    found = 0
    for path in (templates.folder() / "standard").glob("*.md"):
        for line in path.read_text("utf-8").splitlines():
            if match := re.search(r'<< (?:part|chapter|plain|appendix|appended)\("(\w+)"', line):
                found += 1
                assert line.startswith(f"<% block {match[1]} %>") or match[1] in ("summary", "help"), (path.name, line)
    assert found > 60


# ------------------------------------------------------------ faults have a place


FAULTS = {
    "a\n<% if %>": (" 2", "mallar/plan.md"),
    EXTENDS + "\n<% block vision %>": (" 3", ""),
    EXTENDS + "<% block vision %>\n\n<< finns.inte >>\n<% endblock %>": ("undefined 4", "'finns' is undefined"),
    EXTENDS + '<% block vision %>\n<< part("ekonomin") >><% endblock %>': ("section 3", "ekonomin"),
    EXTENDS + '<% block vision %>\n<< t("chapters.sak") >><% endblock %>': ("word 3", "document.chapters.sak"),
    EXTENDS + '<% block vision %>\n<< t("chapters") >><% endblock %>': ("word 3", "document.chapters"),
    EXTENDS + "<% block vision %>\n![Karta](karta.png)\n<% endblock %>": ("picture 3", "karta.png"),
    EXTENDS + '<% block vision %>\n<< 1 / 0 >><% endblock %>': (" 3", "division"),
    EXTENDS + '<% block vision %>\n<< "a" + 1 >><% endblock %>': (" 3", ""),
    '<% extends "standard/finns.md" %>': ("missing 1", "standard/finns.md"),
}  # fmt: skip


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_names_file_and_line(text: str) -> None:
    finding = stopped(text)
    expected, reason = FAULTS[text]
    assert finding.span
    assert finding.span.file == "mallar/plan.md"
    assert f"{finding.variant} {finding.span.line}" == expected
    assert finding.line == text.splitlines()[finding.span.line - 1]
    assert reason in (*finding.params.values(), finding.span.file) or reason in str(finding.params)


def test_a_fault_in_another_file_names_that_file() -> None:
    finding = stopped(EXTENDS, delar__situation="Hej\n\n<< nej >>")
    assert finding.span
    assert (finding.span.file, finding.span.line) == ("mallar/delar/situation.md", 3)


# ------------------------------------------------------------ what they cannot do

ATTACKS = {
    "the classes of Python": ("<< ''.__class__.__mro__ >>", "unsafe"),
    "the subclasses": ("<< ().__class__.__base__.__subclasses__() >>", "unsafe"),
    "by the filter": ("<< ''|attr('__class__') >>", "unsafe"),
    "by a format": ("<< '{0.__class__}'.format(1) >>", "unsafe"),
    "by a format map": ("<< '{a.__class__}'.format_map({'a': 1}) >>", "unsafe"),
    "the globals of a function": ("<< part.__func__.__globals__ >>", "unsafe"),
    "what a function belongs to": ("<< part.__self__.proses >>", "unsafe"),
    "the globals of Jinja's own": ("<< cycler.__init__.__globals__.os.popen('id').read() >>", "unsafe"),
    "the template itself": ("<< self._TemplateReference__context >>", "unsafe"),
    "by a label": ("<< t('hours', hours='{0.__class__}').__class__ >>", "unsafe"),
    "changing what is shared": ("<% set x = [1] %><< x.append(2) >>", "unsafe"),
    "a file of the system": ('<% include "/etc/passwd" %>', "missing"),
    "a file above": ('<% include "../plan.yaml" %>', "missing"),
    "a file above, from the standard": ('<% include "standard/../../pyproject.toml" %>', "missing"),
    "another kind of file": ('<% include "standard/look.toml" %>', "missing"),
    "a module": ('<% import "os" as os %><< os.system("id") >>', "missing"),
    "a module by name": ('<% from "subprocess" import run %>', "missing"),
    "a picture from the network": ("![x](https://ond.example/x.png)", "picture"),
    "a large range": ("<% for i in range(10**9) %>x<% endfor %>", ""),
    "loops in loops": ("<% for i in range(90000) %><% for j in range(90000) %><% endfor %><% endfor %>", "time"),
    "a long text": ("<< 'x' * 10**9 >>", "size"),
    "a long text the other way": ("<< 10**9 * 'x' >>", "size"),
    "a long list": ("<< [1, 2] * 10**8 >>", "size"),
    "a large number": ("<< 9**99999 >>", "size"),
    "a wide number": ("<< '%999999999d' % 1 >>", "size"),
    "a wide format": ("<< '{:>999999999}'.format(1) >>", "memory"),
    "a filter that fills out": ("<< 'x'|center(10**9) >>", "memory"),
    "a text doubled and doubled": ("<% set n = namespace(a='x') %><% for i in range(60) %><% set n.a = n.a ~ n.a %><% endfor %>", "memory"),
    "much output": ("<% for i in range(90000) %><< 'x' * 900 >><% endfor %>", "size"),
    "itself": ('<% include "plan.md" %>', "memory"),
    "a macro that calls itself": ("<% macro m() %><< m() >><% endmacro %><< m() >>", "memory"),
    "parentheses": ("<< " + "(" * 3000 + ")" * 3000 + " >>", "memory"),
    "many blocks": ("<% if a %>" * 3000, "memory"),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_a_finding_and_ends(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, variant = ATTACKS[name]
    if variant == "time":
        monkeypatch.setattr(sandbox, "LIMITS", sandbox.Limits(seconds=SECONDS))
    finding = stopped(text)
    assert finding.span
    assert finding.span.file == "mallar/plan.md"
    wanted = {variant, "failed"} if variant == "memory" else {variant}
    assert finding.variant in wanted, finding


def test_there_are_many_attacks() -> None:
    assert len(ATTACKS) > 30


def test_the_child_can_write_no_file_and_gets_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the sandbox might miss: the process has no secrets to give away."""
    seen = {}
    real = subprocess.run

    def run(*arguments: object, **named: object) -> object:
        seen.update(named)
        return real(*arguments, **named)

    monkeypatch.setenv("HEMLIGT", "nyckel")
    monkeypatch.setattr(subprocess, "run", run)
    assert markdown(plan=EXTENDS)
    assert "HEMLIGT" not in seen["env"]  # type: ignore[operator]
    assert not Path(str(seen["cwd"])).exists()


def test_a_plan_without_own_templates_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*arguments: object, **named: object) -> object:
        raise AssertionError

    monkeypatch.setattr(subprocess, "run", run)
    plan = check(START).plan
    assert plan is not None
    assert jobs(plan, settings=Settings(), texts={"ord.toml": '[document.chapters]\ngoals = "Mål"'})


# ------------------------------------------------------------ from the command line


def test_build_says_where_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.yaml").write_bytes((START / "plan.yaml").read_bytes())
    (tmp_path / "mallar").mkdir()
    (tmp_path / "mallar/plan.md").write_text(EXTENDS + "<% block vision %>\n<< ''.__class__ >><% endblock %>", "utf-8")
    assert main(["build", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "mallar/plan.md:3:1" in re.sub(r"\s", "", said.out)
    assert "X26" in said.out
    assert "Traceback" not in said.out + said.err
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("plan.md", b"\xff\xfe\x00", "X26.encoding"), ("ord.toml", b"\xe5", "X25.encoding"),
        ("plan.md", bytes(300_000), "X26.huge"), ("ord.toml", b"#" * 300_000, "X25.huge"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_by_check(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / "plan.yaml").write_bytes((START / "plan.yaml").read_bytes())
    (tmp_path / "mallar").mkdir()
    (tmp_path / "mallar" / name).write_bytes(data)
    found = [f"{f.code}.{f.variant}" for f in check(tmp_path).report.findings if f.code[0] == "X"]
    assert found == [code]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    (plan / "mallar").mkdir(parents=True)
    (plan / "plan.yaml").write_bytes((START / "plan.yaml").read_bytes())
    (tmp_path / "hemligt.md").write_text("hemligt")
    (plan / "mallar/plan.md").symlink_to(tmp_path / "hemligt.md")
    (plan / "mallar/delar").symlink_to(tmp_path)
    checked = check(plan)
    assert checked.texts == {}
    assert [f.variant for f in checked.report.findings if f.code == "X26"] == ["outside"]


def test_check_says_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What comes with a pull request is checked before anybody builds it."""
    (tmp_path / "plan.yaml").write_bytes((START / "plan.yaml").read_bytes())
    (tmp_path / "mallar").mkdir()
    (tmp_path / "mallar/short.md").write_text("\n<< part('ekonomin') >>", "utf-8")
    assert main(["check", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "mallar/short.md:2:1" in re.sub(r"\s", "", said)
    (tmp_path / "mallar/short.md").write_text("<< part('lead') >>", "utf-8")
    assert main(["check", str(tmp_path)]) == 0
    assert "X26" not in capsys.readouterr().out
