"""Edits of plain data in memory: a path, and what is to stand there."""

from typing import Any

TAKEN = object()
"""In place of a value: take the key or the entry away."""


def found(value: Any, step: str | int) -> str | int:
    """Where a step leads: a key, a number, or the id (else actor) of an entry of a list."""
    if isinstance(value, list) and isinstance(step, str):
        return next(i for i, entry in enumerate(value) if step in (entry.get("id"), entry.get("aktör")))
    return step


def replaced(value: Any, path: tuple[str | int, ...], by: Any) -> Any:
    """A copy of the value with something else at a path; what is there may be replaced by what a function makes of it.

    Raises:
        KeyError: there is nothing to take away at the path.
    """
    if not path:
        return by(value) if callable(by) else by
    step: Any = found(value, path[0])
    changed: Any = dict(value) if isinstance(value, dict) else list(value)
    if len(path) == 1 and by is TAKEN:
        del changed[step]
    else:
        below = value.get(step) if isinstance(value, dict) else value[step]
        changed[step] = replaced(below, path[1:], by)
    return changed
