"""Installs the build tree, builds examples/can_account_call against what was installed, and runs it."""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

EXPECTED = """\
Shared Services: allowed, managementAccount
Dev: allowed, allowedAtEveryLevel
Integration: allowed, allowedAtEveryLevel
UAT: allowed, allowedAtEveryLevel
Sandbox: denied, implicitDeny
Production: denied, explicitDeny by KeepData
Prototype: denied, explicitDeny by NothingAnyMore
"""

INSTALLED = [
    "bin/scpcheck",
    "include/scpcheck/engine.h",
    "share/doc/scpcheck/LICENSE",
    "share/doc/scpcheck/NOTICE",
    "share/doc/scpcheck/README.md",
    "share/scpcheck/collect-organization",
]


def run(*command):
    print("+", *command, flush=True)
    finished = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if finished.returncode != 0:
        sys.exit(f"{finished.stdout}\nexit code {finished.returncode}")
    return finished.stdout


def main():
    parser = argparse.ArgumentParser()
    for name in ("cmake", "build-dir", "source-dir", "compiler", "launcher", "build-type", "flags"):
        parser.add_argument("--" + name, required=True)
    args = parser.parse_args()

    source = pathlib.Path(args.source_dir)
    scratch = pathlib.Path(args.build_dir) / "tests" / "package" / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    prefix = scratch / "prefix"
    run(args.cmake, "--install", args.build_dir, "--prefix", str(prefix))
    missing = [name for name in INSTALLED if not (prefix / name).exists()]
    if missing:
        sys.exit("not installed: " + ", ".join(missing))
    run(str(prefix / "bin" / "scpcheck"), "--version")

    example = scratch / "example"
    run(args.cmake, "-S", str(source / "examples" / "can_account_call"), "-B", str(example), "-G", "Ninja",
        f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={args.compiler}",
        f"-DCMAKE_CXX_COMPILER_LAUNCHER={args.launcher}", f"-DCMAKE_BUILD_TYPE={args.build_type}",
        f"-DCMAKE_CXX_FLAGS={args.flags}")
    run(args.cmake, "--build", str(example))
    organization = os.path.join(source, "testdata", "orgs", "stages", "organization.json")
    answers = run(str(example / "can_account_call"), organization, "rds:DeleteDBInstance", "eu-central-1")
    if answers != EXPECTED:
        sys.exit(f"the example answers:\n{answers}\nexpected was:\n{EXPECTED}")


if __name__ == "__main__":
    main()
