"""A preview that runs as a person starts it: a process of its own, and the plan in a folder of its own."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from http.client import HTTPResponse
from pathlib import Path
from types import TracebackType
from typing import Self

from conftest import ROOT

PATIENCE = 120.0
"""Seconds to wait for a line before it counts as missing: a busy machine must not fail a test."""


def environment(**more: str) -> dict[str, str]:
    """What a process of its own needs to run this program, in Swedish."""
    found = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", **more}
    found.pop("VAALDPLAN_LANG", None)
    return found


class Command:
    """A command of ``vaaldplan`` that goes on until it is interrupted."""

    def __init__(self, *arguments: str, folder: Path) -> None:
        self._arguments = [sys.executable, "-m", "vaaldplan.cli", *arguments]
        self._folder = folder
        self._lines: queue.Queue[str] = queue.Queue()

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            self._arguments, cwd=self._folder, env=environment(), text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        threading.Thread(target=self._read, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def line(self) -> str:
        """The next line that it prints."""
        return self._lines.get(timeout=PATIENCE)

    def until(self, words: str) -> str:
        """The next line with the words in it; those before it are passed over."""
        while words not in (line := self.line()):
            pass
        return line

    def lines(self) -> list[str]:
        """The lines printed and not asked for yet."""
        return [self._lines.get() for _ in range(self._lines.qsize())]

    def interrupt(self) -> int:
        """Press Ctrl+C, and tell the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


class Preview(Command):
    """``vaaldplan preview`` without a browser."""

    def __init__(self, plan: str, *more: str, folder: Path) -> None:
        super().__init__("preview", plan, "--no-browser", *more, folder=folder)

    def __enter__(self) -> Self:
        super().__enter__()
        first = self.line()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", first)
        assert found, first
        self.address, self.port = found[0], int(found[1])
        self.started = self.line()
        return self

    def get(self, path: str = "") -> str:
        """What stands at a path."""
        with self.open(path) as answer:
            return answer.read().decode()

    def open(self, path: str = "") -> HTTPResponse:
        """The answer for a path, open."""
        answer = urllib.request.urlopen(self.address + path, timeout=PATIENCE)
        assert isinstance(answer, HTTPResponse)
        return answer
