"""`decide`: families decided one by one with their whole reasoning, by a program that keeps some connections."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import Any

from tests.load.bounds import Measured, waits
from tests.load.people import Person
from tests.load.served import Served
from tests.load.wire import Line

LEAST, MOST = 300.0, 60.0
CONNECTIONS = 8
WARM_SECONDS = 2.0
YES_NO_OPEN = ("ya", "tidak", None)


def family(number: int) -> dict[str, Any]:
    """A made-up family: in turns with and without a register's answer, with one to six members."""
    members = [
        {
            "nik": f"7501014107{85 + each:02}9{(number + each) % 1000:03}",
            "status_dukcapil": "aktif",
            "pegawai_negara": "tidak",
        }
        for each in range(1 + number % 6)
    ]
    return {
        "program": "jps_food_aid",
        "on": "2020-10-16",
        "family": {
            "kk": f"7501010101209{number % 1000:03}",
            "alamat": "75.01.01",
            "terdaftar_dtks": YES_NO_OPEN[number % 3],
            "menerima_pkh": YES_NO_OPEN[number // 3 % 3],
        },
        "members": members,
    }


async def decided(served: Served, person: Person, seconds: float, paced: float = 0.0) -> list[Measured]:
    """How many a second, and how long each took. paced: seconds that each connection rests between two requests."""
    took: list[float] = []
    wrong: list[int] = []
    began = perf_counter() + WARM_SECONDS
    until = began + seconds

    async def ask(place: int) -> None:
        number = place
        async with Line(served.host, served.port, person.as_program) as line:
            while perf_counter() < until:
                number += CONNECTIONS
                answer = await line.post_json("/api/v1/decide", family(number))
                if answer.status != 200 or len(answer.content) < 500:
                    wrong.append(answer.status)
                if perf_counter() - answer.seconds >= began:
                    took.append(answer.seconds)
                if paced:
                    await asyncio.sleep(paced)

    await asyncio.gather(*(ask(place) for place in range(CONNECTIONS)))
    rate = Measured("decide with trace", len(took) / (perf_counter() - began), "a second", least=LEAST)
    return [rate, *waits("decide", took, {0.99: MOST}), Measured("decide, errors", len(wrong), "", 0)]
