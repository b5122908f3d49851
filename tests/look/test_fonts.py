"""The shipped fonts, and that their character maps are read rightly: Typst itself is asked."""

import pytest
import typst

from vaaldplan.look import fonts
from vaaldplan.publish import pdf, templates
from vaaldplan.publish.printable import Characters

FOLDER = templates.folder() / "standard" / "fonts"
SWEDISH = "abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ0123456789éèüæøáčđŋšŧžłß"
SIGNS = "–—’”“…§€½²°×≥≤→•✓\u00a0\u202f\u2011\u00ad«»"


def typeset(text: str) -> bytes:
    source = b'#set document(title: "x")\n#set text(font: "Source Sans 3")\n#sys.inputs.text'
    return typst.compile(
        source, format="pdf", sys_inputs={"text": text}, pdf_standards=["a-2a", "ua-1"], font_paths=pdf._fonts()
    )


def test_four_free_fonts_are_shipped() -> None:
    files = [f for f in FOLDER.iterdir() if f.suffix in fonts.SUFFIXES]
    assert len(files) == 4
    assert all(f.stat().st_size < 1_000_000 for f in files)
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert licence.startswith("Copyright")
    assert "SIL Open Font License, Version 1.1" in licence
    assert pdf._fonts().families() == [templates.look()["font"]["body"]]


def test_the_fonts_cover_what_swedish_plans_need() -> None:
    assert set(map(ord, SWEDISH + SIGNS)) <= fonts.covered(FOLDER)


def test_the_common_characters_are_known_without_reading_the_fonts() -> None:
    assert len(fonts.COMMON) > 300
    assert fonts.covered(FOLDER) >= fonts.COMMON
    assert ord("å") in fonts.Known(FOLDER / "nowhere")
    for code in (0x1F512, 0x0418):
        assert code not in fonts.COMMON
        assert code in fonts.Known(FOLDER)


def test_every_character_said_to_be_covered_has_a_glyph() -> None:
    codes = sorted(fonts.covered(FOLDER))
    assert len(codes) > 1500
    assert typeset("".join(map(chr, codes)).translate(Characters(codes)))


@pytest.mark.parametrize("character", ["😀", "ש", "中", "\ue000", "\x07", "\u0600"])
def test_characters_said_to_be_missing_are_missing(character: str) -> None:
    assert ord(character) not in fonts.covered(FOLDER)
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        typeset(character)


def test_a_file_that_is_no_font_is_refused() -> None:
    with pytest.raises(ValueError, match="cmap"):
        fonts._characters(b"OTTO\x00\x00\x00\x00\x00\x00\x00\x00")
