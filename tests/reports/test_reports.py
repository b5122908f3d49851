"""Every way to write a report, against the descriptions of the formats."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from conftest import ROOT, Checker
from vaaldplan import reports
from vaaldplan.check import check
from vaaldplan.check.baseline import Baseline, write
from vaaldplan.finding import Report, Severity, Stage
from vaaldplan.reports import FORMATS, machine
from vaaldplan.texts.catalogue import LANGUAGES, catalogue

DESCRIBED = Path(__file__).parent / "formats"
HOSTILE = """titel: "Plan ]]> </script><b>&amp; | `x` \\n::error::@alla"
status: förslag
mål:
  - id: M1
    titel: "<img src=x onerror=alert(1)> | %0A ::set-output \\e[31m"
åtgärder:
  - id: A1  # vaaldplan: avsteg E10 – nivån bestäms i nämnden | <b>
    titel: "[länk](javascript:x) | _a_ @kommun https://example.org"
"""


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """An example, one full of faults, one where all is known, one that is hostile, one that cannot be read."""
    folder = tmp_path_factory.mktemp("plans")
    texts = {"hostile": HOSTILE, "known": "titel: P\nåtgärder: [{id: A1}]\n", "unread": "titel: [\n  a: b: c\n"}
    found = [check(ROOT / f"examples/{name}", stage=Stage.PROPOSAL).report for name in ("alingsas", "brister")]
    for name, text in texts.items():
        (folder / name).mkdir()
        (folder / name / "plan.yaml").write_text(text, "utf-8")
        found.append(check(folder / name, stage=Stage.PROPOSAL).report)
    write(folder / "known.json", found[3:4])
    found[3] = Baseline(folder / "known.json").set_aside(found[3])
    assert found[2].waived
    assert found[3].known
    assert not found[3].findings
    assert found[4].stage is None
    found.append(check(ROOT / "examples/start").report)
    assert found[5].remaining
    return found


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def written(form: str, found: list[Report], lang: str) -> str:
    return reports.write(form, found, catalogue(lang))


def test_every_format_is_the_same_twice_and_names_every_plan(several: list[Report], lang: str) -> None:
    for form in FORMATS:
        text = written(form, several, lang)
        assert text == written(form, several, lang)
        assert text.endswith("\n")
        assert "alingsas" in text
        assert written(form, [], lang) is not None
    assert len(FORMATS) == 9


def test_json_keeps_its_published_schema(several: list[Report], lang: str) -> None:
    schema = json.loads(machine.SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(written("json", several, lang))
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    assert [len(p["findings"]) for p in data["plans"]] == [len(r.findings) for r in several]
    broken = json.loads(written("json", several, lang))
    broken["plans"][0]["findings"][0]["line"] = 3
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema, jsonschema.Draft202012Validator)


def test_sarif_keeps_the_official_schema(several: list[Report], lang: str) -> None:
    schema = json.loads((DESCRIBED / "sarif-2.1.0.schema.json").read_text("utf-8"))
    data = json.loads(written("sarif", several, lang))
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    [run] = data["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(rules) > 90
    assert all(rule["help"]["markdown"] and rule["shortDescription"]["text"] for rule in rules)
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    held = sum(len(r.findings) + len(r.known) + len(r.waived) for r in several)
    assert len(run["results"]) == held
    reasons = [r["suppressions"][0]["justification"] for r in run["results"] if "suppressions" in r]
    assert reasons == [w.reason for r in several for w in r.waived]
    assert "nivån bestäms i nämnden | <b>" in reasons
    assert sum(r.get("baselineState") == "unchanged" for r in run["results"]) == len(several[3].known)
    uris = {loc["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"] for loc in r["locations"]}
    assert all(re.fullmatch(r"[\x21-\x7e]+", uri) for uri in uris)
    assert any("%C3%A5tg%C3%A4rder.yaml" in uri for uri in uris)
    assert any("fixes" in r for r in run["results"])


def test_gitlab_keeps_its_description_and_no_fingerprint_stands_twice(several: list[Report], lang: str) -> None:
    schema = json.loads((DESCRIBED / "gitlab-code-quality.schema.json").read_text("utf-8"))
    data = json.loads(written("gitlab", several, lang))
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    assert len(data) == sum(len(r.findings) for r in several)
    assert len({f["fingerprint"] for f in data}) == len(data)


def test_junit_keeps_its_description_and_has_a_case_for_each_rule(several: list[Report], lang: str) -> None:
    schema = etree.XMLSchema(etree.parse(DESCRIBED / "junit-10.xsd"))
    root = etree.fromstring(written("junit", several, lang).encode())
    schema.assertValid(root)
    suites = root.findall("testsuite")
    assert [s.get("name") for s in suites] == [r.files[0] for r in several]
    for suite, report in zip(suites, several, strict=True):
        cases = suite.findall("testcase")
        assert len(cases) == len({r.code for r in report.rules} | {f.code for f in report.findings})
        failing = {f.code for f in report.findings if f.severity >= Severity.ERROR}
        assert {c.find("failure").get("type") for c in cases if c.find("failure") is not None} == failing
        assert int(suite.get("skipped")) == sum(c.find("skipped") is not None for c in cases)
    assert int(suites[5].get("skipped")) > 20


def test_github_has_one_command_for_each_finding_and_nothing_of_the_plan_is_a_command(
    several: list[Report], lang: str
) -> None:
    lines = written("github", several, lang).splitlines()
    assert len(lines) == sum(len(r.findings) for r in several)
    for line in lines:
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert command, line
        properties = dict(part.split("=", 1) for part in command[2].split(","))
        assert {"file", "line", "col", "title"} <= properties.keys()
        assert "%0A" in command[3]
    kinds = [line[2] for line in lines]
    assert kinds == sorted(kinds, key="ewn".index)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_has_headings_in_order_and_tables_with_heads(several: list[Report], lang: str) -> None:
    for found in (several, several[1:2]):
        page = _Page()
        page.feed(written("html", found, lang))
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert ("html", {"lang": lang}) in page.tags
        kinds = [tag for tag, _ in page.tags]
        assert kinds.count("table") == kinds.count("caption") > 2
        assert not {"img", "script", "b", "a", "link"} & set(kinds)
        assert all(attrs.get("scope") for tag, attrs in page.tags if tag == "th")


def test_the_markdown_page_shows_the_plans_own_text_as_text(several: list[Report], lang: str) -> None:
    from markdown_it import MarkdownIt

    text = written("markdown", several, lang)
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    page = _Page()
    page.feed(rendered)
    assert not {"img", "script", "b", "a", "em", "code"} & {tag for tag, _ in page.tags}
    assert "@kommun" not in text
    assert "@alla" not in text
    rows = re.findall(r"<tr>.*?</tr>", rendered, flags=re.DOTALL)
    assert len(rows) > 100
    assert "<b>" in page.text  # the waiver's reason, shown


def test_terminal_counts_findings_waivers_and_what_is_ready(checked: Checker) -> None:
    report = checked(HOSTILE).report
    text = written("terminal", [report], "sv")
    assert "Motiverade avsteg (1)" in text
    assert "Skäl: nivån bestäms i nämnden | <b>" in text
    assert "Utan påpekanden: 0 av 1 åtgärd, 0 av 1 mål." in text
    assert "innan planen lämnas för beslut." in text
    assert "\x1b" not in text
    remains = written("terminal", [checked("titel: P\n").report], "sv")
    assert "Kvar före remiss: " in remains
    assert "Kvar före beslut: " in remains
    assert remains.index("Kvar före remiss") < remains.index("Kvar före beslut")
    assert "Inget är fel i utkastet." in remains


def test_findings_of_one_rule_stand_together_and_the_worst_first(several: list[Report]) -> None:
    text = written("terminal", several[1:2], "sv")
    heads: list[Any] = re.findall(r"^(Måste åtgärdas|Bör ses över|Tips) ([A-Z]\d\d)", text, flags=re.MULTILINE)
    order = ["Måste åtgärdas", "Bör ses över", "Tips"]
    assert len(heads) == len(set(heads)) > 40
    assert [order.index(severity) for severity, _ in heads] == sorted(order.index(severity) for severity, _ in heads)
    assert text.count("^^") >= len(heads) // 2
