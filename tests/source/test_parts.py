"""A plan in several files: joined in order, every place in its own file, nothing read from outside the folder."""

import os
import unicodedata
from pathlib import Path

import pytest

from vaaldplan.finding import Span
from vaaldplan.source import Document, find, parts, read, read_text

Files = dict[str, str | bytes]


def same(one: str, other: str) -> bool:
    """As the plan's vocabulary would tell, for what these tests use."""
    return one == other or {one, other} <= {"åtgärder", "measures", "atgarder"}


def written(folder: Path, files: Files) -> Path:
    """Write the files and give the main file."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder / "plan.yaml"


def opened(folder: Path, files: Files, monkeypatch: pytest.MonkeyPatch) -> Document:
    """Write the files, stand in their folder and read the plan."""
    monkeypatch.chdir(folder)
    return read(written(folder, files), same_key=same)


def brief(document: Document) -> list[str]:
    """Variant, place and path of each finding."""
    return [f"{f.code} {f.variant} {f.span.file}:{f.span.line}:{f.span.column}" for f in document.findings if f.span]


WHOLE: Files = {
    "plan.yaml": "titel: x\nåtgärder:\n  filer:\n    - individ.yaml\n    - nämnder/\nmål: {files: mål.yml}\n",
    "individ.yaml": "# delen\nx-anteckning: y\nåtgärder:\n  - id: A1\n    lista: [p, q]\n  - A2\n",
    "nämnder/b.yaml": "measures:\n- id: A4  # avsteg\n",
    "nämnder/a.yml": 'åtgärder:\n  - id: "A3"\n',
    "nämnder/.dold.yaml": "trasig: [",
    "nämnder/läsmig.txt": "inte en del",
    "nämnder/under/c.yaml": "trasig: [",
    "mål.yml": "mål:\n",
}


def test_the_parts_are_joined_in_order_and_keep_their_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = opened(tmp_path, WHOLE, monkeypatch)
    assert document.findings == ()
    assert document.complete
    measures = [{"id": "A1", "lista": ["p", "q"]}, "A2", {"id": "A3"}, {"id": "A4"}]
    assert document.data == {"titel": "x", "åtgärder": measures, "mål": []}
    assert document.files == ("plan.yaml", "individ.yaml", "nämnder/a.yml", "nämnder/b.yaml", "mål.yml")
    assert document.span(("åtgärder", 0, "lista", 1)) == Span("individ.yaml", 5, 16, 5, 17)
    assert document.span(("åtgärder", 0)) == Span("individ.yaml", 4, 5, 5, 18)
    assert document.span(("åtgärder", 0, "titel")) == document.span(("åtgärder", 0))
    assert document.span(("åtgärder", 1)) == Span("individ.yaml", 6, 5, 6, 7)
    assert document.span(("åtgärder", 2, "id")) == Span("nämnder/a.yml", 2, 9, 2, 13)
    assert document.span(("åtgärder", 3, "id"), key=True) == Span("nämnder/b.yaml", 2, 3, 2, 5)
    assert document.span(("åtgärder",)) == Span("plan.yaml", 3, 3, 5, 15)
    assert document.span(("åtgärder", 9)) == document.span(("åtgärder",), key=True) == Span("plan.yaml", 2, 1, 2, 9)
    assert document.span(("mål",)) == Span("plan.yaml", 6, 6, 6, 22)
    assert document.raw(("åtgärder", 2, "id")) == '"A3"'
    assert document.line("nämnder/b.yaml", 2) == "- id: A4  # avsteg"
    assert list(document.comments("nämnder/b.yaml")) == [(2, 11, "# avsteg")]
    assert list(document.comments("individ.yaml")) == [(1, 1, "# delen")]


def test_names_are_shown_from_where_the_user_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main = written(tmp_path / "planer/våld", WHOLE)
    monkeypatch.chdir(tmp_path)
    assert read("planer/våld/plan.yaml", same_key=same).files[:2] == (
        "planer/våld/plan.yaml",
        "planer/våld/individ.yaml",
    )
    assert read(main, same_key=same, shown="min/plan.yaml").files[2] == "min/nämnder/a.yml"
    monkeypatch.chdir(tmp_path / "planer/våld/nämnder")
    assert read("../plan.yaml", same_key=same).files[1] == (tmp_path / "planer/våld/individ.yaml").as_posix()


FAULTS: list[tuple[str, Files, list[str]]] = [
    ("saknas.yaml", {}, ["S11 missing plan.yaml:1:19"]),
    ("[saknas/, a.yaml]", {"a.yaml": "åtgärder: [a]"}, ["S11 missing plan.yaml:1:20"]),
    ("/etc/hostname", {}, ["S11 outside plan.yaml:1:19"]),
    ("C:\\plan.yaml", {}, ["S11 outside plan.yaml:1:19"]),
    ("../annan.yaml", {}, ["S11 outside plan.yaml:1:19"]),
    ("a/../../annan.yaml", {}, ["S11 outside plan.yaml:1:19"]),
    ("tom/", {"tom/läs.txt": ""}, ["S11 empty plan.yaml:1:19"]),
    ("a.yaml/b.yaml", {"a.yaml": "x"}, ["S11 not-file plan.yaml:1:19"]),
    ("a.yaml", {"a.yaml": "# inget\n"}, ["S01 empty a.yaml:1:1"]),
    ("a.yaml", {"a.yaml": "mål: []\n"}, ["S11 key a.yaml:1:1"]),
    ("a.yaml", {"a.yaml": "- id: A1\n"}, ["S11 key a.yaml:1:1"]),
    ("a.yaml", {"a.yaml": "åtgärder: []\nmål: []\nx-y: z\n"}, ["S11 extra-key a.yaml:2:1"]),
    ("a.yaml", {"a.yaml": "x-y: z\nåtgärder: {id: A1}\n"}, ["S11 not-list a.yaml:2:1"]),
    ("a.yaml", {"a.yaml": "åtgärder: text\n"}, ["S11 not-list a.yaml:1:1"]),
    ("a.yaml", {"a.yaml": "åtgärder: {filer: b.yaml}\n", "b.yaml": "åtgärder: [a]"}, ["S11 nested a.yaml:1:1"]),
    ("[a.yaml, ./a.yaml]", {"a.yaml": "åtgärder: []"}, ["S11 twice plan.yaml:1:28"]),
    ("[a.yaml, b/../a.yaml]", {"a.yaml": "åtgärder: []", "b/x": ""}, ["S11 twice plan.yaml:1:28"]),
    ("plan.yaml", {}, ["S11 twice plan.yaml:1:19"]),
    ("", {}, ["S11 form plan.yaml:1:12"]),
    ("{a: b}", {}, ["S11 form plan.yaml:1:19"]),
    ("[{a: b}, [], ~]", {}, ["S11 form plan.yaml:1:12", "S11 form plan.yaml:1:12", "S11 form plan.yaml:1:20"]),
    ("a.yaml", {"a.yaml": "åtgärder: [b: c: d]\n"}, ["S03 colon a.yaml:1:16"]),
    ("a.yaml", {"a.yaml": "åtgärder: å\n".encode("cp1252")}, ["S02 windows-1252 a.yaml:1:1"]),
    ("a.yaml", {"a.yaml": b"PK\x03\x04"}, ["S01 binary a.yaml:1:1"]),
    ("[]", {}, []),
    ("[nämnder\\a.yaml]", {"nämnder/a.yaml": "åtgärder: []"}, []),
]


@pytest.mark.parametrize(("named", "files", "expected"), FAULTS)
def test_a_part_that_cannot_be_used_is_a_finding(
    named: str, files: Files, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = f"åtgärder: {{filer: {named}}}\n"
    document = opened(tmp_path, {"plan.yaml": main, **files}, monkeypatch)
    assert brief(document) == expected
    assert document.data is not None
    assert document.complete == (not expected)
    left = ["a"] if named.startswith("[saknas") else []
    assert document.data["åtgärder"] == left


def test_every_variant_of_parts_is_met() -> None:
    met = {finding.split()[1] for _, _, expected in FAULTS for finding in expected if finding.startswith("S11")}
    assert met == {"missing", "outside", "empty", "not-file", "key", "extra-key", "not-list", "nested", "twice", "form"}


def test_a_broken_part_does_not_hide_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files: Files = {
        "plan.yaml": "åtgärder: {filer: [a.yaml, b.yaml, c.yaml]}\nåtgärder: 1\n",
        "a.yaml": "åtgärder:\n  - id: A1\n",
        "b.yaml": "åtgärder:\n\t- id: A2\n",
        "c.yaml": "measures:\n  - id: A3\n    id: A4\natgarder:\n  - t: *u\n",
    }
    document = opened(tmp_path, files, monkeypatch)
    assert document.data == {"åtgärder": [{"id": "A1"}, {"id": "A3"}, {"t": None}]}
    assert brief(document) == ["S04  plan.yaml:2:1", "S03 tab b.yaml:2:1", "S04  c.yaml:3:5", "S09 alias c.yaml:5:8"]
    assert [f.path for f in document.findings] == [
        ("åtgärder",),
        ("åtgärder",),
        ("åtgärder", 1, "id"),
        ("åtgärder", 2, "t"),
    ]
    assert document.span(("åtgärder", 2, "t"), key=True) == Span("c.yaml", 5, 5, 5, 6)


def test_links_are_followed_only_inside_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = tmp_path / "plan"
    written(tmp_path, {"hemligt/a.yaml": "åtgärder: [hemligt]\n", "plan/egen.yaml": "åtgärder: [egen]\n"})
    (plan / "ut.yaml").symlink_to(tmp_path / "hemligt/a.yaml")
    (plan / "mapp").symlink_to(tmp_path / "hemligt")
    (plan / "in.yaml").symlink_to("egen.yaml")
    (plan / "runt.yaml").symlink_to("runt.yaml")
    (plan / "blandat").mkdir()
    (plan / "blandat/b.yaml").symlink_to(tmp_path / "hemligt/a.yaml")
    os.mkfifo(plan / "rör.yaml")
    names = "[ut.yaml, mapp/, mapp/a.yaml, blandat, runt.yaml, rör.yaml, in.yaml, egen.yaml]"
    document = opened(plan, {"plan.yaml": f"åtgärder: {{filer: {names}}}\n"}, monkeypatch)
    assert document.data == {"åtgärder": ["egen"]}
    assert [f.variant for f in document.findings] == [*["outside"] * 4, "unreadable", "not-file", "twice"]
    assert document.files == ("plan.yaml", "in.yaml")


def test_a_name_is_found_however_the_disk_spells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spelt = unicodedata.normalize("NFD", "nämnder/åldre.yaml")
    files: Files = {"plan.yaml": "åtgärder: {filer: nämnder/åldre.yaml}\n", spelt: "åtgärder: [a]\n"}
    assert opened(tmp_path, files, monkeypatch).data == {"åtgärder": ["a"]}
    assert find(tmp_path / spelt) == tmp_path / "plan.yaml"


def test_no_more_files_than_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "FILES", 3)
    files: Files = {f"d/{i}.yaml": f"åtgärder: [a{i}]\n" for i in range(5)}
    document = opened(tmp_path, {"plan.yaml": "åtgärder: {filer: d}\n", **files}, monkeypatch)
    assert document.data == {"åtgärder": ["a0", "a1"]}
    assert [(f.code, f.variant, f.params) for f in document.findings] == [("S10", "files", {"limit": 3})]
    assert not document.complete


def test_text_without_a_folder_leaves_its_parts_out(tmp_path: Path) -> None:
    text = "titel: x\nåtgärder: {filer: individ.yaml}\n"
    document = read_text(text)
    assert document.data == {"titel": "x", "åtgärder": None}
    assert not document.complete
    assert document.findings == ()
    written(tmp_path, WHOLE)
    whole = read_text(text, folder=tmp_path, same_key=same, name="utkast.yaml")
    assert whole.files == ("utkast.yaml", "individ.yaml")
    assert whole.complete


def test_the_plan_of_a_folder_or_a_part_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main = written(tmp_path, WHOLE)
    monkeypatch.chdir(tmp_path / "nämnder")
    assert find(tmp_path) == main
    assert find("..") == Path("../plan.yaml")
    for part in ("a.yml", "../individ.yaml", tmp_path / "mål.yml"):
        assert find(part) == main
    for other in ("läsmig.txt", "under/c.yaml", "../plan.yaml", ".dold.yaml"):
        assert find(other) == Path(other)
    main.write_text("titel: x: y\n", "utf-8")
    assert find("a.yml") == Path("a.yml")
    main.unlink()
    assert find("a.yml") == Path("a.yml")


def test_a_part_is_looked_for_at_most_ten_folders_up(tmp_path: Path) -> None:
    deep = "/".join("abcdefghij")
    files: Files = {"plan.yaml": f"åtgärder: {{filer: [{deep}/p.yaml, {deep}/k/p.yaml]}}\n"}
    files |= {f"{deep}/p.yaml": "åtgärder: []\n", f"{deep}/k/p.yaml": "åtgärder: []\n"}
    main = written(tmp_path, files)
    assert find(tmp_path / deep / "p.yaml") == main
    assert find(tmp_path / deep / "k/p.yaml") == tmp_path / deep / "k/p.yaml"
