"""Feeds the program what it should not be fed: every case has its exit code and a part of its message.

Usage: bad_input_test.py SCPCHECK
"""

import gzip
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

ORGANIZATION = '{"root":{"id":"r-abcd","accounts":[{"id":"111111111111","name":"Dev"}]}}'
REQUEST = '{"account":"Dev","action":"s3:GetObject"}'

# Organization files: name, content, what the message has. All are exit 2.
ORGANIZATIONS = [
    ("empty.json", b"", "empty.json:1:1: the text is empty"),
    ("blank.yaml", b"\n\n", "blank.yaml:"),
    ("cut-off.json", b'{"root": {"id": "r-ab', "cut-off.json:1:17: the string is not closed"),
    ("binary.json", bytes(range(256)), "binary.json:1:1: expected a value, found byte 0x00"),
    ("nul.json", b'{"root":\0{}}', "nul.json:1:9: expected a value, found byte 0x00"),
    ("deep.json", b"[" * 100000, "deep.json:1:129: nested more than 128 levels deep"),
    ("latin-1.json", '{"root":{"id":"r-abcd","name":"Z\u00fcrich"}}'.encode("latin-1"), "latin-1.json:1:33: not valid UTF-8"),
    ("comment.json", b'{ // the root\n"root": 1}', "comment.json:1:3: JSON has no comments"),
    ("comma.json", b'{"root": {},}', "comma.json:1:13: a comma before `}`"),
    ("twice.json", b'{"root":{"id":"r-abcd",\n"id":"r-abce"}}', "twice.json:2:1: the key `id` stands twice"),
    ("two.json", ORGANIZATION.encode() + b"{}", "two.json:1:73: there is more after the end"),
    ("types.json", b'{"root":{"id":"r-abcd","accounts":{}}}', "types.json:1:35: `accounts` must be an array"),
    ("unknown.json", b'{"root":{"id":"r-abcd","acounts":[]}}', "unknown.json:1:24: `acounts` is not known here: did you mean `accounts`?"),
    ("account.json", b'{"root":{"id":"r-abcd","accounts":[{"id":"1234"}]}}', 'it is "000000001234"'),
    ("number.json", b'{"root":{"id":"r-abcd","accounts":[{"id":123456789012}]}}', 'write "123456789012"'),
    ("huge-number.json", b'{"root":{"id":1e999}}', "huge-number.json:1:15: `id` must be a string"),
    ("policy.json", b'{"Version":"2012-10-17","Statement":[]}', "policy.json: this is a policy, and says nothing of an organization"),
    ("reference.json", b'{"root":{"id":"r-abcd","policies":["p-nothere"]}}', "reference.json:1:36: there is no policy `p-nothere`"),
    ("missing-file.json", b'{"policies":{"p-a":{"file":"a.json"}},"root":{"id":"r-abcd","policies":["p-a"]}}', "can't open it: no such file"),
    ("statement.json", b'{"policies":{"p-a":{"document":{"Version":"2012-10-17","Statement":{"Effect":"deny","Action":"*","Resource":"*"}}}},'
     b'"root":{"id":"r-abcd","policies":["p-a"]}}', "statement.json:1:78: `Effect` is `deny`"),
]

# Lines of a batch and what the output line has.
LINES = [
    ("nonsense", '"error":"column 1: a request is a JSON object'),
    ('{"account":"Dev","action":"s3:GetObject"', "expected `}` after the last member"),
    ('{"account":"Dev","action":"s3:GetObject","acton":1}', "did you mean `action`?"),
    ('{"account":"Dev","action":"s3:GetObject","action":"s3:x"}', "stands twice"),
    ('{"account":"Dev","action":"s3:Get*"}', "is a pattern"),
    ('{"account":"Dev","action":"GetObject"}', "write `service:Action`"),
    ('{"account":"Deb","action":"s3:GetObject"}', "did you mean 111111111111 (Dev)?"),
    ('{"id":"q","account":"Dev","action":"s3:GetObject","principal":"arn:aws:iam::222222222222:role/x"}', '"id":"q","error":"the principal'),
    ('{"account":"Dev","action":"s3:GetObject","where":{}}', "which this version does not have"),
    ('{"account":"Dev","action":"s3:GetObject","context":{"aws:RequestedRegion":["a","b"]}}', "2 values for `aws:RequestedRegion`"),
    ('{"account":"Dev","action":"s3:GetObject","context":{"k":{}}}', "a context value must be"),
    ('{"account":"Dev","action":"s3:GetObject\0"}', "a control character stands in a string"),
    ('{"account":"Dev","action":"s3:GetObject","resource":"' + "x" * 20000 + '"}', "a text of 20000 bytes"),
    ('{"x":"' + "y" * 3000000 + '"}', "the line is longer than 1 MiB"),
    ('{"account":"Dev","action":"s3:GetObject","context":{"k":1e999}}', '"decision":"allowed"'),
]


class Checker:
    def __init__(self, scpcheck):
        self.scpcheck = scpcheck
        self.failures = 0

    def run(self, *arguments, stdin=b"", stdout=subprocess.PIPE):
        return subprocess.run([self.scpcheck, *arguments], input=stdin, stdout=stdout, stderr=subprocess.PIPE, timeout=120)

    def check(self, name, condition, detail=""):
        if not condition:
            self.failures += 1
            print(f"FAILED: {name}: {detail!s:.300}")


def start_unfinished(program):
    """A `batch` that has begun its output file and waits for more requests."""
    process = subprocess.Popen([*program, "batch", "--org", "org.json", "-o", "decisions.jsonl"], stdin=subprocess.PIPE)
    process.stdin.write(REQUEST.encode() + b"\n")
    process.stdin.flush()
    deadline = time.monotonic() + 60
    while not any(name.startswith("decisions.jsonl.") for name in os.listdir(".")):
        assert time.monotonic() < deadline
    return process


