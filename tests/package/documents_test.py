"""Runs the commands that the documents show, and compares their output with what is printed there.

In a fenced block marked `console` a line that starts with `$ ` is a command, which may go on after a `\\` at the
end of a line; what follows is its output, standard output and error together. A line `...` stands for any
lines. `$ echo $?` tells the exit code of the command before it. Commands run one after another in the top
directory of a copy of testdata/, with scpcheck in PATH. Links to files are followed as well.

Usage: documents_test.py SCPCHECK SOURCE_DIRECTORY
"""

import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def console_blocks(text):
    """Yields (line, [(command, output lines)]) for each console block."""
    lines = text.splitlines()
    i = 0
    while i < len(lines):
        if lines[i].strip() != "```console":
            i += 1
            continue
        start = i + 1
        steps = []
        i += 1
        while lines[i].strip() != "```":
            if lines[i].startswith("$ "):
                command = lines[i][2:]
                while command.endswith("\\"):
                    i += 1
                    command = command[:-1] + lines[i]
                steps.append((command, []))
            else:
                steps[-1][1].append(lines[i])
            i += 1
        yield start, steps
        i += 1


def matches(expected, actual):
    """Whether the lines are equal, `...` standing for any lines."""
    pattern = "".join(r"(?:.*\n)*" if line == "..." else re.escape(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in actual)) is not None


def check_commands(document, scpcheck, directory):
    environment = dict(os.environ, PATH=f"{pathlib.Path(scpcheck).parent}:{os.environ['PATH']}")
    failures = 0
    exit_code = 0
    for line, steps in console_blocks(document.read_text(encoding="utf-8")):
        for command, expected in steps:
            if command == "echo $?":
                actual = [str(exit_code)]
            else:
                finished = subprocess.run(["sh", "-c", command], cwd=directory, env=environment, text=True,
                                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
                exit_code = finished.returncode
                actual = finished.stdout.splitlines()
            if not matches(expected, actual):
                failures += 1
                print(f"{document}:{line}: $ {command}")
                print("\n".join(difflib.unified_diff(expected, actual, "document", "command", lineterm="")))
    return failures


def check_links(document):
    failures = 0
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        if "://" not in target and not (document.parent / target).exists():
            failures += 1
            print(f"{document}: there is no {target} to link to")
    return failures


def main():
    scpcheck, source = sys.argv[1], pathlib.Path(sys.argv[2])
    documents = sorted([*source.glob("*.md"), *source.glob("docs/*.md"), *source.glob("*/README.md"),
                        *source.glob("testdata/orgs/*/README.md")])
    failures = 0
    with tempfile.TemporaryDirectory() as directory:
        shutil.copytree(source / "testdata", pathlib.Path(directory) / "testdata")
        for document in documents:
            failures += check_links(document) + check_commands(document, scpcheck, directory)
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
