#!/usr/bin/env python3
"""Runs commands in turn and compares what they take.

    bench/compare.py --rounds 11 "command A" "command B" ...

The commands run one after the other in each round, so that whatever else the machine does meets all of them, and
a ratio is the median of the ratios of the rounds, not the ratio of the medians. Their stdout goes to /dev/null.
The first round warms caches up and does not count.

With --launcher PATH (bench/yardstick/measure.cc, found by itself in --build DIR) the commands are started by a
small static program. Without it, Linux counts this interpreter's memory into the peak of what it starts: peaks
below some 15 MB are then not to be seen.
"""

import argparse
import os
import pathlib
import shlex
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

# 0, 1 and 3 are decisions and findings; everything else is a command that did not do its work.
GOOD_STATUSES = (0, 1, 3)


@dataclass
class Sample:
    seconds: float
    cpu_seconds: float
    peak_kb: int
    faults: int


class CommandFailed(Exception):
    pass


def run_once(arguments, launcher=None):
    """Runs a command (a list of arguments) once; its stderr is shown when it fails."""
    if launcher:
        done = subprocess.run([str(launcher), os.devnull, *arguments], capture_output=True, text=True, check=False)
        fields = done.stdout.split()
        status = int(fields[4]) if done.returncode == 0 and len(fields) == 5 else None
        if status not in GOOD_STATUSES:
            raise CommandFailed(f"{shlex.join(arguments)}: exit status {status}\n{done.stderr}")
        return Sample(int(fields[0]) / 1e9, int(fields[1]) / 1e6, int(fields[2]), int(fields[3]))
    program = shutil.which(arguments[0])
    if program is None:
        raise CommandFailed(f"{arguments[0]}: no such program")
    start = time.perf_counter()
    child = os.posix_spawn(program, arguments, os.environ,
                           file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in GOOD_STATUSES:
        raise CommandFailed(f"{shlex.join(arguments)}: exit status {code}")
    return Sample(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, usage.ru_minflt)


def run_rounds(commands, rounds, launcher=None):
    """A list of samples for each command; samples with the same index are of the same round."""
    samples = [[] for _ in commands]
    for round_number in range(rounds + 1):
        for command, into in zip(commands, samples):
            sample = run_once(command, launcher)
            if round_number > 0:
                into.append(sample)
    return samples


def median(samples, of=lambda sample: sample.seconds):
    return statistics.median(of(sample) for sample in samples)


def median_ratio(numerators, denominators, of=lambda sample: sample.seconds):
    return statistics.median(of(a) / of(b) for a, b in zip(numerators, denominators))


def find_launcher(build):
    for path in (pathlib.Path(build) / "bench" / "measure", pathlib.Path(build) / "measure"):
        if path.is_file():
            return path
    return None


def format_seconds(seconds):
    return f"{seconds * 1e3:.2f} ms" if seconds < 1 else f"{seconds:.3f} s"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--launcher", help="the program `measure`")
    parser.add_argument("--build", default="build/bench", help="build folder to look for `measure` in")
    parser.add_argument("commands", nargs="+", metavar="COMMAND")
    options = parser.parse_args()
    launcher = options.launcher or find_launcher(options.build)
    try:
        results = run_rounds([shlex.split(command) for command in options.commands], options.rounds, launcher)
    except CommandFailed as error:
        print(error, file=sys.stderr)
        return 2
    rows = [("", "median", "fastest", "A / this", "CPU", "peak MB", "faults")]
    for index, samples in enumerate(results):
        rows.append((chr(ord("A") + index), format_seconds(median(samples)),
                     format_seconds(min(sample.seconds for sample in samples)),
                     f"{median_ratio(results[0], samples):.3f}",
                     format_seconds(median(samples, lambda sample: sample.cpu_seconds)),
                     f"{median(samples, lambda sample: sample.peak_kb) / 1024:.1f}",
                     f"{median(samples, lambda sample: sample.faults):.0f}"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths)))
    for index, command in enumerate(options.commands):
        print(f"{chr(ord('A') + index)}: {command}")
    if not launcher:
        print("without `measure`: peaks below that of this interpreter are not to be seen")
    return 0


if __name__ == "__main__":
    sys.exit(main())
