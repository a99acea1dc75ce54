"""What `lint`, `baseline` and `fmt` do to files, and with files that are out of the ordinary.

Usage: lint_command_test.py SCPCHECK
"""

import gzip
import json
import os
import pathlib
import resource
import stat
import subprocess
import sys
import tempfile

# One safe fix (the case of a name), one unsafe one (its spelling), and a Sid that stands twice.
POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Same", "Effect": "Deny", "Action": ["EC2:RunInstances", "ec2:StartInstence"], "Resource": "*"},
    {"Sid": "Same", "Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}
  ]
}
"""
SAFELY_MENDED = POLICY.replace("EC2:", "ec2:")
MENDED = SAFELY_MENDED.replace("Instence", "Instances")
RULES = ["--select", "SCP202,SCP206"]


class Checker:
    def __init__(self, scpcheck):
        self.scpcheck = os.path.abspath(scpcheck)
        self.failures = 0

    def check(self, name, condition, detail=""):
        if not condition:
            self.failures += 1
            print(f"FAILED: {name}: {detail!s:.600}")

    def run(self, *arguments, stdin=b"", timeout=60, **options):
        return subprocess.run([self.scpcheck, *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=timeout, **options)

    def expect(self, name, exit_code, *arguments, stdout=None, stderr=None, **options):
        """Runs a command, whose output is to hold the texts given."""
        done = self.run(*arguments, **options)
        out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        self.check(f"{name}: exit code {done.returncode}", done.returncode == exit_code, err or out)
        for text, stream in ((stdout, out), (stderr, err)):
            if text is not None:
                self.check(name, text in stream if text else not stream, stream)
        return out, err


def write(path, text=POLICY):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(path):
    return pathlib.Path(path).read_bytes().decode()


def test_finding_files(checker):
    write("found/a.json")
    write("found/.hidden/b.json")
    write("found/node_modules/c.json")
    write("found/deep/d.jsonc")
    write("found/deep/e.txt")
    write("found/package.json", '{"name": "x"}')
    out, err = checker.expect("directory", 1, "lint", "found", "--isolated", *RULES, "--show-files", "--format", "json")
    files = {finding["file"] for finding in json.loads(out)["findings"]}
    checker.check("files of a directory", files == {"found/a.json", "found/deep/d.jsonc"}, files)
    checker.check("what is passed over", err == "lint found/a.json\nlint found/deep/d.jsonc\nskip found/package.json: no policy\n", err)
    checker.expect("no policy", 2, "lint", "found/deep/e.txt/..", stderr="can't")
    os.makedirs("empty")
    checker.expect("no policy in a directory", 2, "lint", "empty", stdout="", stderr="no service control policy found")
    checker.expect("only policies", 0, "lint", "empty", "--only-policies", stdout="in 0 files")
    checker.expect("a named file that is no policy", 0, "lint", "found/package.json", "--only-policies", "--show-files",
                   stderr="skip found/package.json: no policy")
    checker.expect("nothing named", 2, "lint", stderr="nothing to lint")

    # A file that is named twice, by whatever name, is linted once.
    os.symlink("a.json", "found/link.json")
    out, _ = checker.expect("the same file again", 1, "lint", "found/a.json", "./found/../found/a.json", "found/link.json",
                            os.path.abspath("found/a.json"), "found", "--isolated", *RULES, "--format", "json")
    checker.check("each file once", json.loads(out)["summary"]["files"] == 2, out)

    # Links that lead back, pipes that nobody writes to, files of any size.
    write("odd/a.json")
    os.symlink(".", "odd/loop")
    os.symlink("..", "odd/up")
    os.symlink("nowhere", "odd/dangling.json")
    os.mkfifo("odd/pipe.json")
    with open("odd/huge.json", "wb") as huge:
        huge.truncate(1 << 30)
    _, err = checker.expect("odd files", 2, "lint", "odd", "--isolated", "--select", "SCP202", "--show-files")
    for line in ("lint odd/a.json", "skip odd/pipe.json: no regular file", "skip odd/huge.json: larger than any policy",
                 "odd/dangling.json: can't open it"):
        checker.check("odd files", line in err, err)
    checker.expect("a huge file", 2, "lint", "odd/huge.json", stderr="odd/huge.json: the file has more than 4 MiB")
    for name, text in (("empty.json", b""), ("binary.json", bytes(range(256)) * 10), ("deep.json", b"[" * 100000),
                       ("latin.json", POLICY.replace("Same", "Gr\u00f6\u00dfe").encode("latin-1")), ("number.json", b"1e999")):
        write(name, text)
        done = checker.run("lint", name, "--isolated")
        checker.check(f"{name}: no crash", done.returncode in (0, 1), done.stderr)
    if os.geteuid() != 0:
        os.chmod(write("secret/a.json"), 0)
        checker.expect("an unreadable file", 2, "lint", "secret", "found", "--isolated", stdout="found/a.json", stderr="permission denied")


def test_fixes(checker):
    write("fix/a.json")
    os.symlink("a.json", "fix/link.json")
    os.chmod("fix/a.json", 0o640)
    _, err = checker.expect("fix", 1, "lint", "--fix", "fix/link.json", "--isolated", *RULES, stdout="1 error, 0 warnings, 0 info")
    checker.check("tells how many", err == "scpcheck: mended 1 finding\n", err)
    checker.check("safe fixes alone", read("fix/a.json") == SAFELY_MENDED, read("fix/a.json"))
    checker.check("a link stays a link", os.readlink("fix/link.json") == "a.json")
    checker.check("rights stay", stat.S_IMODE(os.stat("fix/a.json").st_mode) == 0o640)
    checker.expect("unsafe fixes", 0, "lint", "--fix", "--unsafe-fixes", "fix/a.json", "--isolated", *RULES)
    checker.check("all fixes", read("fix/a.json") == MENDED, read("fix/a.json"))
    before = os.stat("fix/a.json").st_mtime_ns
    checker.expect("nothing to mend", 0, "lint", "--fix", "--unsafe-fixes", "fix/a.json", "--isolated", *RULES, stderr="")
    checker.check("an unchanged file is not written", os.stat("fix/a.json").st_mtime_ns == before)
    checker.check("nothing is left behind", sorted(os.listdir("fix")) == ["a.json", "link.json"], os.listdir("fix"))

    out, _ = checker.expect("diff", 1, "lint", "--diff", "--unsafe-fixes", write("fix/b b.json"), "--isolated", *RULES)
    checker.check("diff changes nothing", read("fix/b b.json") == POLICY)
    if subprocess.run(["sh", "-c", "command -v patch"], stdout=subprocess.DEVNULL, check=False).returncode == 0:
        subprocess.run(["patch", "-p0", "-s"], input=out.encode(), check=True)
        checker.check("patch takes the diff", read("fix/b b.json") == MENDED, read("fix/b b.json"))

    for arguments, message in ((["--fix", "--diff"], "excludes"), (["--unsafe-fixes"], "--fix or --diff"),
                               (["--diff", "--format", "json"], "prints text only"), (["--statistics", "--format", "sarif"], "prints text only")):
        checker.expect(f"{arguments}", 2, "lint", "fix/a.json", *arguments, stderr=message)

    # Several files of which one can't be written: the others are mended, and everything is told.
    write("fix/c.json.gz", gzip.compress(POLICY.encode()))
    write("fix/d.json")
    checker.expect("a compressed file", 2, "lint", "--fix", "fix/c.json.gz", "fix/d.json", "--isolated", *RULES,
                   stdout="fix/c.json.gz:4:", stderr="fix/c.json.gz: a compressed file is not written to")
    checker.check("the compressed file stays", gzip.decompress(pathlib.Path("fix/c.json.gz").read_bytes()).decode() == POLICY)
    checker.check("the other file is mended", read("fix/d.json") == SAFELY_MENDED)
    if os.geteuid() != 0:
        os.chmod(write("fix/e.json"), 0o444)
        checker.expect("a read-only file", 2, "lint", "--fix", "fix/e.json", "--isolated", *RULES, stderr="permission denied")
        checker.check("the read-only file stays", read("fix/e.json") == POLICY)
    # A file system that is full, as far as the program can tell.
    write("fix/f.json")
    checker.expect("a full disk", 2, "lint", "--fix", "fix/f.json", "--isolated", *RULES, stderr="can't write",
                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16)))
    checker.check("the file is as it was", read("fix/f.json") == POLICY)
    checker.check("nothing half-written", not [name for name in os.listdir("fix") if name.startswith("f.json.")], os.listdir("fix"))


def test_standard_input(checker):
    text = POLICY.encode()
    out, err = checker.expect("fix standard input", 1, "lint", "-", "--fix", "--isolated", *RULES, "--stdin-filename", "x/y.json",
                              stdin=text, stderr="x/y.json:4:70: error")
    checker.check("the mended text alone", out == SAFELY_MENDED, out)
    out, _ = checker.expect("nothing to mend", 0, "lint", "-", "--fix", "--isolated", *RULES, stdin=MENDED.encode())
    checker.check("the text as it is", out == MENDED, out)
    out, _ = checker.expect("not JSON", 1, "lint", "-", "--fix", "--isolated", "--select", "SCP001", stdin=b'{"a": [}')
    checker.check("the broken text as it is", out == '{"a": [}', out)
    out, _ = checker.expect("diff of standard input", 1, "lint", "-", "--diff", "--isolated", *RULES, stdin=text)
    checker.check("diff of standard input", out.startswith("--- <stdin>\n+++ <stdin>\n@@"), out)
    write("named/scpcheck.toml", 'select = ["SCP202"]\n[severity]\nSCP202 = "info"\n')
    checker.expect("the name chooses the configuration", 0, "lint", "-", "--stdin-filename", "named/deep/new.json", stdin=text,
                   stdout="named/deep/new.json:4:70: info")


def test_organizations(checker):
    document = json.loads(POLICY)
    organization = {"root": {"id": "r-abcd", "accounts": [{"id": "111111111111"}]},
                    "policies": {"p-a": {"document": document}, "p-b": {"file": "a.json"},
                                 "p-c": {"document": {**document, "Statement": document["Statement"][:1]}},
                                 "p-d": {"type": "RESOURCE_CONTROL_POLICY", "document": document}}}
    text = json.dumps(organization, indent=3)
    write("org/org.json", text)
    write("org/a.json")
    out, _ = checker.expect("organization", 1, "lint", "--org", "org/org.json", "org/a.json", "--isolated", *RULES, "--format", "json")
    findings = json.loads(out)["findings"]
    checker.check("policies of an organization", [f["file"] for f in findings] == ["org/a.json"] * 2 + ["org/org.json"] * 4, findings)
    checker.check("equal policies have findings of their own", len({f["fingerprint"] for f in findings}) == 6, findings)
    diff, _ = checker.expect("diff of an organization", 1, "lint", "--org", "org/org.json", "--isolated", *RULES, "--diff")
    checker.check("diff of an organization", diff.count("--- org/org.json\n") == 1 and diff.count("\n+") == 5 and diff.count("@@") == 6, diff)
    # What is wrong with the organization hides nothing of its sound policies.
    broken = {**organization, "policies": {**organization["policies"], "p-e": {"file": "gone.json"}, "p-f": {"file": 7}, "p-g": {},
                                           "p-h": "x"}}
    write("org/broken.json", json.dumps(broken, indent=1))
    _, err = checker.expect("broken entries", 2, "lint", "--org", "org/broken.json", "--isolated", *RULES, stdout="org/a.json:4:70: error")
    for line in ("org/gone.json: can't open it", "`file` must be a string, this is a number",
                 "the policy `p-g` has neither `document` nor `file`", "`p-h` must be an object"):
        checker.check("broken entries", line in err, err)
    write("org/org.yaml", 'policies:\n  p-a: {file: a.json}\n  p-b:\n    document: {Version: "2012-10-17"}\n')
    checker.expect("YAML", 2, "lint", "--org", "org/org.yaml", "--isolated", *RULES, stdout="org/a.json:4:70: error",
                   stderr="org/org.yaml:4:15: the policy `p-b` is written in YAML")
    write("dump/describe-policy/p-region01.json", json.dumps({"Policy": {"PolicySummary": {"Id": "p-region01", "Type": "SERVICE_CONTROL_POLICY"},
                                                                  "Content": POLICY}}))
    for name, answer in (
            ("describe-organization", {"Organization": {"Id": "o-exampleorg1", "MasterAccountId": "999999999999"}}),
            ("list-roots", {"Roots": [{"Id": "r-abcd", "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]}]}),
            ("list-accounts-for-parent/r-abcd", {"Accounts": []}),
            ("list-organizational-units-for-parent/r-abcd", {"OrganizationalUnits": []}),
            ("list-policies-for-target/r-abcd", {"Policies": [{"Id": "p-FullAWSAccess"}]})):
        write(f"dump/{name}.json", json.dumps(answer))
    out, _ = checker.expect("output of the AWS CLI", 1, "lint", "--org", "dump", "--isolated", stdout="dump/describe-policy/p-region01.json:1:")
    checker.check("a listing is no wrong policy", "SCP009" not in out, out)
    # A broken answer hides no policy, and is no clean organization.
    write("dump/list-policies-for-target/r-abcd.json", '{"Policies": [')
    checker.expect("cut off output of the AWS CLI", 2, "lint", "--org", "dump", "--isolated", stdout="dump/describe-policy/p-region01.json:1:",
                   stderr="dump/list-policies-for-target/r-abcd.json:1:15: expected a value")
    line = {"operation": "DescribePolicy", "request": {"PolicyId": "p-region01"},
            "response": {"Policy": {"PolicySummary": {"Id": "p-region01", "Type": "SERVICE_CONTROL_POLICY"}, "Content": POLICY}}}
    write("dump.jsonl", json.dumps(line) + "\n")
    checker.expect("JSON lines of the AWS CLI", 2, "lint", "--org", "dump.jsonl", "--isolated", *RULES, stdout="dump.jsonl:1:", stderr="list-roots")

    # A policy inside a file has the file's name before its own.
    for pattern in ("org.json", "org/org.json", "org/org.json/p-a", "p-?"):
        write("scpcheck.toml", f'select = ["SCP202"]\n[[suppress]]\nrules = ["SCP202"]\npolicy = "{pattern}"\nreason = "x"\n')
        out, _ = checker.expect(f"suppressed in {pattern}", 1, "lint", "--org", "org/org.json", "--format", "json")
        left = {finding["file"] for finding in json.loads(out)["findings"]}
        checker.check(f"suppressed in {pattern}", ("org/org.json" in left) == (pattern == "org/org.json/p-a"), left)
        write("scpcheck.toml", f'select = ["SCP202"]\n[per-file."{pattern}"]\nignore = ["SCP202"]\n')
        out, _ = checker.expect(f"ignored in {pattern}", 1, "lint", "--org", "org/org.json", "--format", "json")
        ignored = len([finding for finding in json.loads(out)["findings"] if finding["file"] == "org/org.json"])
        checker.check(f"ignored in {pattern}", ignored == {"org/org.json": 0, "org/org.json/p-a": 1}.get(pattern, 2), ignored)
    os.remove("scpcheck.toml")

    out, _ = checker.expect("fix an organization", 0, "lint", "--org", "org/org.json", "--isolated", *RULES, "--fix", "--unsafe-fixes")
    expected = text.split('"p-d"')
    expected[0] = expected[0].replace("EC2:", "ec2:").replace("Instence", "Instances")
    checker.check("only its policies have changed", read("org/org.json") == '"p-d"'.join(expected), read("org/org.json"))
    checker.check("its files too", read("org/a.json") == MENDED)


def test_configurations(checker):
    write("conf/scpcheck.toml", 'select = ["SCP202"]\n')
    write("conf/a.json")
    write("conf/z.json")
    write("conf/inner/b.json")
    write("conf/inner/scpcheck.toml", 'select = ["SCP206"]\n')
    out, _ = checker.expect("nested configurations", 1, "lint", "conf", "--format", "json")
    found = [(f["file"], f["rule"]) for f in json.loads(out)["findings"]]
    checker.check("nested configurations", found == [("conf/a.json", "SCP202"), ("conf/inner/b.json", "SCP206"), ("conf/z.json", "SCP202")], found)
    out, _ = checker.expect("one for all", 1, "lint", "conf", "--config", "conf/scpcheck.toml", "--format", "json")
    checker.check("one for all", {f["rule"] for f in json.loads(out)["findings"]} == {"SCP202"}, out)
    checker.expect("none", 2, "lint", "conf", "--config", "conf/scpcheck.toml", "--isolated")
    write("conf/inner/scpcheck.toml", "selct = []\n")
    _, err = checker.expect("a wrong one", 2, "lint", "conf", stdout="conf/z.json:4:70: error",
                            stderr="conf/inner/scpcheck.toml:1:1: `selct` is not known here")
    write("conf/inner/c.json")
    _, again = checker.expect("it is told once", 2, "lint", "conf", stdout="conf/z.json:4:70: error", stderr="`selct`")
    checker.check("it is told once", err == again, again)
    os.remove("conf/inner/c.json")
    checker.expect("a missing one", 2, "lint", "conf", "--config", "nowhere.toml", stderr="nowhere.toml: can't open it")

    # Whether a suppression is of use shows only if all files were seen, and by all rules.
    write("conf/inner/scpcheck.toml", "")
    write("conf/scpcheck.toml", 'select = ["SCP904"]\n[[suppress]]\nrules = ["SCP202"]\nreason = "none"\n')
    checker.expect("all files", 1, "lint", "conf", "--fail-on", "info", stdout="SCP904")
    write("veiled/.hidden/a.json")
    write("veiled/b.json")
    write("veiled/scpcheck.toml", 'select = ["SCP904"]\n[[suppress]]\nrules = ["SCP202"]\nreason = "none"\npolicy = ".hidden/a.json"\n')
    checker.expect("a file that is there but not linted", 0, "lint", "veiled", "--fail-on", "info", stdout="0 info")
    os.remove("veiled/.hidden/a.json")
    checker.expect("a file that is gone", 1, "lint", "veiled", "--fail-on", "info", stdout="SCP904")
    checker.expect("above all files", 1, "lint", ".", "--config", "conf/scpcheck.toml", "--fail-on", "info", stdout="SCP904")
    os.makedirs("conf/sub")
    write("conf/sub/c.json")
    for arguments in (["conf/sub"], ["conf/a.json"], ["conf", "--extend-select", "SCP206"]):
        out, _ = checker.expect(f"{arguments}", 0, "lint", *arguments, "--exit-zero", stdout="in")
        checker.check(f"{arguments}", "SCP904" not in out, out)


def test_baseline(checker):
    os.makedirs("base")
    write("base/scpcheck.toml", 'select = ["SCP202", "SCP206"]\nbaseline = "known.json"\n')
    write("base/a.json")
    write("base/b.json")
    checker.expect("a baseline that is not there", 2, "lint", "base", stderr="base/known.json: can't open it")
    checker.expect("create", 0, "baseline", "create", "base", stdout="base/known.json: 4 findings\n")
    checker.expect("create again", 2, "baseline", "create", "base", stderr="base/known.json: the baseline is there already")
    checker.expect("everything is known", 0, "lint", "base", "--fail-on", "info", stdout="4 suppressed")
    checker.expect("from elsewhere", 0, "lint", ".", "--fail-on", "info", stdout="4 suppressed", cwd="base")
    write("base/a.json", POLICY.replace("s3:DeleteBucket", "s3:DeleteBuckett"))
    checker.expect("something new", 1, "lint", "base", stdout="4 suppressed")
    checker.expect("fixes leave what is known", 1, "lint", "base", "--fix", stderr="")

    # Of some files the others are left as they are.
    write("base/b.json", MENDED)
    checker.expect("update of one file", 0, "baseline", "update", "base/a.json", stdout="5 findings, 4 before")
    checker.expect("prune of one file", 0, "baseline", "prune", "base/a.json", stdout="5 findings, 5 before")
    checker.expect("prune", 0, "baseline", "prune", "base", stdout="3 findings, 5 before")
    os.remove("base/b.json")
    write("base/c.json")
    checker.expect("update", 0, "baseline", "update", "base", stdout="5 findings, 3 before")
    entries = json.loads(read("base/known.json"))["findings"]
    checker.check("names from the configuration's folder", {e["file"] for e in entries} == {"a.json", "c.json"}, entries)
    os.remove("base/c.json")
    checker.expect("a file is gone", 0, "baseline", "prune", "base", stdout="3 findings, 5 before")
    write("base/known.json", "[]")
    checker.expect("no baseline", 2, "lint", "base", stderr="base/known.json: this is no baseline")
    checker.expect("no baseline to prune", 2, "baseline", "prune", "base", stderr="base/known.json: this is no baseline")

    # What patterns stand for is recorded; a newer catalogue may have them match more.
    write("drift/scpcheck.toml", 'select = ["SCP526"]\nbaseline = "known.json"\n')
    write("drift/a.json", POLICY.replace("s3:DeleteBucket", "account:*Region"))
    write("drift/b.json", POLICY.replace("s3:DeleteBucket", "account:Close*"))
    checker.expect("create", 0, "baseline", "create", "drift", stdout="drift/known.json: 0 findings\n")
    known = json.loads(read("drift/known.json"))
    checker.check("recorded patterns", {name: record["actions"] for name, record in known["patterns"].items()}
                  == {"a.json": {"account:*region": ["account:DisableRegion", "account:EnableRegion"]},
                      "b.json": {"account:close*": ["account:CloseAccount"]}}, known)
    checker.expect("no drift", 0, "lint", "drift", "--fail-on", "info")
    known["patterns"]["a.json"]["actions"]["account:*region"].pop()
    known["patterns"]["a.json"]["catalogueDate"] = "2026-01-02"
    known["patterns"]["gone.json"] = known["patterns"]["b.json"]
    write("drift/known.json", json.dumps(known))
    checker.expect("drift", 1, "lint", "drift", "--fail-on", "info", stdout="`account:*Region` now also denies `account:EnableRegion`, which the catalogue of 2026-01-02 did not have")
    checker.expect("prune keeps the record", 0, "baseline", "prune", "drift", stdout="0 findings, 0 before")
    checker.expect("drift still", 1, "lint", "drift", "--fail-on", "info", stdout="1 info")
    checker.check("patterns that are gone", "gone.json" not in json.loads(read("drift/known.json"))["patterns"])
    checker.expect("update of another file", 0, "baseline", "update", "drift/b.json", stdout="0 findings")
    checker.expect("drift still", 1, "lint", "drift", "--fail-on", "info", stdout="the catalogue of 2026-01-02")
    checker.expect("update", 0, "baseline", "update", "drift", stdout="0 findings")
    checker.expect("taken as known", 0, "lint", "drift", "--fail-on", "info", stdout="0 info")

    # What is there, but is not looked at in its folder, stays in the baseline.
    write("hidden/scpcheck.toml", 'select = ["SCP202"]\nbaseline = "known.json"\n')
    write("hidden/a.json")
    write("hidden/.github/b.json")
    checker.expect("create", 0, "baseline", "create", "hidden", "hidden/.github/b.json", stdout="2 findings")
    checker.expect("update", 0, "baseline", "update", "hidden", stdout="2 findings, 2 before")
    checker.expect("prune", 0, "baseline", "prune", "hidden", stdout="2 findings, 2 before")
    os.remove("hidden/.github/b.json")
    checker.expect("prune", 0, "baseline", "prune", "hidden", stdout="1 finding, 2 before")

    # Without a configuration it lies here, and the program says how to use it.
    checker.expect("isolated", 0, "baseline", "create", "base", "--isolated", stdout='put `baseline = "scpcheck-baseline.json"`')
    os.remove("scpcheck-baseline.json")
    write("base/inner/scpcheck.toml", "")
    write("base/inner/d.json")
    checker.expect("two configurations", 2, "baseline", "create", "base", "--baseline", "x.json", stderr="has another configuration")


def test_fmt(checker):
    compact = json.dumps(json.loads(POLICY), separators=(",", ":"))
    write("fmt/a.json", compact)
    checker.expect("check", 1, "fmt", "--check", "fmt", stdout="would format fmt/a.json\n1 of 1 file would be formatted\n")
    diff, _ = checker.expect("diff", 1, "fmt", "--diff", "fmt", stdout="--- fmt/a.json\n")
    checker.check("nothing is written", read("fmt/a.json") == compact)
    checker.expect("fmt", 0, "fmt", "fmt", stdout="formatted fmt/a.json\n1 of 1 file formatted\n")
    laid_out = read("fmt/a.json")
    checker.check("it says the same", json.loads(laid_out) == json.loads(POLICY) and laid_out.count("\n") > 10, laid_out)
    checker.expect("check again", 0, "fmt", "--check", "fmt", stdout="0 of 1 file would be formatted\n")
    checker.expect("again", 0, "fmt", "fmt", stdout="0 of 1 file formatted\n")
    out, _ = checker.expect("standard input", 0, "fmt", "-", stdin=compact.encode())
    checker.check("standard input", out == laid_out, out)
    checker.expect("standard input is checked", 1, "fmt", "-", "--check", "--stdin-filename", "new.json", stdin=compact.encode(),
                   stdout="would format new.json\n")
    checker.expect("minify", 0, "fmt", "--minify", "fmt", stdout=f"fmt/a.json: {len(laid_out)} characters, {len(compact)} without white space\n")
    checker.check("minified", read("fmt/a.json") == compact)
    write("fmt/bom.json", "\ufeff" + laid_out.replace("\n", "\r\n"))
    checker.expect("marks and line ends", 0, "fmt", "fmt/bom.json")
    checker.check("marks and line ends", read("fmt/bom.json") == laid_out)

    commented = laid_out.replace("{\n", "{ // here\n", 1).replace("\n  ]\n", ",\n  ] /* there */\n")
    write("jsonc/a.jsonc", commented)
    checker.expect("comments", 0, "fmt", "jsonc", stdout="0 of 1 file formatted", stderr="jsonc/a.jsonc:1:3: comments are not laid out")
    checker.expect("comments in JSON", 2, "fmt", write("jsonc/b.json", commented), stderr="jsonc/b.json:1:3: JSON has no comments")
    checker.expect("strip comments, check", 1, "fmt", "--strip-comments", "--check", "jsonc/a.jsonc", stdout="would format jsonc/a.json\n")
    checker.expect("strip comments", 0, "fmt", "--strip-comments", "jsonc/a.jsonc", stdout="formatted jsonc/a.json\n")
    checker.check("the source stays", read("jsonc/a.jsonc") == commented)
    checker.check("a file without comments", read("jsonc/a.json") == laid_out, read("jsonc/a.json"))
    checker.expect("strip comments again", 0, "fmt", "--strip-comments", "--check", "jsonc/a.jsonc", stdout="0 of 1 file")
    checker.expect("strip comments of JSON", 0, "fmt", "--strip-comments", "jsonc/b.json")
    checker.check("strip comments of JSON", read("jsonc/b.json") == laid_out)

    for name, text, message in (("broken.json", '{"Version": "2012-10-17" "Statement": []}', "a comma is missing"),
                                ("two.json", POLICY + POLICY, "one JSON document"), ("list.json", "[1]", "this is no policy"),
                                ("wrapped.json", json.dumps({"PolicyDocument": json.loads(POLICY)}), "the policy stands in"),
                                ("double.json", '{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": []}', "`lint` tells more"),
                                ("nothing.json", "", "the text is empty")):
        checker.expect(name, 2, "fmt", write("wrong/" + name, text), stderr=message)
        checker.check(f"{name} stays", read("wrong/" + name) == text)
    checker.expect("only policies", 0, "fmt", "wrong/list.json", "--only-policies", stdout="")
    checker.expect("nothing named", 2, "fmt", stderr="nothing to format")
    checker.expect("check and diff", 2, "fmt", "fmt", "--check", "--diff", stderr="excludes")


def test_streams(checker):
    write("out/a.json")
    arguments = [checker.scpcheck, "lint", "out/a.json", "--isolated", *RULES]
    checker.expect("reports", 1, *arguments[1:], "--report", "json=out/r.json", "--report", "sarif=out/r.sarif", "--report", "text=out/r.txt")
    checker.check("reports", json.loads(read("out/r.json"))["findings"] and json.loads(read("out/r.sarif"))["runs"]
                  and read("out/r.txt").startswith("out/a.json:4:"))
    checker.expect("a report nowhere", 2, *arguments[1:], "--report", "json=nowhere/r.json", stderr="nowhere/r.json: can't write")
    for report in ("json", "json=", "xml=x", "=x"):
        checker.expect(f"--report {report}", 2, *arguments[1:], "--report", report, stderr="give FORMAT=FILE")
    if os.path.exists("/dev/full"):
        checker.expect("a report to a full disk", 2, *arguments[1:], "--report", "json=/dev/full", stderr="no space left")
        with open("/dev/full", "wb") as full:
            done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, check=False)
        checker.check("output to a full disk", done.returncode == 2 and b"standard output: can't write" in done.stderr, done.stderr)
    # Files that are opened while a stream is closed must not take its place.
    for stream in ("1", "2", "0"):
        write("out/a.json")
        done = subprocess.run(["sh", "-c", f'exec "$@" {stream}>&-', "sh", *arguments, "--fix", "-o", "out/o.txt"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        checker.check(f"closed stream {stream}", done.returncode == 1 and read("out/a.json") == SAFELY_MENDED, done.stderr)
        checker.check(f"closed stream {stream}: the output", "out/a.json:4:70: error" in read("out/o.txt"), read("out/o.txt"))
    done = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *arguments], stderr=subprocess.PIPE, check=False)
    checker.check("closed output", done.returncode == 2 and b"bad file descriptor" in done.stderr, done.stderr)
    # A reader that goes away is no error.
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(arguments, stdout=write_end, stderr=subprocess.PIPE, check=False)
    os.close(write_end)
    checker.check("no reader", done.returncode == 1 and done.stderr == b"", done.stderr)


def main():
    checker = Checker(sys.argv[1])
    tests = [test_finding_files, test_fixes, test_standard_input, test_organizations, test_configurations, test_baseline,
             test_fmt, test_streams]
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            test(checker)
            os.chdir("/")
    sys.exit(checker.failures > 0)


if __name__ == "__main__":
    main()
