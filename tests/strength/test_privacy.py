"""What is built says nothing of who built it, where, or on which machine."""

import getpass
import io
import platform
import shutil
import socket
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest

from conftest import ROOT
from vaaldplan.cli import main

USER = "handläggare-4711"
"""A name that no document can hold by chance: the real one may be as short as ``a``."""


def test_no_document_names_the_user_the_place_or_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = getpass.getuser()
    home = tmp_path / "hem" / USER
    plan = home / "mina planer"
    shutil.copytree(ROOT / "examples/exempelkommun", plan)
    for name in ("USER", "LOGNAME", "USERNAME", "LNAME", "COMPUTERNAME", "HOSTNAME"):
        monkeypatch.setenv(name, USER)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(socket, "gethostname", lambda: f"dator-{USER}")
    monkeypatch.chdir(plan)
    assert getpass.getuser() == USER
    assert main(["build", "--document", "alla"]) == 0
    hidden = {USER, str(tmp_path), tmp_path.as_uri(), str(ROOT), "mina planer", "/site-packages/"}
    hidden |= {name for name in (platform.node(), real) if len(name) > 5}  # a shorter one any document holds by chance
    read = 0
    for file in (plan / "ut").iterdir():
        for inside, data in _everything(file):
            read += 1
            for word in hidden:
                for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
                    assert word.encode(encoding) not in data, (file.name, inside, word)
    assert len(list((plan / "ut").iterdir())) >= 4 * 7
    assert read > 300


def _everything(file: Path) -> list[tuple[str, bytes]]:
    """A file's bytes, and unpacked what is packed in it."""
    raw = file.read_bytes()
    found = [("", raw)]
    if file.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for part in archive.infolist():
                found += [(part.filename, archive.read(part)), (part.filename, part.extra + part.comment)]
    if file.suffix == ".pdf":
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            for item in pdf.objects:
                if isinstance(item, pikepdf.Stream):
                    try:
                        found.append((str(item.objgen), item.read_bytes()))
                    except (pikepdf.PdfError, zlib.error):  # a picture, packed in a way of its own
                        found.append((str(item.objgen), item.read_raw_bytes()))
                elif isinstance(item, pikepdf.Dictionary | pikepdf.Array | pikepdf.String):
                    found.append(("", item.unparse() if not isinstance(item, pikepdf.String) else bytes(item)))
    return found
