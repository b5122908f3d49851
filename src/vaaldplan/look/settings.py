"""Reads the tables ``[utseende]`` and ``[omslag]`` of ``vaaldplan.toml``."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from . import COVER, Font, Logotype, Look, WordTemplate, colours, fonts, word
from . import logotype as pictures
from .colours import WHITE
from .fault import Fault, FaultError

COLOURS = {
    "accent": "accent", "andra": "accent2", "tredje": "accent3", "text": "ink", "dämpad": "muted", "ljus": "pale",
    "länk": "link", "status": "status",
}  # fmt: skip
"""What a colour is for, in Swedish and by its name in ``look.toml``."""

MOST_FONTS = 4
_ASCII = str.maketrans("åäö", "aao")
_PALE = "#eef2f5"
_INK = "#1a1a1a"
"""What the usual look has, when only one of the two is the municipality's own."""


def _named(names: Mapping[str, str]) -> dict[str, str]:
    """Every spelling of some names."""
    spelled = [(key, english) for name, english in names.items() for key in (name, name.translate(_ASCII), english)]
    return dict(spelled)


def look(table: Any, folder: Path, key: str) -> tuple[Look, list[Fault]]:
    """Read the table of the look.

    Args:
        table: what ``vaaldplan.toml`` holds.
        folder: the plan's folder; no file outside it is read.
        key: what the table is called there.
    """
    reader = _Reader(folder, key)
    if not isinstance(table, dict):
        reader.fault("X03", "table", (), allowed="")
        return Look(), reader.faults
    return reader.read(table), reader.faults


