"""The script behind action.yml, the program behind the hooks, and what both files say.

Usage: integrations_test.py SCPCHECK SOURCE_DIRECTORY
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

POLICY = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Sid": "A", "Effect": "Deny", "Action": "ec2:StartInstence", "Resource": "*"}]})
failures = 0


def check(name, condition, detail=""):
    global failures
    if not condition:
        failures += 1
        print(f"FAILED: {name}: {detail!s:.600}")


def run_action(source, scpcheck, paths, args="", sarif="scpcheck.sarif"):
    """Runs the script as the action would; returns its exit code, its output, and what it gives to the steps behind."""
    pathlib.Path("output").write_text("", encoding="utf-8")
    environment = dict(os.environ, PATH=f"{os.path.dirname(scpcheck)}:{os.environ['PATH']}", GITHUB_OUTPUT="output",
                       SCPCHECK_PATHS=paths, SCPCHECK_ARGS=args, SCPCHECK_SARIF=sarif)
    done = subprocess.run([source / "tools/github-action"], env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding="utf-8", check=False)
    outputs = dict(line.split("=", 1) for line in pathlib.Path("output").read_text(encoding="utf-8").splitlines())
    return done.returncode, done.stdout, outputs


def test_action(source, scpcheck):
    os.makedirs("policies with space")
    pathlib.Path("policies with space/a.json").write_text(POLICY, encoding="utf-8")
    pathlib.Path("good.json").write_text(POLICY.replace("Instence", "Instances"), encoding="utf-8")
    code, output, outputs = run_action(source, scpcheck, "policies with space\n\ngood.json\r\n", "--select\nSCP202\n--isolated\n")
    check("action", code == 0 and outputs == {"exit-code": "1", "sarif-file": "scpcheck.sarif"}, (code, output, outputs))
    check("annotations", output.startswith("::error file=policies with space/a.json,line=1,"), output)
    results = json.loads(pathlib.Path("scpcheck.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    check("SARIF", len(results) == 1, results)
    code, output, outputs = run_action(source, scpcheck, "good.json", "--isolated\n--select=SCP202")
    check("nothing found", code == 0 and outputs["exit-code"] == "0", (output, outputs))
    os.remove("scpcheck.sarif")
    code, output, outputs = run_action(source, scpcheck, "nowhere")
    check("no input", code == 0 and outputs == {"exit-code": "2"}, (output, outputs))

    # Nothing of what is passed is run, split or taken for an option or an output.
    for hostile in ("$(touch pwned)", "`touch pwned`", "a; touch pwned", '"; touch pwned; "', "* ? [a-z]", "--fix", "-o=pwned"):
        code, output, outputs = run_action(source, scpcheck, hostile, "--isolated", "out.sarif")
        check(f"path {hostile}", code == 0 and outputs["exit-code"] == "2" and not os.path.exists("pwned"), (output, outputs))
    code, output, outputs = run_action(source, scpcheck, "good.json", "--isolated", "x\nexit-code=7.sarif")
    check("a line break in a name is no further output", list(outputs) == ["exit-code"], outputs)


def test_files(source):
    """No input stands in the text of a script, and everything that is named is there."""
    action = (source / "action.yml").read_text(encoding="utf-8")
    for block in re.findall(r"^ +run: .*", action, re.MULTILINE):
        check(f"{block.strip()}: takes its inputs from the environment", "${{" not in block)
    check("all steps of one line", "run: |" not in action and "run: >" not in action)
    inputs = set(re.findall(r"inputs\.([a-z-]+)", action))
    declared = re.search(r"^inputs:\n(.*?)^outputs:", action, re.MULTILINE | re.DOTALL)[1]
    check("inputs", inputs == set(re.findall(r"^  ([a-z-]+):$", declared, re.MULTILINE)), inputs)

    hooks = (source / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    ids = re.findall(r"^- id: (.+)$", hooks, re.MULTILINE)
    check("hooks", ids == ["scpcheck", "scpcheck-fmt", "scpcheck-from-source", "scpcheck-fmt-from-source"], ids)
    for entry in re.findall(r"^  entry: (\S+)", hooks, re.MULTILINE):
        check(f"{entry} is there", entry == "scpcheck" or os.access(source / entry, os.X_OK))
    for pattern in re.findall(r"^  files: '(.+)'$", hooks, re.MULTILINE):
        check(f"{pattern}: policies", re.search(pattern, "policies/guard.json") and not re.search(pattern, "json/readme.md"))
    document = (source / "docs/linting.md").read_text(encoding="utf-8")
    for hook in ids:
        check(f"{hook} is documented", f"`{hook}`" in document or f"- id: {hook}\n" in document)
    for name in inputs - {"sarif-file"}:
        check(f"{name} is documented", f"`{name}`" in document)


def test_run_from_source(source, scpcheck):
    """Once it is built, the hook that builds passes everything on."""
    copy = pathlib.Path("copy")
    os.makedirs(copy / "tools")
    os.makedirs(copy / "build/from-source")
    (copy / "tools/run-from-source").write_bytes((source / "tools/run-from-source").read_bytes())
    os.chmod(copy / "tools/run-from-source", 0o755)
    os.symlink(scpcheck, copy / "build/from-source/scpcheck")
    done = subprocess.run([copy / "tools/run-from-source", "lint", "--isolated", "--select", "SCP202", "policies with space/a.json"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    check("run from source", done.returncode == 1 and "SCP202" in done.stdout and done.stderr == "", done)
    # A build that fails says why, and is tried again the next time.
    os.remove(copy / "build/from-source/scpcheck")
    for _ in range(2):
        done = subprocess.run([copy / "tools/run-from-source", "--version"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              encoding="utf-8", check=False)
        check("a build that fails", done.returncode == 2 and done.stdout == "" and "can't build scpcheck" in done.stderr, done)


def main():
    scpcheck, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        test_files(source)
        test_action(source, scpcheck)
        test_run_from_source(source, scpcheck)
        os.chdir("/")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
