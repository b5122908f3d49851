"""A small client for ChromeDriver: what a person sees and does in a real browser."""

import json
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PATIENCE = 120.0
_OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,900",
)  # fmt: skip
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """A browser with one window."""

    def __enter__(self) -> Self:
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._driver.stdout
        for line in self._driver.stdout:
            if "started successfully on port" in line:
                self._base = f"http://127.0.0.1:{line.split()[-1].rstrip('.')}"
                break
        options = {"args": [*_OPTIONS, f"--user-data-dir={self._profile.name}"]}
        logs = {"browser": "ALL", "performance": "ALL"}
        wanted = {"alwaysMatch": {"goog:chromeOptions": options, "goog:loggingPrefs": logs}}
        self._session = ""
        self._session = "/session/" + self._ask("POST", "/session", {"capabilities": wanted})["sessionId"]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._session:
            self._ask("DELETE", "")
        self._driver.terminate()
        self._driver.communicate()
        self._profile.cleanup()

    def go(self, address: str) -> None:
        """Open an address."""
        self._ask("POST", "/url", {"url": address})

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script in the page returns."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": arguments})

    def until(self, script: str, *arguments: Any) -> Any:
        """The same, as soon as it is something that is true."""
        end = time.monotonic() + PATIENCE
        while not (found := self.run(script, *arguments)):
            assert time.monotonic() < end, f"never true: {script}\n{self.run('return document.body.innerText')}"
            time.sleep(0.02)
        return found

    def size(self, width: int, height: int) -> None:
        """Make the window as large as a phone, say."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self._ask("POST", "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": size})

    def click(self, selector: str) -> None:
        """Click on the first element that a selector fits."""
        found = self._ask("POST", "/element", {"using": "css selector", "value": selector})
        self._ask("POST", f"/element/{found[_ELEMENT]}/click", {})

    def press(self, *keys: str) -> None:
        """Press keys."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._ask("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def tree(self) -> list[dict[str, Any]]:
        """The accessibility tree: what a screen reader gets."""
        asked = {"cmd": "Accessibility.getFullAXTree", "params": {}}
        nodes: list[dict[str, Any]] = self._ask("POST", "/goog/cdp/execute", asked)["nodes"]
        return nodes

    def complaints(self) -> list[str]:
        """What the browser has written in its console since last asked."""
        return [entry["message"] for entry in self._ask("POST", "/se/log", {"type": "browser"})]

    def fetched(self) -> list[str]:
        """The addresses that the browser has asked for since last asked."""
        entries = self._ask("POST", "/se/log", {"type": "performance"})
        told = [json.loads(entry["message"])["message"] for entry in entries]
        return [m["params"]["request"]["url"] for m in told if m["method"] == "Network.requestWillBeSent"]

    def picture(self, file: Path) -> None:
        """Save what the window shows."""
        import base64

        file.write_bytes(base64.b64decode(self._ask("GET", "/screenshot")))

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        asked = urllib.request.Request(self._base + self._session + path, data, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error
