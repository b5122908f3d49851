"""A small client for yaml-language-server over stdio: what VS Code asks it and shows."""

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

SERVER = Path(__file__).parent.parent / "node_modules/yaml-language-server/bin/yaml-language-server"
CURSOR = "‸"
"""Marks the place in a text where something is asked."""


class Shown(NamedTuple):
    """What the server offers: the text it inserts and the explanation beside it."""

    inserts: str
    explains: str


class Server:
    """A running server, for one folder."""

    def __init__(self, folder: Path) -> None:
        command = ["node", str(SERVER), "--stdio"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._folder = folder
        self._number = 0
        self._faults: dict[str, list[dict[str, Any]]] = {}

    def __enter__(self) -> Self:
        markdown = {"documentationFormat": ["markdown"], "snippetSupport": True}
        can = {"completion": {"completionItem": markdown}, "hover": {"contentFormat": ["markdown"]}}
        asked = {"processId": None, "rootUri": self._folder.as_uri(), "capabilities": {"textDocument": can}}
        self._ask("initialize", asked)
        self._tell("initialized", {})
        settings = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
        self._tell("workspace/didChangeConfiguration", {"settings": settings})
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ask("shutdown", None)
        self._tell("exit", None)
        self._process.communicate()

    def completions(self, text: str) -> dict[str, Shown]:
        """What is offered at the cursor, by label, in the order in which it is shown."""
        answer = self._at_cursor("textDocument/completion", text)
        items = sorted(answer["items"], key=lambda item: item.get("sortText") or item["label"])
        return {
            i["label"]: Shown((i.get("textEdit") or {}).get("newText", i.get("insertText")), _plain(i)) for i in items
        }

    def hover(self, text: str) -> str:
        """What is shown when the pointer rests at the cursor."""
        answer = self._at_cursor("textDocument/hover", text)
        return str(answer["contents"]["value"]) if answer else ""

    def faults(self, text: str) -> list[tuple[int, str, str]]:
        """Line (from 1), marked text and message of every fault."""
        uri = self._open(text)
        while uri not in self._faults:
            self._read()
        lines = text.split("\n")
        return [
            (at["line"] + 1, lines[at["line"]][at["character"] : to["character"]], fault["message"])
            for fault in self._faults[uri]
            for at, to in [(fault["range"]["start"], fault["range"]["end"])]
        ]

    def mends(self, text: str) -> list[list[str]]:
        """What the lamp beside each fault offers to put in its place."""
        uri = self._open(text)
        while uri not in self._faults:
            self._read()
        offered = []
        for fault in self._faults[uri]:
            about = {"range": fault["range"], "context": {"diagnostics": [fault]}}
            answer = self._ask("textDocument/codeAction", {"textDocument": {"uri": uri}, **about})
            offered.append([action["title"] for action in answer or []])
        return offered

    def _at_cursor(self, method: str, text: str) -> Any:
        before, _, after = text.partition(CURSOR)
        lines = before.split("\n")
        place = {"line": len(lines) - 1, "character": len(lines[-1])}
        return self._ask(method, {"textDocument": {"uri": self._open(before + after)}, "position": place})

    def _open(self, text: str) -> str:
        self._number += 1
        uri = (self._folder / f"plan{self._number}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _ask(self, method: str, params: Any) -> Any:
        self._number += 1
        number = self._number
        self._write({"id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def _tell(self, method: str, params: Any) -> None:
        self._write({"method": method, "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        """The next message; diagnostics are kept, what the server asks of the editor is answered with nothing."""
        stream = self._process.stdout
        assert stream
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name == b"Content-Length" else length
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(stream.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self._faults[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            self._write({"id": message["id"], "result": None})
        return message


def _plain(item: dict[str, Any]) -> str:
    shown = item.get("documentation") or ""
    return str(shown["value"] if isinstance(shown, dict) else shown)
