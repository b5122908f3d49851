"""What several tests need."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from vaaldplan.check import Checked, check
from vaaldplan.finding import Finding, Stage
from vaaldplan.plan.node import Node

ROOT = Path(__file__).parent.parent
settings.register_profile("any machine", deadline=None)  # the usual bound on an example's time counts on a fast one
settings.load_profile("any machine")

signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell runs beside it would not be told of Ctrl-C

Checker = Callable[..., Checked]


@pytest.fixture
def checked(tmp_path: Path) -> Checker:
    """Check a plan given as text."""

    def run(text: str, stage: Stage | None = None) -> Checked:
        path = tmp_path / "plan.yaml"
        path.write_text(text, "utf-8")
        return check(path, stage=stage)

    return run


def content(value: Any) -> Any:
    """Everything in an entry, with the type of every value; not where it stands."""
    if isinstance(value, Node):
        return type(value), {name: content(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, list):
        return [content(one) for one in value]
    if isinstance(value, dict):
        return {name: content(one) for name, one in value.items()}
    return type(value), value if value == value else "nan"


def brief(findings: tuple[Finding, ...]) -> list[tuple[str, str, int]]:
    """The findings as code, variant and line."""
    return [(f.code, f.variant, f.span.line if f.span else 0) for f in findings]


SLOW = ("test_wheel.py", "test_ci.py", "test_half_written.py", "test_documents.py", "test_same_words.py")
"""Files that take longest; they begin first, so that no processor waits for them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in SLOW)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the goldens anew instead of comparing them")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the one kept in ``tests/goldens``."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests/goldens" / name
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8"), f"{name} differs; if that is meant, run pytest --update-goldens"

    return compare
