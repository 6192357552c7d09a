"""The objects of a PDF as the typesetter writes it, read and written again: enough to change some and add others.

A PDF is read by the table of places at its end, as the typesetter's library writes it. It is written with its objects
packed, but for streams, which stay as they are: tags of a long list take a fifth of the room so.
"""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import accumulate
from struct import Struct
from zlib import compress, decompress

PACKED = 400
"""Objects in one packed stream."""
FAST = 1
"""How hard zlib tries: to try as hard as is usual takes three times as long and saves a tenth of the file."""
ENTRY = Struct(">BIH")
"""Of the table of places: kind, where, and which one there."""
FREE, PLAIN, WITHIN = range(3)
STREAM = re.compile(rb"\A(<<.*?>>)\s*stream\r?\n(.*)\r?\nendstream\Z", re.DOTALL)
IN_STRING = re.compile(rb"\\([0-7]{1,3}|[^89])|([()])|([^()\\]+)", re.DOTALL)
"""An escape, a bracket (which stands for itself within others), or what stands as it is."""
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class UnknownFormError(Exception):
    """The PDF is not built as it is known here."""


def one(pattern: bytes, body: bytes) -> bytes:
    """What the pattern's group holds."""
    if found := re.search(pattern, body, re.DOTALL):
        return found[1]
    raise UnknownFormError(pattern)


def reference(body: bytes, name: bytes) -> int:
    """The number of the object that an entry of a dictionary refers to."""
    return int(one(rb"/%s (\d+) 0 R" % name, body))


def references(body: bytes) -> list[int]:
    """The numbers of all objects that are referred to, in their order."""
    return list(map(int, re.findall(rb"(\d+) 0 R", body)))


def unpacked(body: bytes) -> bytes:
    """What a stream holds."""
    found = STREAM.match(body)
    if found is None or b"/FlateDecode" not in found[1]:
        raise UnknownFormError(b"stream")
    return decompress(found[2])


def packed(data: bytes, more: bytes = b"") -> bytes:
    """A stream of the data; more: further entries of its dictionary."""
    small = compress(data, FAST)
    return b"<<%s/Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (more, len(small), small)


def shown(text: bytes) -> bytes:
    """The strings that a text operator shows, without the shifts between them."""
    found, depth = bytearray(), 0
    for escaped, bracket, plain in IN_STRING.findall(text):
        depth -= bracket == b")"
        if depth > 0:
            found += (bytes([int(escaped, 8)]) if escaped[:1].isdigit() else ESCAPES.get(escaped, escaped)) + bracket + plain
        depth += bracket == b"("
    return bytes(found)


def string_of(codes: bytes) -> str:
    """The codes as they stand between a string's brackets, a sign a byte."""
    return re.sub(r"[()\\\r]", lambda found: "\\r" if found[0] == "\r" else "\\" + found[0], codes.decode("latin-1"))


class PdfFile:
    """A PDF's objects by number, each without its frame."""

    def __init__(self, data: bytes) -> None:
        table = int(one(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", data))
        head = re.compile(rb"xref\s+0 (\d+)\s+").match(data, table)
        if head is None:
            raise UnknownFormError(b"xref")
        count = int(head[1])
        entries = data[head.end() : head.end() + 20 * count].split(b"\n")
        places = sorted((int(entry[:10]), number) for number, entry in enumerate(entries[:count]) if entry[17:18] == b"n")
        self.head = data[: places[0][0]]
        self.trailer = one(rb"trailer\s*<<(.*)>>\s*startxref", data[table:])
        self.objects: dict[int, bytes] = {}
        for (start, number), end in zip(places, [*(place for place, _ in places[1:]), table], strict=True):
            self.objects[number] = one(rb"\A%d 0 obj\s(.*?)\sendobj\s*\Z" % number, data[start:end])
        self.next = count

    def add(self, body: bytes) -> int:
        """The number of a new object."""
        self.objects[self.next] = body
        self.next += 1
        return self.next - 1

    def extend(self, bodies: list[bytes]) -> None:
        """Adds objects; the first has the number `next`."""
        self.objects.update(enumerate(bodies, self.next))
        self.next += len(bodies)

    def stream(self, number: int) -> bytes:
        """What the stream of that number holds."""
        return unpacked(self.objects[number])

    def written(self) -> bytes:
        """The file. The second part of its name for itself (ID) is told by what it holds."""
        plain = {number: body for number, body in self.objects.items() if not body.endswith(b"endstream")}
        places: dict[int, tuple[int, int, int]] = {}
        every = list(plain.items())
        for some in (every[at : at + PACKED] for at in range(0, len(every), PACKED)):
            holder = self.next
            self.next += 1
            bodies = [body for _, body in some]
            starts = [0, *accumulate(len(body) + 1 for body in bodies)]
            index = b" ".join([b"%d %d" % (number, start) for (number, _), start in zip(some, starts, strict=False)])
            more = b"/Type/ObjStm/N %d/First %d" % (len(some), len(index) + 1)
            self.objects[holder] = packed(index + b"\n" + b"\n".join(bodies), more)
            places |= {number: (WITHIN, holder, at) for at, (number, _) in enumerate(some)}
        parts, length = [self.head], len(self.head)
        for number, body in self.objects.items():
            if number not in places:
                places[number] = (PLAIN, length, 0)
                parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
                length += len(parts[-1])
        return b"".join([*parts, self._end(places, length, sha256(b"".join(parts)).hexdigest()[:32])])

    def _end(self, places: dict[int, tuple[int, int, int]], length: int, name: str) -> bytes:
        """The table of places and where it stands."""
        number = self.next
        places[number] = (PLAIN, length, 0)
        kept = b"".join(re.findall(rb"/(?:Root|Info) \d+ 0 R", self.trailer))
        about = b"/Type/XRef/Size %d%s/ID[<%s><%s>]/W[1 4 2]" % (number + 1, kept, name.encode(), name.encode())
        table = b"".join([ENTRY.pack(*places.get(each, (FREE, 0, 65_535))) for each in range(number + 1)])
        return b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, packed(table, about), length)
