#!/usr/bin/env python3
"""Measures the product against its goals and prints a table.

    bench/run.py --build build/bench --work DIR --sizes S,M,L [--only P1,P9] [--actions FILE] [--reference PROGRAM]

DIR gets the workloads, a folder for each size, unless they are there already. What each goal means, and why it is
a ratio, is in bench/README.md; P7, P8 and P10 are measured elsewhere.
"""

import argparse
import itertools
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
from collections import Counter

from compare import CommandFailed, find_launcher, format_seconds, median, median_ratio, run_rounds

SHARE_OF_SIMDJSON = {"S": 0.60, "M": 0.50, "L": 0.35}  # P1
START_OVER_EMPTY = {"S": 0.0015, "M": 0.003, "L": 0.020}  # P9, seconds
PEAK_MB = {"batch": 48, "can": 10}  # P11
LINT_OVER_EMPTY = 0.005  # P12, seconds
LINT_RATE = 2000  # P12, policies a second
JQ_LINES = 50_000


class Bench:
    def __init__(self, options):
        self.rounds = options.rounds
        self.sizes = options.sizes.split(",")
        self.work = pathlib.Path(options.work)
        self.policies = pathlib.Path(options.policies)
        self.reference = options.reference
        self.reference_lines = options.reference_lines
        build = pathlib.Path(options.build)
        self.tools = build / "bench" if (build / "bench" / "make_workload").is_file() else build
        self.launcher = find_launcher(build)
        self.product = options.product or first_file(build / "scpcheck", build / "src" / "cli" / "scpcheck")
        for size in [*self.sizes, "worst"]:
            self.make_workload(size, options.actions)

    def make_workload(self, size, actions):
        folder = self.work / size
        if (folder / "requests.jsonl").is_file():
            return
        if not actions:
            sys.exit(f"{folder}: no workload there; name a file of actions with --actions to make it")
        subprocess.run([self.tool("make_workload"), "--size", size, "--seed", "1", "--out", folder, "--actions", actions],
                       check=True, stdout=sys.stderr)

    def tool(self, name):
        return str(self.tools / name)

    def org(self, size):
        return str(self.work / size / "organization.json")

    def requests(self, size):
        return str(self.work / size / "requests.jsonl")

    def first_requests(self, size, count):
        """A file of the first requests, made when it is not there; of all for 0."""
        if count == 0:
            return self.requests(size)
        path = self.work / size / f"requests-{count}.jsonl"
        if not path.is_file():
            with open(self.requests(size), encoding="utf-8") as source, open(path, "w", encoding="utf-8") as target:
                for _, line in zip(range(count), source):
                    target.write(line)
        return str(path)

    def count_requests(self, path):
        with open(path, "rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))

    def batch(self, size, requests=None, jobs=1):
        return [self.product, "batch", "--org", self.org(size), requests or self.requests(size), "--jobs", str(jobs)]

    def can(self, size):
        """The question of the first request that names everything."""
        with open(self.requests(size), encoding="utf-8") as file:
            request = next(r for r in map(json.loads, file) if "resource" in r and "principal" in r)
        command = [self.product, "can", "--org", self.org(size), "--complete-context"]
        for field in ("account", "action", "resource", "principal"):
            command += [f"--{field}", request[field]]
        return command

    def simdjson(self, size, jobs=1):
        return [self.tool("simdjson_extract"), "--jobs", str(jobs), self.requests(size)]

    def compare(self, *commands):
        return run_rounds(commands, self.rounds, self.launcher)


def first_file(*paths):
    for path in paths:
        if path.is_file():
            return str(path)
    return None


def verdict(met):
    return "met" if met else "**not met**"


# Each goal below yields rows of (id, goal, measured).


def p1(bench):
    for size in bench.sizes:
        product, yardstick = bench.compare(bench.batch(size), bench.simdjson(size))
        share = median_ratio(yardstick, product)
        count = bench.count_requests(bench.requests(size))
        yield (f"P1 {size}", f"{SHARE_OF_SIMDJSON[size]:.2f} of simdjson's rate",
               f"{share:.2f}, {count / median(product) / 1e6:.2f} M/s against {count / median(yardstick) / 1e6:.2f} M/s; "
               + verdict(share >= SHARE_OF_SIMDJSON[size]))


def p2(bench):
    if "M" in bench.sizes:
        product, dom = bench.compare(bench.batch("M"), [bench.tool("nlohmann_dom"), bench.requests("M")])
        ratio = median_ratio(dom, product)
        yield "P2", "10x as fast as nlohmann's DOM parses", f"{ratio:.1f}x; {verdict(ratio >= 10)}"


def p3(bench):
    if "M" not in bench.sizes:
        return
    if shutil.which("jq") is None:
        yield "P3", "25x jq", "not measured: no jq"
        return
    # jq needs minutes for a million lines. The rates are of different numbers of lines, each large enough that
    # starting does not count.
    few = bench.first_requests("M", JQ_LINES)
    product, jq = bench.compare(bench.batch("M"), ["jq", "-c", "{account, action, resource}", few])
    ratio = median_ratio(jq, product) * bench.count_requests(bench.requests("M")) / bench.count_requests(few)
    yield "P3", "25x jq projecting three fields", f"{ratio:.1f}x; {verdict(ratio >= 25)}"


def p4(bench):
    if "M" in bench.sizes and (os.cpu_count() or 1) >= 2:
        one, two, yardstick_one, yardstick_two = bench.compare(
            bench.batch("M"), bench.batch("M", jobs=2), bench.simdjson("M"), bench.simdjson("M", jobs=2))
        scaling = [a.seconds / b.seconds for a, b in zip(one, two)]
        yardstick = [a.seconds / b.seconds for a, b in zip(yardstick_one, yardstick_two)]
        ratio = sorted(a / b for a, b in zip(scaling, yardstick))[len(scaling) // 2]
        yield ("P4", "0.92 of simdjson's scaling to two threads",
               f"{ratio:.2f} ({sorted(scaling)[len(scaling) // 2]:.2f}x against "
               f"{sorted(yardstick)[len(yardstick) // 2]:.2f}x); {verdict(ratio >= 0.92)}")


def p5(bench):
    (product,) = bench.compare(bench.batch("worst"))
    rate = bench.count_requests(bench.requests("worst")) / median(product)
    yield "P5", "worst kind: 0.5 M decisions/s", f"{rate / 1e6:.2f} M/s; {verdict(rate >= 0.5e6)}"


def p6(bench):
    if "L" in bench.sizes:
        product, dom = bench.compare(bench.can("L"), [bench.tool("nlohmann_dom"), "--file", bench.org("L")])
        ratio = median_ratio(product, dom)
        yield ("P6", "load and compile L in 0.4 of nlohmann's DOM time",
               f"{ratio:.2f} ({format_seconds(median(product))} against {format_seconds(median(dom))}); "
               + verdict(ratio <= 0.4))


def p9(bench):
    empty_command = [bench.tool("empty_static")]
    for size in bench.sizes:
        product, empty = bench.compare(bench.can(size), empty_command)
        over = sorted(a.seconds - b.seconds for a, b in zip(product, empty))[len(empty) // 2]
        yield (f"P9 {size}", f"`can`: an empty static binary + {format_seconds(START_OVER_EMPTY[size])}",
               f"+ {format_seconds(over)} to {format_seconds(median(empty))}; {verdict(over <= START_OVER_EMPTY[size])}")
    for arguments in (["--version"],):
        product, empty = bench.compare([bench.product, *arguments], empty_command)
        ratio = median_ratio(product, empty)
        yield f"P9 {arguments[0]}", "1.3x an empty static binary", f"{ratio:.2f}x; {verdict(ratio <= 1.3)}"


def p11(bench):
    peak_mb = lambda samples: median(samples, lambda sample: sample.peak_kb) / 1024
    if "L" in bench.sizes:
        part = bench.first_requests("L", bench.count_requests(bench.requests("L")) // 10)
        whole, tenth = bench.compare(bench.batch("L"), bench.batch("L", part))
        yield ("P11 batch", f"L: {PEAK_MB['batch']} MB, flat over any input length",
               f"{peak_mb(whole):.1f} MB, a tenth of the lines {peak_mb(tenth):.1f} MB; "
               + verdict(peak_mb(whole) <= PEAK_MB["batch"] and peak_mb(whole) <= 1.1 * peak_mb(tenth)))
    if "M" in bench.sizes:
        (product,) = bench.compare(bench.can("M"))
        yield ("P11 can", f"M: {PEAK_MB['can']} MB", f"{peak_mb(product):.1f} MB; "
               + verdict(peak_mb(product) <= PEAK_MB["can"]))


def p12(bench):
    lint = [bench.product, "lint", "--isolated", "--exit-zero", "--jobs", "1"]
    every_rule = [*lint, "--select", "SCP"]
    folder = [*every_rule, str(bench.policies)]
    report = subprocess.run([*folder, "--format", "json"], capture_output=True, text=True, check=True)
    count = json.loads(report.stdout)["summary"]["files"]
    staged = sorted(bench.policies.rglob("*.json"), key=lambda file: file.stat().st_size)
    staged = [*lint, str(staged[len(staged) // 2])]
    one, all_of_them, empty = bench.compare(staged, folder, [bench.tool("empty_static")])
    over = sorted(a.seconds - b.seconds for a, b in zip(one, empty))[len(empty) // 2]
    yield ("P12 one file", f"`lint` of one file: an empty static binary + {format_seconds(LINT_OVER_EMPTY)}",
           f"+ {format_seconds(over)} to {format_seconds(median(empty))}; {verdict(over <= LINT_OVER_EMPTY)}")
    rate = count / median(all_of_them, lambda sample: sample.cpu_seconds)
    yield ("P12 all", f"{LINT_RATE:,} policies/s a core with every rule on",
           f"{rate:,.0f} policies/s, {count} files; {verdict(rate >= LINT_RATE)}")


def answers(command):
    """What a command answers to each line of requests, as members of the decision."""
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            answer = json.loads(line)
            if "error" in answer:
                is_open = answer["error"].startswith("undecided")
                answer = {"decision": "undecided" if is_open else "error"}
            yield answer
        code = process.wait()
    if code not in (0, 1):
        raise CommandFailed(f"{shlex.join(command)}: exit status {code}")


def agree(ours, theirs):
    """The reference gives a reason, and the place that goes with it, only where it is sure of them."""
    members = ("decision", "reason", "node", "policy", "statement", "sid") if "reason" in theirs else ("decision",)
    return all(ours.get(member) == theirs.get(member) for member in members)


def p13(bench):
    """The reference is a program that takes --org ORG REQUESTS and writes decisions as `batch` does."""
    for size in [*bench.sizes, "worst"]:
        requests = bench.first_requests(size, bench.reference_lines)
        found = Counter()
        different = certain = left_open = 0
        ours = answers(bench.batch(size, requests))
        theirs = ()
        if bench.reference:
            theirs = answers([*shlex.split(bench.reference), "--org", bench.org(size), requests])
        # Both write a line for each request; a missing one agrees with nothing.
        for mine, other in itertools.zip_longest(ours, theirs, fillvalue={}):
            decision = mine.get("decision", "missing")
            found[decision] += 1
            certain += "reason" in other
            # The engine may settle what the reference leaves open: it compares patterns as sets.
            if other.get("decision") == "undecided" and decision in ("allowed", "denied"):
                left_open += 1
            elif not agree(mine, other):
                different += 1
        shown = ", ".join(f"{name} {count:,}" for name, count in sorted(found.items()))
        if bench.reference:
            shown += (f"; {different:,} differ, {left_open:,} left open by the reference, of {certain:,} the place "
                      f"compared too; {verdict(different == 0)}")
        else:
            shown += "; not compared: no --reference"
        yield f"P13 {size}", "every decision as the reference evaluator's", shown


GOALS = {"P1": p1, "P2": p2, "P3": p3, "P4": p4, "P5": p5, "P6": p6, "P9": p9, "P11": p11, "P12": p12, "P13": p13}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--build", default="build/bench", help="build folder of the preset bench")
    parser.add_argument("--work", required=True, help="folder of the workloads")
    parser.add_argument("--sizes", default="S,M,L")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--only", default=",".join(GOALS), help="goals, such as P1,P9")
    parser.add_argument("--actions", help="file of action names to make workloads from")
    parser.add_argument("--product", help="the program to measure, if not the build folder's")
    parser.add_argument("--policies", default=str(pathlib.Path(__file__).parent.parent / "testdata" / "policies"),
                        help="folder of policies to lint, for P12")
    parser.add_argument("--reference", help="command of the reference evaluator, for P13")
    parser.add_argument("--reference-lines", type=int, default=20_000, metavar="N",
                        help="how many requests of each workload P13 compares; 0 for all")
    options = parser.parse_args()
    bench = Bench(options)
    if bench.product is None:
        sys.exit(f"{options.build}: no scpcheck there")
    failed = False
    print("| id | goal | measured |\n|---|---|---|", flush=True)
    for name in options.only.split(","):
        try:
            for row in GOALS[name](bench):
                print(f"| {' | '.join(row)} |", flush=True)
        except CommandFailed as error:
            print(f"| {name} | | failed |", flush=True)
            print(error, file=sys.stderr)
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
