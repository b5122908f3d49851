"""The objects of a PDF that Typst has written, as text: read, and packed into a smaller file.

Typst writes each object by itself and in plain text, and where each begins. What is to be changed in them is changed
as text in a few milliseconds; a library for PDF files of every kind would take longer to load than Typst to set pages.
"""

import re
import zlib
from functools import cache
from itertools import accumulate, count, pairwise

_TEXT = re.compile(rb"<([0-9A-F]*)>|\(([^()\\]*)(\)?)")
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_HEAD = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
LEVEL = 5
"""How hard the objects are packed: the usual 6 takes twice as long, for half a percent of the file."""
TOGETHER = 500
"""How many objects are packed together."""


class Objects(dict[int, bytes]):
    """The objects by their number, without the lines around each, and what the file ends with."""

    def __init__(self, data: bytes) -> None:
        table = data[int(data[data.rindex(b"startxref") + 9 :].split()[0]) :]
        places, _, self.trailer = table.partition(b"trailer\n<<")
        _, _, _, *told = places.split()  # a word and two numbers, then for each object where it is, an age and a kind
        where = zip(map(int, told[::3]), told[2::3], strict=True)
        starts = sorted([(start, number) for number, (start, kind) in enumerate(where) if kind == b"n"])
        for (start, number), (end, _) in pairwise([*starts, (len(data) - len(table), 0)]):
            self[number] = data[data.index(b"obj\n", start) + 4 : data.rindex(b"\nendobj", start, end)]
        self.root = int(_ROOT.search(self.trailer)[1])  # type: ignore[index]

    def packed(self) -> bytes:
        """The file with all but the streams packed together, as PDF allows since version 1.5."""
        out = [_HEAD]
        size = len(_HEAD)
        last = max(self)
        rows = {}  # where each is: a byte for the kind of place, four and two for the numbers that say which

        def put(number: int, body: bytes) -> None:
            nonlocal size
            rows[number] = 1 << 48 | size << 16
            out.append(b"%d 0 obj\n%b\nendobj\n\n" % (number, body))
            size += len(out[-1])

        loose = []
        for number, body in self.items():
            if body.endswith(b"\nendstream"):
                put(number, body)
            else:
                loose.append(number)
        for first in range(0, len(loose), TOGETHER):
            last += 1
            some = loose[first : first + TOGETHER]
            bodies = [self[number] for number in some]
            places = accumulate([len(body) + 1 for body in bodies], initial=0)
            head = " ".join(map("{} {}".format, some, places)).encode() + b"\n"
            rows.update(zip(some, count(2 << 48 | last << 16)))
            keys = b"/Type/ObjStm/N %d/First %d" % (len(some), len(head))
            put(last, _stream(keys, head + b"\n".join(bodies)))
        last += 1
        rows[last] = 1 << 48 | size << 16
        nowhere = 0xFFFF
        table = b"".join([rows.get(number, nowhere).to_bytes(7, "big") for number in range(last + 1)])
        known = self.trailer[self.trailer.index(b"/Root") : self.trailer.index(b">>")]
        start = size
        put(last, _stream(b"/Type/XRef/Size %d/W[1 4 2]%b" % (last + 1, known), table))
        return b"".join((*out, b"startxref\n%d\n%%%%EOF\n" % start))


def _stream(keys: bytes, data: bytes) -> bytes:
    """A stream in compressed form."""
    small = zlib.compress(data, LEVEL)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (keys, len(small), small)


def raw(body: bytes, start: int) -> tuple[bytes, int]:
    """The bytes of the string that begins at a place, and where it ends."""
    found = _TEXT.match(body, start)
    assert found
    if found[1] is not None:
        return bytes.fromhex(found[1].decode()), found.end()
    if found[3]:
        return found[2], found.end()
    depth = 1
    end = found.end()
    while depth:
        sign = body[end : end + 1]
        depth += (sign == b"(") - (sign == b")")
        end += 2 if sign == b"\\" else 1
    return _ESCAPED.sub(_unescaped, body[start + 1 : end - 1]), end


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8)]) if len(sign) == 3 else _NAMED.get(sign, sign)


@cache
def written(words: str) -> bytes:
    """Words as a string of a PDF."""
    if words.isascii() and words.isprintable() and not set(words) & set("()\\"):
        return b"(%b)" % words.encode()
    return b"<FEFF%b>" % words.encode("utf-16-be").hex().upper().encode()


def text(body: bytes, key: bytes) -> str:
    """The text that directly follows a key; empty when there is none."""
    at = body.find(key)
    if at < 0:
        return ""
    data, _ = raw(body, at + len(key))
    return data.decode("utf-16") if data[:2] == b"\xfe\xff" else data.decode("latin-1")
