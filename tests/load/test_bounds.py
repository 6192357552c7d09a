"""The load test tells the truth: shares of waits, bounds that are missed, bytes as they come over the wire."""

from __future__ import annotations

import asyncio
import gzip
import math

from tests.apart import run_apart
from tests.load.bounds import Measured, share, table, waits
from tests.load.wire import Line

PAGE = b"<p>" + b"beban " * 200


def test_shares_are_of_all_that_was_measured() -> None:
    seconds = [each / 100 for each in range(1, 101)]
    assert [share(seconds, part) for part in (0.5, 0.95, 0.99, 1.0)] == [0.5, 0.95, 0.99, 1.0]
    assert share([0.2], 0.5) == 0.2 and math.isnan(share([], 0.5))


def test_a_bound_that_is_missed_is_told() -> None:
    assert Measured("x", 200, "ms", most=200).held and not Measured("x", 200.1, "ms", most=200).held
    assert Measured("x", 300, "a second", least=300).held and not Measured("x", 299, "a second", least=300).held
    assert Measured("x", 1e9, "MiB").held and not Measured("x", math.nan, "ms").held
    late = waits("pages", [0.1, 0.3], {0.95: 200.0})
    assert [each.held for each in late] == [True, False, True, True]
    assert "| NO " in table(late)


def test_bytes_are_counted_as_they_come() -> None:
    packed = gzip.compress(PAGE)
    whole = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(
        packed
    )
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    framing = b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)

    async def asked() -> None:
        answers = iter((whole + packed, head + framing))

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            for each in answers:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(each)
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        async with server, Line("127.0.0.1", server.sockets[0].getsockname()[1]) as line:
            one, two = await line.get("/"), await line.get("/")
        assert (one.wire, one.text, one.is_page) == (len(whole) + len(packed), PAGE.decode(), True)
        assert (two.wire, two.content, two.is_page) == (len(head) + len(framing), PAGE, False)

    run_apart(asked())
