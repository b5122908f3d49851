"""Every dependency is listed with its licence, and each may stand beside a work under EUPL-1.2."""

import sys

from conftest import ROOT

sys.path.append(str(ROOT / "docs"))

import licences


def test_the_list_is_current() -> None:
    assert licences.PAGE.read_text("utf-8") == licences.page(), "run: python docs/licences.py"


def test_all_are_compatible() -> None:
    found = {name: licences.licence(name) for name in licences.locked("requirements-dev.lock")}
    assert len(found) > 55
    assert found.keys() >= licences.locked("requirements.lock").keys()
    assert {name: held for name, held in found.items() if not licences.compatible(held)} == {}


def test_what_is_not_compatible_is_seen() -> None:
    for held in ("", "GPL-3.0-only", "Proprietary", "MIT AND GPL-2.0-only", "SSPL-1.0"):
        assert not licences.compatible(held), held
    assert licences.compatible("Apache-2.0 OR BSD-2-Clause")
    assert licences.compatible("GPL-2.0-only OR MIT")
