"""``vaaldplan preview`` as a process of its own, asked over HTTP."""

import http.client
import json
import re
import shutil
import socket
import subprocess
import sys
import time
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from running import PATIENCE, Preview, environment

from conftest import ROOT
from vaaldplan.cli import main

PLAN = """\
titel: Plan mot våld
status: utkast
åtgärder:
  - id: A1
    titel: Utbilda alla chefer
    nivå: samhälle
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    return tmp_path


def states(answer: HTTPResponse) -> Any:
    """The states that a page is told of, one after the other."""
    for line in answer:
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def test_the_page_holds_the_document_and_the_findings_with_their_lines(folder: Path) -> None:
    shutil.copytree(ROOT / "examples/brister", folder / "brister")
    with Preview("brister", folder=folder) as preview:
        page = preview.get()
        assert page.startswith('<!DOCTYPE html>\n<html lang="sv">')
        assert '<iframe name="plan" src="/plan" title="Dokumentet">' in page
        assert "Måste åtgärdas" in page
        places = re.findall(r"<code>(brister/[\wåäö]+\.yaml):(\d+)</code>", page)
        assert len(places) > 20
        for name, line in places:
            assert 1 <= int(line) <= len((folder / name).read_text("utf-8").splitlines()) + 1
        assert main(["build", str(folder / "brister"), "--to", "html", "-o", str(folder / "ut")]) == 0
        assert preview.get("plan") == (folder / "ut/plan.html").read_text("utf-8")


def test_a_save_reaches_the_page_that_waits(folder: Path) -> None:
    with Preview("plan.yaml", folder=folder) as preview:
        told = states(preview.open("changes"))
        first = next(told)
        assert (first["built"], first["title"]) == (1, "Förhandsvisning: Plan mot våld")
        (folder / "plan.yaml").write_text(PLAN.replace("Utbilda alla chefer", "Öppna en mottagning"), "utf-8")
        second = next(told)
        assert second["built"] == 2
        assert second["run"] == first["run"]
        assert "Öppna en mottagning" in preview.get("plan")
        assert "Uppdaterad på" in preview.line()


def test_the_last_good_page_stays_when_the_plan_breaks_and_what_broke_is_told(folder: Path) -> None:
    with Preview("plan.yaml", folder=folder) as preview:
        told = states(preview.open("changes"))
        next(told)
        good = preview.get("plan")
        (folder / "plan.yaml").write_text(PLAN + "mål: [\n", "utf-8")
        broken = next(told)
        assert broken["built"] == 1
        assert "Planen går inte att läsa som den är nu" in broken["panel"]
        assert "<code>plan.yaml:7</code>" in broken["panel"]
        assert preview.get("plan") == good
        assert preview.line().endswith("senast den gick att läsa. plan.yaml:7")
        (folder / "plan.yaml").unlink()
        gone = next(told)
        assert "Det finns ingen fil eller mapp som heter plan.yaml." in gone["panel"]
        assert preview.get("plan") == good
        (folder / "plan.yaml").write_text(PLAN.replace("Plan mot våld", "Tillbaka"), "utf-8")
        back = next(told)
        while "Tillbaka" not in back["title"]:
            back = next(told)
        assert "går inte att läsa" not in back["panel"]
        assert "<h1>Tillbaka</h1>" in preview.get("plan")


def test_a_part_that_breaks_or_goes_away_does_not_empty_the_page(folder: Path) -> None:
    (folder / "plan.yaml").write_text("titel: Delad\nåtgärder: {filer: [delar/]}\n", "utf-8")
    (folder / "delar").mkdir()
    part = folder / "delar/a.yaml"
    part.write_text(PLAN[PLAN.index("åtgärder") :], "utf-8")
    with Preview(".", folder=folder) as preview:
        told = states(preview.open("changes"))
        next(told)
        part.write_text("åtgärder:\n  - id: [A1\n    titel: x\n", "utf-8")
        broken = next(told)
        assert re.search(r"<code>delar/a\.yaml:\d</code>", broken["panel"])
        assert "Utbilda alla chefer" in preview.get("plan")
        part.unlink()
        assert "<code>plan.yaml:2</code>" in next(told)["panel"]
        assert "Utbilda alla chefer" in preview.get("plan")
        (folder / "delar/b.yaml").write_text("åtgärder:\n  - {id: B1, titel: En ny del}\n", "utf-8")
        while "går inte att läsa" in (mended := next(told))["panel"]:
            pass
        assert mended["built"] > 1
        assert "En ny del" in preview.get("plan")


def test_a_plan_that_cannot_be_read_at_the_start_is_shown_as_soon_as_it_can(folder: Path) -> None:
    (folder / "plan.yaml").write_text("titel: [\n", "utf-8")
    with Preview("plan.yaml", "--lang", "en", folder=folder) as preview:
        assert "The plan cannot be shown as it is now." in preview.started
        page = preview.get()
        assert '<html lang="en">' in page
        assert "The plan cannot be read as it is now" in page
        assert "Mend this and save, and the document will be shown." in page
        assert "The document will be shown here when the plan can be read." in preview.get("plan")
        told = states(preview.open("changes"))
        assert next(told)["built"] == 0
        (folder / "plan.yaml").write_text(PLAN, "utf-8")
        assert next(told)["built"] == 2
        assert "Utbilda alla chefer" in preview.get("plan")


def test_the_settings_count_too(folder: Path) -> None:
    with Preview("plan.yaml", folder=folder) as preview:
        told = states(preview.open("changes"))
        next(told)
        (folder / "vaaldplan.toml").write_text("mapp = 3\n", "utf-8")
        assert "vaaldplan.toml:1" in next(told)["panel"]


def test_own_templates_count_and_one_that_cannot_be_used_keeps_the_last_good_page(folder: Path) -> None:
    with Preview("plan.yaml", folder=folder) as preview:
        told = states(preview.open("changes"))
        next(told)
        (folder / "mallar").mkdir()
        own = folder / "mallar/plan.md"
        own.write_text("# Vår egen plan\n", "utf-8")
        assert next(told)["built"] > 1
        good = preview.get("plan")
        assert "Vår egen plan" in good
        own.write_text("# Vår egen plan\n\n<% if %>\n", "utf-8")
        assert "<code>mallar/plan.md:3</code>" in next(told)["panel"]
        assert preview.get("plan") == good


def asked(port: int, path: str = "/", **headers: str) -> tuple[int, dict[str, str]]:
    """The status and headers of an answer, asked with just these headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}


