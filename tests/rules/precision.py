"""Measures the rules that judge text on sentences that were not used while they were written.

``python tests/rules/precision.py`` prints the figures and writes ``src/vaaldplan/texts/precision.toml``. The first
measurement of a set stands for good; when a rule has changed since, the new figures stand beside it as ``later``: they
are from sentences that had been seen by then. Every rule was mended after its first set, and has a second one that
nobody had seen.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

from vaaldplan.facts import Facts
from vaaldplan.rules import placeholders, plain, secrecy, statutes, verbs

SETS = {"first": Path(__file__).parent / "sentences", "second": Path(__file__).parent / "sentences/second"}
FIGURES = Path(__file__).parents[2] / "src/vaaldplan/texts/precision.toml"
NEEDED = 0.95
"""What cannot reach this precision is advice, for false alarms are worse than silence."""
Z = 1.96
"""Intervals of 95 per cent."""


class Judge(NamedTuple):
    """A rule's function from a text to the kinds of what it found, and the kinds that are only advice."""

    kinds: Callable[[str], list[str]]
    advice: frozenset[str] = frozenset()
    only_advice: bool = False
    """Nothing it finds in sentences is more than advice; what it finds is counted all the same."""


def _of(find: Callable[[str], Iterable[Any]]) -> Callable[[str], list[str]]:
    return lambda text: [found.kind for found in find(text)]


LAWS = Facts().laws
JUDGES = {
    "A09": Judge(_of(placeholders.placeholders), placeholders.ADVICE),
    "B05": Judge(lambda text: ["law" for _ in statutes.repealed(text, LAWS)], only_advice=True),
    "C10": Judge(_of(secrecy.revealing), secrecy.ADVICE),
    "E05": Judge(_of(verbs.vague), verbs.ADVICE),
    "M05": Judge(_of(plain.heavy), plain.ADVICE),
}


class Measured(NamedTuple):
    """What a rule did with the sentences."""

    wrong: int
    right: int
    caught: int
    """Wrong sentences with a finding that is more than advice."""
    alarms: int
    """Right sentences with such a finding: false alarms."""
    kinds: dict[str, tuple[int, int]]
    """Kind of the rule's own → wrong and right sentences with it, advice too."""

    @property
    def precision(self) -> tuple[float, float, float]:
        """The share of findings that are right, with its interval."""
        return wilson(self.caught, self.caught + self.alarms)

    @property
    def recall(self) -> tuple[float, float, float]:
        """The share of wrong sentences that are found, with its interval."""
        return wilson(self.caught, self.wrong)

    def row(self) -> dict[str, Any]:
        """The figures as they are kept."""
        return {
            "wrong": self.wrong,
            "right": self.right,
            "caught": self.caught,
            "alarms": self.alarms,
            "precision": [round(n, 3) for n in self.precision],
            "recall": [round(n, 3) for n in self.recall],
            "kinds": {kind: list(pair) for kind, pair in sorted(self.kinds.items())},
        }


def wilson(hits: int, of: int) -> tuple[float, float, float]:
    """A share, and the lower and upper end of its Wilson interval."""
    if not of:
        return 0.0, 0.0, 1.0
    share = hits / of
    middle = share + Z * Z / (2 * of)
    reach = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    return share, max(0.0, (middle - reach) / (1 + Z * Z / of)), min(1.0, (middle + reach) / (1 + Z * Z / of))


def sets(code: str) -> list[str]:
    """The sets of sentences a rule has, in the order they were written."""
    return [name for name, folder in SETS.items() if (folder / f"{code}.toml").exists()]


def sentences(code: str, name: str) -> tuple[list[str], list[str]]:
    """The wrong and the right sentences of a rule, in one of the ``SETS``."""
    data = tomllib.loads((SETS[name] / f"{code}.toml").read_text("utf-8"))
    return [row["text"] for row in data["wrong"]], [row["text"] for row in data["right"]]


def measure(code: str, name: str) -> Measured:
    """Let a rule judge a set of its sentences."""
    judge = JUDGES[code]
    wrong, right = ([set(judge.kinds(text)) for text in texts] for texts in sentences(code, name))
    in_wrong, in_right = (Counter(kind for kinds in found for kind in kinds) for found in (wrong, right))
    caught, alarms = (sum(bool(kinds - judge.advice) for kinds in found) for found in (wrong, right))
    kinds = {kind: (in_wrong[kind], in_right[kind]) for kind in in_wrong | in_right}
    return Measured(len(wrong), len(right), caught, alarms, kinds)


def kept() -> dict[str, dict[str, Any]]:
    """The figures kept so far, by rule: ``first``, perhaps ``second``, and ``first_later`` and ``second_later``."""
    return tomllib.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}


def figures(row: dict[str, Any]) -> dict[str, Any]:
    """A kept row without its date."""
    return {key: value for key, value in row.items() if key != "measured"}


def updated(today: date) -> dict[str, dict[str, Any]]:
    """The kept figures with those of a fresh run."""
    found = kept()
    for code in sorted(JUDGES):
        rows = found.setdefault(code, {})
        for name in sets(code):
            row, later = measure(code, name).row(), f"{name}_later"
            if name not in rows:
                rows[name] = {"measured": today} | row
            elif row == figures(rows[name]):
                rows.pop(later, None)
            elif later not in rows or row != figures(rows[later]):
                rows[later] = {"measured": today} | row
    return found


HEAD = """\
# How sure the rules on text are. Written by tests/rules/precision.py; do not edit.
# first: on sentences nobody had looked at while writing the rule. second: on others, which nobody had looked at when the
# rule had been mended after the first. first_later, second_later: the rule has been mended since by its principle, after
# the sentences had been seen. The last of first and second says what a rule may be: error, warning or only advice.
# precision and recall: the share, then the lower and upper end of its 95 per cent interval (Wilson).
# caught: wrong sentences with an error or a warning; alarms: right sentences with one.
# kinds: the rule's own kinds of finding, advice too, with the number of wrong and of right sentences that have it.
"""


def written(found: dict[str, dict[str, Any]]) -> str:
    """The figures as TOML."""
    lines = [HEAD]
    for code, rows in found.items():
        for name, row in rows.items():
            lines.append(f"[{code}.{name}]")
            for key, value in row.items():
                if key == "kinds":
                    value = "{" + ", ".join(f"{kind} = {pair}" for kind, pair in value.items()) + "}"
                lines.append(f"{key} = {value}")
            lines.append("")
    return "\n".join(lines)


def table(found: dict[str, dict[str, Any]]) -> str:
    """The figures as a table for people."""
    lines = [f"{'':17}{'wrong':>6}{'right':>6}{'caught':>7}{'alarms':>7}  {'precision':22}{'recall':22}"]
    for code, rows in found.items():
        for name, row in rows.items():
            shares = ["{:.1%} ({:.1%}–{:.1%})".format(*row[key]) for key in ("precision", "recall")]
            counts = f"{row['wrong']:6}{row['right']:6}{row['caught']:7}{row['alarms']:7}"
            lines.append(f"{code + ' ' + name:17}{counts}  {shares[0]:22}{shares[1]:22}")
            for kind, (wrong, right) in row["kinds"].items():
                lines.append(f"    {kind:23}{wrong:13}{right:7}  {wilson(wrong, wrong + right)[0]:.1%}")
    return "\n".join(lines)


if __name__ == "__main__":
    result = updated(date.today())
    FIGURES.write_text(written(result), "utf-8")
    sys.stdout.write(table(result) + "\n")
