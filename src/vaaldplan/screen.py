"""How wide the terminal is."""

import os
import sys

USUAL = 80


def columns() -> int:
    """The number of columns, found as ``shutil`` does, whose import costs more than many commands."""
    try:
        wanted = int(os.environ.get("COLUMNS", ""))
    except ValueError:
        wanted = 0
    if wanted > 0:
        return wanted
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or USUAL  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return USUAL
