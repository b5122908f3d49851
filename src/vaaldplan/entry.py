"""The console script: what asks for no work is answered without importing what costs, the rest goes to ``cli``.

Without this file ``vaaldplan.cli:main`` does the same, only slower; a test holds the two together.
"""

import os
import sys

from vaaldplan import screen

WIDTH = 80
"""The help is kept as it stands on a terminal of so many columns; wider ones show the same."""


def main() -> int:
    """Run the command line."""
    text = answer(sys.argv[1:])
    if text:
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        sys.stdout.write(text)
        return 0
    import gc

    if sys.argv[1:2] in (["check"], ["build"]) and "--watch" not in sys.argv:
        gc.disable()  # it makes many objects and hardly any garbage that refers to itself
    else:
        gc.set_threshold(250_000, 20, 100)
    from vaaldplan.cli import main

    code = main()
    if sys.gettrace() is None and "coverage" not in sys.modules:
        sys.stderr.flush()
        os._exit(code)  # what is left is memory, and taking it apart piece by piece takes time
    return code


def answer(arguments: list[str]) -> str:
    """What ``--version`` and ``--help`` say; empty for anything else."""
    if arguments == ["--version"]:
        from vaaldplan import __version__

        return f"vaaldplan {__version__}\n"
    if arguments not in ([], ["--help"]) or screen.columns() < WIDTH:
        return ""
    lang = "en" if os.environ.get("VAALDPLAN_LANG", "")[:2].lower() == "en" else "sv"
    with open(os.path.join(os.path.dirname(__file__), "texts", lang, "help.txt"), encoding="utf-8") as file:  # noqa: PTH118, PTH120, PTH123
        return file.read()
