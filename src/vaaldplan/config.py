"""The municipality's own settings: ``vaaldplan.toml`` beside the plan. Every key has a Swedish and an English name."""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from vaaldplan.errors import Exit, VaaldplanError

FILE = "vaaldplan.toml"


class Settings(NamedTuple):
    """What a command uses when no option says otherwise; empty where the file says nothing."""

    output: str = ""
    """The folder of the built documents, relative to the plan's."""
    formats: tuple[str, ...] = ()
    fail_on: str = ""
    """From which severity ``check`` fails: ``error``, ``warning`` or ``advice``."""


_NAMES = {
    "mapp": "output", "output": "output", "format": "formats", "formats": "formats",
    "misslyckas_vid": "fail_on", "fail_on": "fail_on",
}  # fmt: skip


def read(folder: Path) -> Settings:
    """Read the settings of a plan's folder; a folder without the file has none.

    Raises:
        VaaldplanError: the file is not TOML, has a key or a value that does not exist, or names a folder outside.
    """
    path = folder / FILE
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise VaaldplanError("settings-unreadable", Exit.FINDINGS, path=str(path), detail=str(error)) from error
    found: dict[str, Any] = {}
    for key, value in data.items():
        if key not in _NAMES:
            raise VaaldplanError("settings-key", Exit.FINDINGS, path=str(path), setting=key, allowed=", ".join(_NAMES))
        name = _NAMES[key]
        texts = value if isinstance(value, list) else [value]
        if not all(isinstance(t, str) and t for t in texts) or (name != "formats" and len(texts) != 1):
            raise VaaldplanError("settings-value", Exit.FINDINGS, path=str(path), setting=key)
        if name == "output" and (Path(texts[0]).is_absolute() or ".." in Path(texts[0]).parts):
            raise VaaldplanError("settings-outside", Exit.FINDINGS, path=str(path), setting=key)
        found[name] = tuple(texts) if name == "formats" else texts[0]
    return Settings(**found)