class _Reader:
    def __init__(self, folder: Path, key: str) -> None:
        self.folder = folder
        self.key = key
        self.faults: list[Fault] = []

    def fault(self, code: str, variant: str, key: tuple[str, ...], **params: Any) -> None:
        shown = key[-1] if key else self.key
        self.faults.append(Fault(code, variant, (self.key, *key), {"key": shown, **params}))

    def read(self, table: dict[str, Any]) -> Look:
        names = {"färger": "colours", "logotyp": "logotype", "logotyp_alt": "logotype_alt", "typsnitt": "fonts",
                 "word_mall": "word_template"}  # fmt: skip
        spelled = _named(names)
        given: dict[str, tuple[str, Any]] = {}
        for key, value in table.items():
            if key in spelled:
                given[spelled[key]] = (key, value)
            else:
                self.fault("X02", "", (key,), allowed=", ".join(names))
        found = Look()
        if "colours" in given:
            found = found._replace(colours=tuple(self._colours(*given["colours"]).items()))
        if "logotype" in given:
            alt = self._text(*given.get("logotype_alt", ("", "")))
            found = found._replace(logotype=self._logotype(*given["logotype"], alt))
        if "fonts" in given:
            found = found._replace(fonts=tuple(self._fonts(*given["fonts"])))
        if "word_template" in given:
            found = found._replace(word=self._word(*given["word_template"]))
        return found

    def _text(self, key: str, value: Any) -> str:
        if isinstance(value, str):
            return "".join(sign for sign in " ".join(value.split()) if sign.isprintable())
        self.fault("X03", "text", (key,), allowed="")
        return ""

    # ------------------------------------------------------------ colours

    def _colours(self, key: str, table: Any) -> dict[str, str]:
        if not isinstance(table, dict):
            self.fault("X03", "table", (key,), allowed="")
            return {}
        spelled = _named(COLOURS)
        found: dict[str, str] = {}
        written: dict[str, str] = {}
        for name, value in table.items():
            if name not in spelled:
                self.fault("X03", "choice", (key, name), allowed=", ".join(COLOURS))
                continue
            try:
                found[spelled[name]] = colours.colour(value if isinstance(value, str) else "")
                written[spelled[name]] = name
            except ValueError:
                self.fault("X21", "colour", (key, name))
        pale = found.get("pale", _PALE)
        grounds: dict[str, tuple[str, ...]] = dict.fromkeys(("ink", "muted", "link", "accent"), (WHITE, pale))
        grounds |= dict.fromkeys(("accent2", "accent3", "status"), (WHITE,))
        grounds["pale"] = (found.get("ink", _INK),)
        kept = {}
        for name in [n for n in grounds if n in found]:
            if weak := colours.weak(found[name], *grounds[name]):
                self.fault(
                    "X21", "", (key, written[name]),
                    colour=found[name], ratio=weak.ratio, against=weak.against, suggestion=weak.better,
                )  # fmt: skip
            else:
                kept[name] = found[name]
        return kept

    # ------------------------------------------------------------ files

    def _file(self, code: str, key: str, value: Any, largest: int) -> bytes | None:
        """The contents of a file in the plan's folder; one byte more than the largest is enough to tell."""
        if not isinstance(value, str) or not value.strip():
            self.fault("X03", "text", (key,), allowed="")
            return None
        place = Path(value.strip().replace("\\", "/"))
        outside = place.is_absolute() or ".." in place.parts or ":" in value
        try:
            file = (self.folder / place).resolve()
            if outside or not file.is_relative_to(self.folder.resolve()):
                self.fault(code, "outside", (key,), file=value)
                return None
            if not file.is_file():
                self.fault(code, "missing", (key,), file=value)
                return None
            with file.open("rb") as opened:
                return opened.read(largest + 1)
        except (OSError, ValueError, RuntimeError):  # a name that no system takes, a link that leads to itself
            self.fault(code, "missing", (key,), file=value)
            return None

    def _read(self, code: str, key: str, value: Any, largest: int, read: Callable[[bytes], Any]) -> Any:
        data = self._file(code, key, value, largest)
        if data is None:
            return None
        try:
            return read(data)
        except FaultError as wrong:
            self.fault(code, wrong.variant, (key,), file=value, **wrong.params)
            return None

    def _logotype(self, key: str, value: Any, alt: str) -> Logotype | None:
        made: Logotype | None = self._read(
            "X22", key, value, pictures.LARGEST, lambda data: pictures.logotype(data, alt)
        )
        return made

    def _fonts(self, key: str, value: Any) -> Iterator[Font]:
        files = value if isinstance(value, list) else [value]
        if not files or len(files) > MOST_FONTS:
            self.fault("X23", "many", (key,), most=MOST_FONTS)
            return
        found = [f for f in (self._read("X23", key, file, fonts.LARGEST, fonts.font) for file in files) if f]
        if len(found) < len(files):
            return
        if len({f.family for f in found}) > 1:
            self.fault("X23", "families", (key,), families=", ".join(sorted({f.family for f in found})))
            return
        yield from found

    def _word(self, key: str, value: Any) -> WordTemplate | None:
        made: WordTemplate | None = self._read("X24", key, value, word.LARGEST, word.template)
        if made is None:
            return None
        for lack in word.lacks(made):
            self.faults.append(
                Fault("X24", lack.variant, (self.key, key), {"key": key, "file": value, **lack.params}, lack.severity)
            )
        return made if made.usable else None


def cover(value: Any, key: str) -> tuple[tuple[tuple[str, str], ...], list[Fault]]:
    """Read the rows of the cover's table: a list of names, or a table with a label for each.

    Returns:
        The rows in order, each with its own label or an empty one for the usual, and what is wrong.
    """
    spelled = _named(COVER)
    pairs = (
        [(name, True) for name in value]
        if isinstance(value, list)
        else value.items()
        if isinstance(value, dict)
        else None
    )
    if pairs is None:
        return (), [Fault("X03", "table", (key,), {"key": key, "allowed": ""})]
    rows: dict[str, str] = {}
    faults = []
    for name, label in pairs:
        where = (key, name) if isinstance(value, dict) else (key,)
        if not isinstance(name, str) or name not in spelled:
            faults.append(Fault("X03", "choice", where, {"key": str(name), "allowed": ", ".join(COVER)}))
        elif label is True or (isinstance(label, str) and label.strip()):
            rows[spelled[name]] = "" if label is True else " ".join(label.split())
        else:
            faults.append(Fault("X03", "text", where, {"key": name, "allowed": ""}))
    return tuple(rows.items()), faults
