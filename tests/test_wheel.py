"""The wheel, built and installed in a clean environment, builds the example with the network closed."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

from conftest import ROOT

NO_NETWORK = """
import socket

def closed(*arguments, **named):
    raise OSError("the network is closed")

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, closed)
socket.getaddrinfo = socket.create_connection = closed
"""


def test_the_wheel_works_alone(tmp_path: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-q",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(tmp_path),
            str(ROOT),
        ],
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as held:
        assert {"vaaldplan/preview/preview.js", "vaaldplan/preview/preview.css"} <= set(held.namelist())
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    lock = ["--require-hashes", "-r", str(ROOT / "requirements.lock")]
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *lock], check=True)
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", wheel], check=True
    )

    poison = tmp_path / "poison"
    poison.mkdir()
    (poison / "sitecustomize.py").write_text(NO_NETWORK)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VAALDPLAN", "PIP"))}
    closed = {**clean, "PYTHONPATH": str(poison)}
    reach = [python, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"]
    assert (
        "the network is closed" in subprocess.run(reach, env=closed, capture_output=True, text=True, check=False).stderr
    )

    plan = ROOT / "examples/start/plan.yaml"
    run = subprocess.run(
        [scripts / "vaaldplan", "build", plan, "-o", tmp_path / "ut"],
        env=closed, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    begun = subprocess.run(
        [scripts / "vaaldplan", "init", "ny", "--municipality", "Alingsås", "--from-catalogue", "--ci", "gitlab"],
        env=closed, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert begun.returncode == 0, begun.stdout + begun.stderr
    assert (tmp_path / "ny/.gitlab-ci.yml").is_file()
    built = sorted(p.name for p in (tmp_path / "ut").iterdir())
    assert built == [".vaaldplan.json", "plan.docx", "plan.html", "plan.md", "plan.pdf"]