def main():
    checker = Checker(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name, content, message in ORGANIZATIONS:
            pathlib.Path(name).write_bytes(content)
            done = checker.run("tree", "--org", name)
            error = done.stderr.decode()
            checker.check(name, done.returncode == 2 and message in error and done.stdout == b"", error)
        pathlib.Path("org.json").write_bytes(b"\xef\xbb\xbf" + ORGANIZATION.encode())
        pathlib.Path("org.json.gz").write_bytes(gzip.compress(ORGANIZATION.encode()))
        for organization in ("org.json", "org.json.gz"):
            done = checker.run("can", "--org", organization, "--account", "Dev", "--action", "s3:GetObject")
            checker.check(organization, done.returncode == 0, done.stderr)

        done = checker.run("tree", "--org", folder + "/nothing")
        checker.check("missing file", done.returncode == 2 and b"no such file" in done.stderr, done.stderr)
        for arguments in (["bogus"], ["tree"], ["can", "--org", "org.json"], ["batch", "--org", "org.json", "--jobs", "x"],
                          ["can", "--org", "org.json", "--account", "Dev", "--action", "s3:*", "--context", "k"]):
            done = checker.run(*arguments)
            checker.check(str(arguments), done.returncode == 2 and done.stdout == b"", done.stderr)

        for jobs in ("1", "3"):
            lines = "\n".join(line for line, _ in LINES).encode()
            done = checker.run("batch", "--org", "org.json", "--jobs", jobs, stdin=lines)
            output = done.stdout.decode().splitlines()
            checker.check("batch", done.returncode == 1 and len(output) == len(LINES), done.stderr)
            for (line, expected), actual in zip(LINES, output):
                checker.check(f"{line:.80}", expected in actual, actual)

            # Order and number of a long run, and its gzip form.
            numbered = "".join('{"id":%d,"account":"Dev","action":"s3:GetObject"}\n' % i for i in range(20000)).encode()
            for data in (numbered, gzip.compress(numbered)):
                done = checker.run("batch", "--org", "org.json", "--jobs", jobs, stdin=data)
                ids = [int(line.split(b",", 1)[0].split(b":")[1]) for line in done.stdout.splitlines()]
                checker.check("order", done.returncode == 0 and ids == list(range(20000)), done.stderr)
            cut = checker.run("batch", "--org", "org.json", "--jobs", jobs, stdin=gzip.compress(numbered)[:-100])
            checker.check("cut-off gzip", cut.returncode == 2 and b"cut off" in cut.stderr, cut.stderr)

            # What is decided is shown when the input pauses, not at its end.
            process = subprocess.Popen([checker.scpcheck, "batch", "--org", "org.json", "--jobs", jobs],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            process.stdin.write(REQUEST.encode() + b"\n")
            process.stdin.flush()
            checker.check("flush on a pause", b"allowed" in process.stdout.readline())
            process.stdin.close()
            checker.check("end", process.wait(timeout=60) == 0)

            # A reader that goes away ends the run quietly.
            process = subprocess.Popen([checker.scpcheck, "batch", "--org", "org.json", "--jobs", jobs],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            process.stdout.close()
            try:
                process.stdin.write(numbered)
                process.stdin.close()
            except BrokenPipeError:
                pass
            checker.check("closed output", process.wait(timeout=60) in (0, 1) and process.stderr.read() == b"")

        if os.path.exists("/dev/full"):
            with open("/dev/full", "wb") as full:
                done = checker.run("tree", "--org", "org.json", stdout=full)
            checker.check("full disk", done.returncode == 2 and b"can't write" in done.stderr, done.stderr)

        # A limit on the address space that leaves room enough. Programs with a sanitizer don't even start under it.
        for megabytes in (40, 60, 100):
            limit = ["sh", "-c", f'ulimit -v {megabytes * 1000} && exec "$0" "$@"', checker.scpcheck]
            starts = subprocess.run([*limit, "--version"], capture_output=True, timeout=120).returncode == 0
            done = subprocess.run([*limit, "actions", "*"], capture_output=True, timeout=120)
            checker.check(f"{megabytes} MB", done.returncode == 0 or not starts, done.stderr)

        # Threads that can't be started are done without, and too little memory is no internal error.
        for megabytes in (52, 100, 600):
            limit = ["sh", "-c", f'ulimit -v {megabytes * 1000} && exec "$0" "$@"', checker.scpcheck]
            starts = subprocess.run([*limit, "--version"], capture_output=True, timeout=120).returncode == 0
            done = subprocess.run([*limit, "batch", "--jobs", "256", "--org", "org.json"], input=REQUEST.encode() + b"\n",
                                  capture_output=True, timeout=120)
            checker.check(f"256 threads in {megabytes} MB", done.returncode in (0, 2) or not starts, (done.returncode, done.stderr))

        # Under nohup a run outlives its terminal.
        process = start_unfinished(["sh", "-c", 'trap "" HUP && exec "$0" "$@"', checker.scpcheck])
        process.send_signal(signal.SIGHUP)
        process.stdin.close()
        checker.check("hung up on", process.wait(timeout=60) == 0 and os.path.exists("decisions.jsonl"))
        os.remove("decisions.jsonl")

        # Interrupted in the middle, a run leaves no half-written file.
        process = start_unfinished([checker.scpcheck])
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        checker.check("interrupted", not any(name.startswith("decisions.jsonl") for name in os.listdir(".")))
    sys.exit(checker.failures > 0)


if __name__ == "__main__":
    main()
