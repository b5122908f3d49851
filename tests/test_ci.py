"""The files that put the check into GitHub, GitLab and pre-commit: valid, and their steps run as a script."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from conftest import ROOT

SCRIPTS = Path(sysconfig.get_path("scripts"))
PLAN = (ROOT / "examples/start/plan.yaml").read_text("utf-8")


def loaded(name: str) -> Any:
    return YAML(typ="safe", pure=True).load((ROOT / name).read_text("utf-8"))


@pytest.mark.parametrize(
    ("schema", "name"), [("vendor.github-actions", "action.yml"), ("vendor.gitlab-ci", "docs/ci/gitlab.yml")]
)
def test_the_files_are_what_the_services_read(schema: str, name: str) -> None:
    command = [str(SCRIPTS / "check-jsonschema"), "--builtin-schema", schema, name]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two plans; the last commit changes a measure in one of them."""
    for name in ("alby", "berga"):
        (tmp_path / "planer" / name).mkdir(parents=True)
        (tmp_path / "planer" / name / "plan.yaml").write_text(PLAN, "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "plans")
    text = re.sub(r"nivå: \w+", "nivå: himmel", PLAN, count=1)
    assert text != PLAN
    (tmp_path / "planer/berga/plan.yaml").write_text(text, "utf-8")
    git(tmp_path, "commit", "-qam", "an edit")
    return tmp_path


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the action's first step has installed the program."""
    folder = tmp_path_factory.mktemp("runner")
    [install] = [step for step in loaded("action.yml")["runs"]["steps"] if step["name"] == "Install"]
    environment = {**os.environ, "GITHUB_ACTION_PATH": str(ROOT), "RUNNER_TEMP": str(folder)}
    run = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", install["run"]], env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert (folder / "vaaldplan/bin/vaaldplan").exists()
    return folder


def step(runner: Path, repository: Path, tmp_path: Path, **inputs: str) -> tuple[int, str, str]:
    """Run the action's second step: exit code, log, and summary."""
    action = loaded("action.yml")
    [check] = [step for step in action["runs"]["steps"] if step["name"] == "Check"]
    given = {name: one["default"] for name, one in action["inputs"].items()} | {
        name.replace("_", "-"): text for name, text in inputs.items()
    }
    environment = {**os.environ, "RUNNER_TEMP": str(runner), "PYTHONWARNINGS": "default"}
    for name, value in check["env"].items():
        environment[name] = re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: given[m[1]], value)
        assert "${{" not in environment[name]
    output, summary = tmp_path / "output", tmp_path / "summary.md"
    environment |= {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary)}
    summary.write_text("", "utf-8")
    run = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", check["run"]],
        cwd=repository,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert output.read_text("utf-8").startswith("report=")
    return run.returncode, run.stdout, summary.read_text("utf-8")


def test_the_action_remarks_on_what_a_change_broke(runner: Path, repository: Path, tmp_path: Path) -> None:
    code, log, summary = step(runner, repository, tmp_path, changed_since="HEAD~1")
    lines = [line for line in log.splitlines() if line.startswith("::")]
    assert code == 1
    assert lines
    assert all("file=planer/berga/plan.yaml" in line for line in lines)
    assert lines[0].startswith("::error ")
    assert "himmel" in log
    assert summary.startswith("# Granskning av ")
    assert "alby" not in summary
    report = runner / "vaaldplan-report"
    assert sorted(p.name for p in report.iterdir()) == [
        f"granskning.{e}" for e in ("github.txt", "html", "json", "md", "sarif")
    ]
    [plan] = json.loads((report / "granskning.json").read_text("utf-8"))["plans"]
    assert plan["unchanged"] is not None


def test_the_action_without_a_change_with_a_new_branch_and_on_everything(
    runner: Path, repository: Path, tmp_path: Path
) -> None:
    code, log, summary = step(runner, repository, tmp_path, changed_since="HEAD")
    assert (code, "::" in log, summary) == (0, False, "")
    code, _, summary = step(runner, repository, tmp_path, changed_since="0" * 40, language="en")
    assert code == 1
    assert "Check of 2 plans" in summary
    code, _, summary = step(
        runner,
        repository,
        tmp_path,
        changed_since="HEAD~1",
        everything="true",
        plans="planer/alby",
        stage="remiss",
        fail_on="warning",
    )
    assert code == 1
    assert "granskad som remiss" in summary
    code, log, _ = step(runner, repository, tmp_path, changed_since="HEAD~1", plans="finns/inte")
    assert code == 3


def test_the_job_for_gitlab_runs_and_writes_what_it_promises(runner: Path, repository: Path) -> None:
    job = loaded("docs/ci/gitlab.yml")["vaaldplan"]
    shutil.rmtree(repository / ".vaaldplan", ignore_errors=True)
    (repository / ".vaaldplan").symlink_to(runner / "vaaldplan")  # the first two lines install; the action's test does
    assert [line for line in job["script"][:2] if "venv" in line or "pip" in line] == job["script"][:2]
    environment = {
        **os.environ,
        **job["variables"],
        "CI_PROJECT_DIR": str(repository),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD~1",
    }
    script = "\n".join(job["script"][2:])
    run = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=repository,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    reports = job["artifacts"]["reports"]
    assert [len(list(repository.glob(reports[name]))) for name in ("codequality", "junit")] == [1, 1]
    [quality] = repository.glob(reports["codequality"])
    assert {f["location"]["path"] for f in json.loads(quality.read_text("utf-8"))} == {"planer/berga/plan.yaml"}


def test_the_hook_checks_every_plan(repository: Path) -> None:
    [hook] = loaded(".pre-commit-hooks.yaml")
    program, *rest = shlex.split(hook["entry"])
    assert program == "vaaldplan"
    command = [sys.executable, "-m", "vaaldplan.cli", *rest, *hook["args"]]
    run = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "2 planer granskade" in run.stdout
    assert re.search(hook["files"], "planer/berga/plan.yaml")
