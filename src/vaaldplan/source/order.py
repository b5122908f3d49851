"""The entries of a mapping in another order, each with the comments above it."""


def in_order(lines: list[str], begins: list[int], ranks: list[int | None], column: int) -> list[str]:
    """The lines from the first entry on, the entries sorted by rank; those without a rank last, as they stand.

    Args:
        lines: lines that end with the mapping.
        begins: where each entry begins, with the comments above it.
        ranks: the rank of each.
        column: where the mapping's keys begin.
    """
    lines = lines[:]
    first = begins[0]
    lead = lines[first][:column]
    if lead.strip():  # the first entry stands after a dash
        lines[first] = " " * column + lines[first][column:]
    chunks = [lines[a:b] for a, b in zip(begins, [*begins[1:], len(lines)], strict=True)]
    order = sorted(range(len(chunks)), key=lambda i: (ranks[i] is None, ranks[i] or 0))
    entries = [line for i in order for line in chunks[i]]
    while not entries[0]:
        del entries[0]
    if lead.strip():
        at = next(i for i, line in enumerate(entries) if not line.lstrip().startswith("#"))
        indent = len(lead) - len(lead.lstrip())
        entries[:at] = [" " * indent + line.lstrip() for line in entries[:at]]  # comments stand above the dash
        entries[at] = lead + entries[at][column:]
    return entries