def test_only_its_own_page_on_this_computer_gets_answers(folder: Path) -> None:
    (folder / "hemligt.txt").write_text("x", "utf-8")
    with Preview("plan.yaml", folder=folder) as preview:
        port, own = preview.port, f"127.0.0.1:{preview.port}"
        assert asked(port, Host=own)[0] == 200
        assert asked(port, Host=f"localhost:{port}", Origin=f"http://localhost:{port}")[0] == 200
        foreign: list[dict[str, str]] = [
            {"Host": "ond.example"}, {"Host": f"ond.example:{port}"}, {"Host": "127.0.0.1"}, {"Host": "127.0.0.1:1"}, {},
            {"Host": own, "Origin": "http://ond.example"}, {"Host": own, "Origin": "null"},
            {"Host": own, "Origin": f"https://{own}"}, {"Host": f"{own}.ond.example"},
        ]  # fmt: skip
        for path in ("/", "/plan", "/changes", "/preview.js"):
            for headers in foreign:
                assert asked(port, path, **headers)[0] in (400, 403), (path, headers)
        for path in ("/plan.yaml", "/../plan.yaml", "/hemligt.txt", "//etc/passwd", "/preview/server.py", "/docs"):
            assert asked(port, path, Host=own)[0] == 404, path
        for path in ("/", "/plan", "/preview.js", "/preview.css", "/changes"):
            status, headers = asked(port, path, Host=own)
            assert status == 200
            assert headers["cache-control"] == "no-store"
            assert headers["cross-origin-resource-policy"] == "same-origin"
            assert "access-control-allow-origin" not in headers
        policy = asked(port, "/plan", Host=own)[1]["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        for address in {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}:
            if not str(address).startswith("127."):
                with pytest.raises(OSError):  # noqa: PT011 - refused or unreachable, as the system puts it
                    socket.create_connection((str(address), port), timeout=2).close()


def test_what_a_plan_says_cannot_become_markup(folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        PLAN.replace("Plan mot våld", "'<script>alert(1)</script>'") + "<b>x</b>: 1\n", "utf-8"
    )
    with Preview("plan.yaml", folder=folder) as preview:
        page = preview.get()
        assert "<script>alert" not in page + preview.get("plan")
        assert "<b>x</b>" not in page
        assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_ctrl_c_ends_it_at_once_with_a_line_and_without_fault_though_a_page_waits(folder: Path) -> None:
    with Preview("plan.yaml", folder=folder) as preview:
        told = states(preview.open("changes"))
        next(told)
        assert preview.interrupt() == 0
        assert preview.line() == "Förhandsvisningen är avslutad."
        assert preview.lines() == []
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE).close()


def test_a_port_of_ones_own_and_one_that_is_taken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Preview("plan.yaml", folder=folder) as preview:
        assert main(["preview", str(folder), "--port", str(preview.port), "--no-browser"]) == 3
        said = capsys.readouterr()
        assert said.err.startswith(f"Fel: Port {preview.port} går inte att använda.")
        assert said.out == ""
        port = preview.port
        preview.interrupt()
    with Preview("plan.yaml", "--port", str(port), folder=folder) as preview:
        assert preview.port == port
        assert "Utbilda alla chefer" in preview.get("plan")


def test_no_plan_is_an_error_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "plan.yaml").unlink()
    assert main(["preview", str(folder), "--no-browser"]) == 3
    assert "innehåller ingen plan.yaml" in capsys.readouterr().err
    assert main(["preview", str(folder / "plan.yaml"), "--no-browser"]) == 3
    assert "Det finns ingen fil" in capsys.readouterr().err
    assert main(["preview", str(folder), "--port", "70000"]) == 2


def test_the_browser_is_opened_unless_it_is_not_wanted(folder: Path) -> None:
    opened = folder / "öppnad.txt"
    script = folder / "browser.py"
    script.write_text(f"import sys, pathlib\npathlib.Path({str(opened)!r}).write_text(sys.argv[1])\n", "utf-8")
    command = [sys.executable, "-m", "vaaldplan.cli", "preview", "plan.yaml"]
    browser = environment(BROWSER=f"{sys.executable} {script} %s")
    run = subprocess.Popen(command, cwd=folder, env=browser, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert run.stdout
    first = run.stdout.readline()
    end = time.monotonic() + PATIENCE
    while not (opened.exists() and opened.read_text()) and time.monotonic() < end:
        time.sleep(0.05)
    run.terminate()
    run.communicate()
    assert re.search(r"http://127\.0\.0\.1:\d+/", first)
    assert opened.read_text() in first


def test_other_commands_do_without_its_libraries(folder: Path) -> None:
    code = """\
import sys
from vaaldplan.cli import main
main(["check", "plan.yaml"])
main(["build", "--to", "html", "plan.yaml"])
print(sorted({"watchfiles", "starlette", "uvicorn", "anyio", "h11", "asyncio"} & set(sys.modules)))
"""
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines()[-1] == "[]"
