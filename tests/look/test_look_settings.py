"""What stands under ``[utseende]`` and ``[omslag]``: used, or a finding at its line."""

import shutil
from pathlib import Path
from string import Formatter

import pytest
from office_template import EXAMPLE, template

from vaaldplan import config
from vaaldplan.cli import main
from vaaldplan.look import colours
from vaaldplan.publish import templates
from vaaldplan.texts.catalogue import LANGUAGES, catalogue

FONTS = templates.folder() / "standard" / "fonts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan's folder with one of each file."""
    shutil.copy(EXAMPLE / "plan.yaml", tmp_path)
    shutil.copy(EXAMPLE / "logotyp.svg", tmp_path)
    shutil.copy(EXAMPLE / "brevmall.dotx", tmp_path)
    shutil.copy(FONTS / "SourceSans3-Regular.otf", tmp_path / "vanlig.otf")
    (tmp_path / "annan.otf").write_bytes(
        (FONTS / "SourceSans3-Bold.otf").read_bytes().replace(wide("Source Sans 3"), wide("Kommun Sans 3"))
    )
    (tmp_path / "text.txt").write_text("inget av detta")
    (tmp_path / "stor.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2_000_000))
    (tmp_path / "utan.docx").write_bytes(
        template(lambda d: [p._p.getparent().remove(p._p) for p in d.paragraphs if "[[" in p.text], kind="document")
    )
    (tmp_path / "fattig.dotx").write_bytes(template(lambda d: d.styles["Heading 3"].delete()))
    return tmp_path


def wide(text: str) -> bytes:
    return text.encode("utf-16-be")


def read(folder: Path, text: str) -> config.Read:
    (folder / config.FILE).write_text(text, "utf-8")
    return config.read(folder)


def said(found: config.Read) -> list[str]:
    return [f"{f.code}.{f.variant} {f.span.line}" for f in found.findings if f.span]


WRONG = [
    ('[utseende.färger]\naccent = "röd"', "X21.colour 2"),
    ("[utseende.färger]\naccent = 3", "X21.colour 2"),
    ('[utseende.färger]\naccent = "#e07b39"', "X21. 2"),
    ('utseende.färger.länk = "#9cf"', "X21. 1"),
    ('[utseende]\nfärger = {text = "#888888"}', "X21. 2"),
    ('[look.colours]\npale = "#444444"', "X21. 2"),
    ('[utseende.färger]\nrosa = "#000000"', "X03.choice 2"),
    ("[utseende]\nfärger = 3", "X03.table 2"),
    ("utseende = 3", "X03.table 1"),
    ('[utseende]\nlogga = "x"', "X02. 2"),
    ('[utseende]\nlogotyp = "finns.png"', "X22.missing 2"),
    ('[utseende]\nlogotyp = "../logotyp.svg"', "X22.outside 2"),
    ('[utseende]\nlogotyp = "/etc/passwd"', "X22.outside 2"),
    ('[utseende]\nlogotyp = "https://exempel.se/logo.png"', "X22.outside 2"),
    ('[utseende]\nlogotyp = "."', "X22.missing 2"),
    ('[utseende]\nlogotyp = "stor.png"', "X22.huge 2"),
    ('[utseende]\nlogotyp = "text.txt"', "X22.picture 2"),
    ("[utseende]\nlogotyp = 3", "X03.text 2"),
    ('[utseende]\nlogotyp = "logotyp.svg"\nlogotyp_alt = 3', "X03.text 3"),
    ('[utseende]\ntypsnitt = "finns.ttf"', "X23.missing 2"),
    ('[utseende]\ntypsnitt = ["text.txt"]', "X23.font 2"),
    ("[utseende]\ntypsnitt = []", "X23.many 2"),
    ('[utseende]\ntypsnitt = ["vanlig.otf", "annan.otf"]', "X23.families 2"),
    ('[utseende]\nword_mall = "text.txt"', "X24.word 2"),
    ('[utseende]\nword_mall = "utan.docx"', "X24.place 2"),
    ('[utseende]\nword_mall = "fattig.dotx"', "X24.styles 2"),
    ('[omslag]\ndnr = "Dnr"', "X03.choice 2"),
    ("[omslag]\ndiarienummer = 3", "X03.text 2"),
    ('omslag = ["diarienummer", "dnr"]', "X03.choice 1"),
    ("omslag = 3", "X03.table 1"),
]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_a_wrong_setting_is_a_finding_at_its_line(folder: Path, text: str, expected: str) -> None:
    found = read(folder, text)
    assert said(found) == [expected]
    for lang in LANGUAGES:
        for finding in found.findings:
            assert "{" not in catalogue(lang).message(finding.code, finding.variant, finding.params)
            assert "{" not in catalogue(lang).mend(finding.code, finding.variant, finding.params)


def test_the_cards_of_the_look_say_the_same_in_both_languages() -> None:
    for code in ("X21", "X22", "X23", "X24", "X25", "X26"):
        cards = [catalogue(lang).card(code) for lang in LANGUAGES]
        assert cards[0].messages.keys() == cards[1].messages.keys()
        assert cards[0].mends.keys() == cards[1].mends.keys()
        for messages in zip(*(card.messages.items() for card in cards), strict=True):
            fields = [{f for _, f, _, _ in Formatter().parse(text) if f} for _, text in messages]
            assert fields[0] == fields[1], (code, messages)
        assert cards[0].why
        assert cards[1].why


def test_what_is_said_of_the_logotype_is_clean(folder: Path) -> None:
    found = read(folder, '[utseende]\nlogotyp = "logotyp.svg"\nlogotyp_alt = "Kommunens\\n\\u0000\\u202evapen "')
    assert found.settings.look.logotype
    assert found.settings.look.logotype.alt == "Kommunens vapen"


def test_a_link_out_of_the_folder_is_outside(folder: Path) -> None:
    (folder / "inne").mkdir()
    (folder / "inne/logotyp.svg").symlink_to(EXAMPLE / "logotyp.svg")
    assert said(read(folder / "inne", '[utseende]\nlogotyp = "logotyp.svg"')) == ["X22.outside 2"]
    (folder / "inne/ring.svg").symlink_to("ring.svg")
    assert said(read(folder / "inne", '[utseende]\nlogotyp = "ring.svg"')) == ["X22.missing 2"]


@pytest.mark.parametrize("colour", ["#e07b39", "#ffcc00", "#7fbf7f", "#ff0000", "#00aeef"])
def test_the_shade_suggested_can_be_read_and_is_the_same_colour(folder: Path, colour: str) -> None:
    (finding,) = read(folder, f'[utseende.färger]\naccent = "{colour}"').findings
    ratio, better = finding.params["ratio"], str(finding.params["suggestion"])
    assert float(ratio) < 4.5
    assert catalogue("sv").word(ratio) == str(ratio).replace(".", ",")
    assert min(colours.contrast(better, ground) for ground in ("#ffffff", "#eef2f5")) >= 4.5
    assert read(folder, f'[utseende.färger]\naccent = "{better}"').findings == ()


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert round(colours.contrast("#000000", "#ffffff"), 1) == 21
    assert round(colours.contrast("#777777", "#ffffff"), 2) == 4.48
    assert colours.weak("#767676", "#ffffff") is None
    weak = colours.weak("#777777", "#ffffff")
    assert weak
    assert weak.ratio == "4.4"


def test_what_is_wrong_leaves_the_usual_and_the_rest_counts(folder: Path) -> None:
    found = read(
        folder,
        '[utseende]\nlogotyp = "finns.png"\nword_mall = "utan.docx"\n[utseende.färger]\naccent = "#ff0"\nandra = "#2f5d3a"',
    )
    assert said(found) == ["X21. 5", "X22.missing 2", "X24.place 3"]
    assert found.settings.look.colours == (("accent2", "#2f5d3a"),)
    assert found.settings.look.logotype is None
    assert found.settings.look.word is None


def test_everything_can_be_set_in_both_languages(folder: Path) -> None:
    swedish = read(folder, '[utseende]\nlogotyp = "logotyp.svg"\nlogotyp_alt = "Vapen"\ntypsnitt = "vanlig.otf"\nword_mall = "brevmall.dotx"\n'
                   '[utseende.farger]\naccent = "7A1F3D"\n[omslag]\ngiltighet = "Gäller"\ndiarienummer = true')  # fmt: skip
    english = read(folder, '[look]\nlogotype = "logotyp.svg"\nlogotype_alt = "Vapen"\nfonts = ["vanlig.otf"]\nword_template = "brevmall.dotx"\n'
                   '[look.colours]\naccent = "#7a1f3d"\n[cover]\nvalidity = "Gäller"\ncase_number = true')  # fmt: skip
    assert said(swedish) == said(english) == []
    assert swedish.settings == english.settings
    look = swedish.settings.look
    assert look.logotype
    assert (look.logotype.kind, look.logotype.alt) == ("svg", "Vapen")
    assert [f.family for f in look.fonts] == ["Source Sans 3"]
    assert look.word
    assert swedish.settings.cover == (("validity", "Gäller"), ("case_number", ""))


def test_a_poor_template_is_used_but_told(folder: Path) -> None:
    found = read(folder, '[utseende]\nword_mall = "fattig.dotx"')
    assert found.settings.look.word
    (finding,) = found.findings
    assert "Rubrik 3" in catalogue("sv").message("X24", finding.variant, finding.params)
    assert finding.severity.name == "WARNING"


def test_the_finding_is_shown_by_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(folder, '[utseende.färger]\naccent = "#e07b39"')
    assert main(["check", str(folder)]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "Färgen #e07b39 ger kontrasten 2,6:1 mot #eef2f5" in said
    assert "vaaldplan.toml:2:1" in said.replace(" ", "")


def test_a_font_that_may_not_be_embedded_is_refused(folder: Path) -> None:
    data = bytearray((folder / "vanlig.otf").read_bytes())
    from vaaldplan.look import fonts

    at = fonts._table(bytes(data), b"OS/2") + 8
    data[at : at + 2] = b"\x00\x02"
    (folder / "vanlig.otf").write_bytes(data)
    assert said(read(folder, '[utseende]\ntypsnitt = "vanlig.otf"')) == ["X23.licence 2"]
