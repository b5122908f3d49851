"""What can be wrong with a file as such: every code and variant that ``source`` can report, and what its words need."""

from vaaldplan.finding import Finding, Path, Severity, Span

VARIANTS: dict[str, dict[str, tuple[str, ...]]] = {
    "S01": {"empty": (), "binary": ("kind",), "binary-unknown": (), "not-mapping": ()},
    "S02": {"utf-16": (), "windows-1252": ("line", "sample"), "other": ("line", "byte")},
    "S03": {
        "tab": ("count",),
        "tab-after": (),
        "colon": ("suggestion",),
        "colon-lines": (),
        "colon-space": ("suggestion",),
        "no-colon": (),
        "indent": (),
        "dash": ("suggestion",),
        "quote": ("sign",),
        "after-quote": ("suggestion",),
        "after-quote-lines": (),
        "smart-quote": ("suggestion",),
        "escape": (),
        "bracket": ("sign", "closing"),
        "comma": (),
        "start": ("sign", "suggestion"),
        "block-start": ("sign",),
        "nbsp": ("count",),
        "linebreak": ("sign",),
        "control": ("sign",),
        "other": ("detail",),
    },
    "S04": {"": ("key", "first")},
    "S09": {"anchor": ("name",), "alias": ("name",), "tag": ("name",), "merge": (), "documents": (), "key": ()},
    "S10": {
        "size": ("limit",),
        "depth": ("limit",),
        "files": ("limit",),
        "nodes": ("limit",),
        "entries": ("limit",),
        "findings": ("limit",),
        "papers": ("limit",),
        "output": ("limit",),
    },
    "S11": {
        "missing": ("file",),
        "outside": ("file",),
        "not-file": ("file",),
        "unreadable": ("file",),
        "empty": ("file",),
        "key": ("key",),
        "extra-key": ("key", "other"),
        "not-list": ("key",),
        "nested": ("key",),
        "twice": ("file",),
        "form": ("key",),
    },
}
"""Code → variant → the names of the parameters its words can use."""


def fault(code: str, variant: str, span: Span, path: Path = (), **params: str | int) -> Finding:
    """A finding of ``source``: an error, except a tab after a value, which does no harm here.

    Raises:
        KeyError: the variant is not in ``VARIANTS`` or its parameters are others than stated there.
    """
    if set(VARIANTS[code][variant]) != set(params):
        raise KeyError(code, variant, *params)
    severity = Severity.WARNING if variant == "tab-after" else Severity.ERROR
    return Finding(code, severity, path, dict(params), variant, span=span)
