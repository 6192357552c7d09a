"""One contender's turn in a process of its own: a warm-up, some calls, and what they cost, as JSON on the last line."""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.contenders import Call, Data, load
from tests.bench.workloads import Kind


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked of the process; warm: folder of the data for the warm-up (None: the same)."""

    contender: str
    households: str
    members: str
    out: str
    kind: str = Kind.PLAIN
    cores: int = 1
    calls: int = 3
    alone: bool = True
    warm: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians over the calls in seconds, and the peak memory in MiB before the evaluation alone."""

    cpu_s: float
    wall_s: float
    peak_mib: float
    alone_cpu_s: float | None = None


def processor_seconds() -> float:
    """User and system time of this process so far, all threads."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peak_mib() -> float:
    """The most memory this process has held; pages of files it has mapped count too."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("the system does not tell VmHWM")


def timed(call: Call, calls: int) -> tuple[float, float]:
    """Medians of processor and wall seconds."""
    cpus, walls = [], []
    for _ in range(calls):
        wall, cpu = time.perf_counter(), processor_seconds()
        call()
        walls.append(time.perf_counter() - wall)
        cpus.append(processor_seconds() - cpu)
    return statistics.median(cpus), statistics.median(walls)


def take(job: Job) -> Cost:
    """Measures."""
    contender, out = load(job.contender), Path(job.out)
    data = Data(Path(job.households), Path(job.members), Kind(job.kind), job.cores)
    first = Data(Path(job.warm[0]), Path(job.warm[1]), data.kind, job.cores) if job.warm else data
    contender.whole(first, out)()
    call = contender.whole(data, out)
    cpu, wall = timed(call, job.calls)
    peak = peak_mib()
    if not job.alone:
        return Cost(cpu, wall, peak)
    contender.alone(first)()
    decide = contender.alone(data)
    if not job.warm:
        decide()
    return Cost(cpu, wall, peak, timed(decide, job.calls)[0])


if __name__ == "__main__":
    print(json.dumps(asdict(take(Job(**json.loads(sys.argv[1]))))))
