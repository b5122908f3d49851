"""What is said of a Word template before it is used."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx.enum.style import WD_STYLE_TYPE
from office_template import EXAMPLE, template

from vaaldplan.look import word
from vaaldplan.look.fault import FaultError
from vaaldplan.texts.catalogue import LANGUAGES, catalogue


def rezipped(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The same archive with the contents of its files changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, held in more.items():
            new.writestr(name.replace("__", "/"), held)
    return out.getvalue()


def within(file: str, old: str, new: str) -> Callable[[str, bytes], bytes]:
    def change(name: str, data: bytes) -> bytes:
        if name == file:
            assert old.encode() in data
        return data.replace(old.encode(), new.encode()) if name == file else data

    return change


def related(kind: str) -> bytes:
    """A template that has a relation to something outside."""
    more = f'<Relationship Id="rIdX" Type="http://x/{kind}" Target="https://ond.example/x" TargetMode="External"/></Relationships>'
    return rezipped(template(), within("word/_rels/document.xml.rels", "</Relationships>", more))


def spread() -> bytes:
    """An archive of a few kilobytes that unpacks to hundreds of megabytes."""
    return rezipped(template(), lambda _, data: data, word__media__x=bytes(70_000_000))


def lying() -> bytes:
    """An archive whose list says that a large file is small."""
    data = bytearray(spread())
    size = (70_000_000).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(data)


REFUSED = {
    "nothing": (b"", "word"),
    "text": (b"hej", "word"),
    "an empty archive": (b"PK\x05\x06" + bytes(18), "word"),
    "cut short": (template()[:5000], "word"),
    "a spreadsheet": (rezipped(template(), within("[Content_Types].xml", "wordprocessingml", "spreadsheetml")), "word"),
    "with macros by its type": (template(kind="document.macroEnabled"), "macros"),
    "with a macro file": (rezipped(template(), lambda _, d: d, **{"word__vbaProject.bin": b"x"}), "macros"),
    "a bomb": (spread(), "bomb"),
    "a bomb that lies": (lying(), "word"),
    "entities": (rezipped(template(), within("word/document.xml", "<w:document", '<!DOCTYPE a [<!ENTITY b "c">]><w:document')), "word"),
    "a picture from outside": (related("image"), "external"),
    "an object from outside": (related("oleObject"), "external"),
    "strict": (rezipped(template(), lambda n, d: d.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main") if n == "word/document.xml" else d), "strict"),
    "too large": (bytes(word.LARGEST + 1), "huge"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_safe_word_file_is_refused(name: str) -> None:
    data, variant = REFUSED[name]
    with pytest.raises(FaultError) as caught:
        word.template(data)
    assert caught.value.variant == variant
    for lang in LANGUAGES:
        assert catalogue(lang).message("X24", variant, {"file": "mall.dotx", **caught.value.params})


def in_table(document: Any) -> None:
    place(document)._p.getparent().remove(place(document)._p)
    document.add_table(1, 1).cell(0, 0).text = word.PLACE


def place(document: Any) -> Any:
    return next(p for p in document.paragraphs if word.PLACE in p.text)


def split(document: Any) -> None:
    """As Word saves it after someone has gone back to mend a sign."""
    found = place(document)
    found.text = "[[PL"
    found.add_run("AN").bold = True
    found.add_run("]] ")


LACKS: dict[str, tuple[Callable[[Any], object], list[str]]] = {
    "nothing": (str, []),
    "the place": (lambda d: place(d)._p.getparent().remove(place(d)._p), ["place"]),
    "nothing, though the place is split": (split, []),
    "a place outside a table": (in_table, ["place_elsewhere"]),
    "a place alone": (lambda d: place(d).add_run(" här"), ["place_elsewhere"]),
    "a single place": (lambda d: d.add_paragraph(word.PLACE), ["places"]),
    "a style": (lambda d: d.styles["Heading 2"].delete(), ["styles"]),
    "nothing, with styles by Swedish names": (
        lambda d: (d.styles["Heading 2"].delete(), setattr(d.styles.add_style("Rubrik 2", WD_STYLE_TYPE.PARAGRAPH), "hidden", False)), []),
}  # fmt: skip


@pytest.mark.parametrize("name", LACKS)
def test_what_a_template_lacks(name: str) -> None:
    change, lacks = LACKS[name]
    found = word.template(template(change))
    assert [lack.variant for lack in word.lacks(found)] == lacks
    assert found.usable == (not lacks or lacks == ["styles"])


def test_styles_are_found_by_name_or_id() -> None:
    found = word.template(template())
    mapped = word.mapping(found)
    assert (mapped["Heading1"], mapped["Title"], mapped["Normal"]) == ("Rubrik1", "Rubrik", "Normal")
    renamed = re.sub(
        b'w:name w:val="heading 1"', b'w:name w:val="Kommunens rubrik"', _styles(template()), flags=re.IGNORECASE
    )
    assert renamed != _styles(template())
    only_id = word.template(rezipped(template(), lambda n, d: renamed if n == "word/styles.xml" else d))
    assert word.mapping(only_id)["Heading1"] == "Rubrik1"


def _styles(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/styles.xml")


def test_the_example_is_as_the_script_makes_it() -> None:
    svg = (EXAMPLE / "logotyp.svg").read_text("utf-8")
    kept, made = (EXAMPLE / "brevmall.dotx").read_bytes(), template(logotype=svg)
    with zipfile.ZipFile(io.BytesIO(kept)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        assert old.namelist() == new.namelist()
        assert [n for n in old.namelist() if old.read(n) != new.read(n)] == []
    assert len(kept) < 40_000
