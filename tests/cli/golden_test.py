"""Holds whole outputs of the program against golden files.

testdata/golden/cases.txt names the cases. Each is run in testdata/, and its golden file NAME.golden has the command,
the exit code, standard output and standard error; of commands that write files, which are run in a copy, also what
became of these. A golden file without a case is a failure, as is a case without
one. With SCPCHECK_UPDATE_GOLDEN=1 in the environment the golden files are rewritten instead: read the difference
before you commit it.

Usage: golden_test.py SCPCHECK TESTDATA_DIRECTORY
"""

import concurrent.futures
import difflib
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HOW_TO_UPDATE = """\
If the new outputs are right, take them over with
  SCPCHECK_UPDATE_GOLDEN=1 ctest --preset dev -R golden
and read the difference before you commit it."""


class Case:
    def __init__(self, name, mark):
        self.name = name
        self.flags_only = mark == "flags"
        self.writes_files = mark == "files"
        self.arguments = []
        self.stdin = ""

    def command(self):
        return shlex.join(["scpcheck", *self.arguments]) + (f" < {shlex.quote(self.stdin)}" if self.stdin else "")


def read_cases(path):
    """`NAME:`, `NAME (flags):` or `NAME (files):` starts a case; indented below it are its arguments as a shell would
    split them, at their end perhaps `< FILE`."""
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        head = re.fullmatch(r"([a-z0-9-]+)(?: \((flags|files)\))?:", line)
        if head:
            cases.append(Case(head[1], head[2]))
        elif line.startswith(" ") and cases:
            cases[-1].arguments += shlex.split(line)
        elif line and not line.startswith("#"):
            sys.exit(f"{path}:{number}: expected `NAME:` or indented arguments")
    for case in cases:
        if case.arguments[-2:-1] == ["<"]:
            case.stdin = case.arguments[-1]
            del case.arguments[-2:]
    names = [case.name for case in cases]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        sys.exit(f"{path}: stands twice: {', '.join(twice)}")
    return cases


def release_of(scpcheck):
    """What a release and a renewed catalogue change in every document, with the word that stands for it."""
    text = subprocess.run([scpcheck, "--version"], stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout
    match = re.fullmatch(r"scpcheck (\d+\.\d+\.\d+)\naction catalogue of (\d{4}-\d\d-\d\d) \((.+)\)\n", text)
    if not match:
        sys.exit(f"--version prints what this test does not understand:\n{text}")
    version, date, source = map(re.escape, match.groups())
    return [
        (rf"^scpcheck {version}$", "scpcheck <version>"),
        (rf'("version": "){version}"', r'\1<version>"'),
        (rf'("catalogueDate": "|catalogue of ){date}', r"\1<date>"),
        (rf'("catalogueSource": "|<date>, |<date> \(){source}', r"\1<source>"),
        # The actions that a pattern stands for, in a baseline.
        (r'^(        "[\w*:?-]+": \[\n)(?:          "[\w:-]+",?\n)+', r"\1          <actions>\n"),
        (r"^# \d+ of \d+ rules run", "# <some> of <all> rules run"),
    ]


def flags_in(text):
    """The options and subcommands that a text of CLI11's names, one a line: how it words and lays out the rest differs
    from release to release."""
    return "".join(f"{name}\n" for name in re.findall(r"(?<![\w-])--[a-z][a-z-]*|(?<=^  )[a-z]+\b", text, re.MULTILINE))


def visible(text):
    """Control characters as the pictures that Unicode has of them, so that the golden files are plain text. Escapes
    would look like those that the program writes."""
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f]",
                  lambda match: "\u2421" if match.group() == "\x7f" else chr(0x2400 + ord(match.group())), text)


def section(title, text):
    if text and not text.endswith("\n"):
        text += "\n(no line break at the end)\n"
    return f"== {title}\n{text}" if text else ""


def contents(directory):
    return {path.relative_to(directory).as_posix(): path.read_bytes().decode("utf-8")
            for path in sorted(directory.rglob("*")) if path.is_file()}


def changes(before, after):
    """What became of files, given as texts by their names: the whole of new ones, the lines that differ of others."""
    text = ""
    for name in sorted({*before, *after}):
        if name not in before:
            text += section(f"new: {name}", visible(after[name]))
        elif name not in after:
            text += f"== removed: {name}\n"
        elif before[name] != after[name]:
            lines = difflib.unified_diff(before[name].split("\n"), after[name].split("\n"), lineterm="", n=0)
            text += section(f"changed: {name}", visible("".join(f"{line}\n" for line in list(lines)[2:])))
    return text


def run(scpcheck, case, testdata, release):
    if not case.writes_files:
        return run_in(scpcheck, case, testdata, release)
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder, "testdata")
        shutil.copytree(testdata / "policies", copy / "policies")
        before = contents(copy)
        text = run_in(scpcheck, case, copy, release)
        written = changes(before, contents(copy))
        for pattern, word in release:
            written = re.sub(pattern, word, written, flags=re.MULTILINE)
        return text + (written or "== no file has changed\n")


def run_in(scpcheck, case, testdata, release):
    with open(testdata / case.stdin if case.stdin else os.devnull, "rb") as stdin:
        done = subprocess.run([scpcheck, *case.arguments], cwd=testdata, stdin=stdin, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=120)
    streams = []
    for raw in (done.stdout, done.stderr):
        text = visible(raw.decode("utf-8", errors="backslashreplace"))
        for pattern, word in release:
            text = re.sub(pattern, word, text, flags=re.MULTILINE)
        streams.append(flags_in(text) if case.flags_only else text)
    return (f"$ {case.command()}\nexit code {done.returncode}\n" + section("standard output", streams[0]) +
            section("standard error", streams[1]))


def main():
    scpcheck, testdata = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    golden = testdata / "golden"
    cases = read_cases(golden / "cases.txt")
    update = os.environ.get("SCPCHECK_UPDATE_GOLDEN") == "1"
    if update and os.environ.get("CI"):
        sys.exit("SCPCHECK_UPDATE_GOLDEN is for people who read the difference, not for CI")
    release = release_of(scpcheck)

    failures = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = list(pool.map(lambda case: run(scpcheck, case, testdata, release), cases))
    for case, actual in zip(cases, answers):
        path = golden / f"{case.name}.golden"
        expected = path.read_text(encoding="utf-8") if path.exists() else ""
        if actual == expected:
            continue
        if update:
            path.write_text(actual, encoding="utf-8")
            print(f"updated {path}")
            continue
        failures += 1
        name = f"testdata/golden/{path.name}"
        print(f"FAILED: {case.name}" + ("" if path.exists() else f": there is no {name}"))
        print("\n".join(difflib.unified_diff(expected.splitlines(), actual.splitlines(), name, "now", lineterm="")))

    for path in sorted({*golden.glob("*.golden")} - {golden / f"{case.name}.golden" for case in cases}):
        if update:
            path.unlink()
            print(f"removed {path}")
        else:
            failures += 1
            print(f"FAILED: testdata/golden/{path.name} belongs to no case of testdata/golden/cases.txt")
    if failures:
        print(f"\n{failures} failures among {len(cases)} cases. {HOW_TO_UPDATE}")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
