"""Answers the questions of an example organization, from its JSON and its YAML form, and compares.

Usage: example_organization_test.py SCPCHECK DIRECTORY
"""

import difflib
import pathlib
import subprocess
import sys


def main():
    scpcheck, directory = sys.argv[1], pathlib.Path(sys.argv[2])
    expected = (directory / "decisions.jsonl").read_text(encoding="utf-8")
    failed = False
    for name in ("organization.json", "organization.yaml"):
        command = [scpcheck, "batch", "--org", str(directory / name), str(directory / "requests.jsonl")]
        batch = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        if batch.returncode != 0 or batch.stdout != expected:
            failed = True
            print(f"{name}: exit code {batch.returncode}")
            print("\n".join(difflib.unified_diff(expected.splitlines(), batch.stdout.splitlines(),
                                                 "decisions.jsonl", name, lineterm="")))
    sys.exit(failed)


if __name__ == "__main__":
    main()
