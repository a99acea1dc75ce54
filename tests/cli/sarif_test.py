"""Holds `lint --format sarif` against the schema of SARIF 2.1.0, and against what GitHub needs beyond it.

The policies are made so that the document has everything it can have: findings of all severities, with fixes, with
related places, suppressed by a record and by the baseline, about the configuration, and without a place; files whose
names have to be encoded, files outside of the working directory, places behind characters of several bytes.

Usage: sarif_test.py SCPCHECK TESTDATA_DIRECTORY
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

try:
    import jsonschema
except ImportError:
    sys.exit("this test needs Debian's python3-jsonschema: run tools/install-dependencies")

POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "Gro\u00dfe\U0001f6a2", "Effect": "Deny", "Action": ["EC2:RunInstances", "ec2:StartInstence"], "Resource": "*",
         "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-*"}}},
        {"Sid": "Same", "Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"},
        {"Sid": "Same", "Effect": "Deny", "Action": "s3:PutBucketPolicy", "Resource": "*"},
    ],
}
CONFIGURATION = """\
baseline = "baseline.json"

[severity]
SCP301 = "warning"

[[suppress]]
rules = ["SCP503"]
policy = "suppressed.json"
reason = "\u201cboth\u201d are meant"

[[suppress]]
rules = ["SCP202"]
policy = "nowhere.json"
"""
NAMES = ["plain.json", "with space.json", "50% \u00fcber, all: #1?.json", "[x](y).json", "sub/deep.json", "new\nline.json"]
SUPPRESSED = "suppressed.json"




class Checker:
    def __init__(self, scpcheck, testdata):
        self.scpcheck = os.path.abspath(scpcheck)
        self.catalogue = pathlib.Path(testdata, "golden/harbour-catalogue.txt").read_text(encoding="utf-8")
        schema = json.loads(pathlib.Path(testdata, "sarif/sarif-2.1.0.json").read_text(encoding="utf-8"))
        self.validator = jsonschema.validators.validator_for(schema)(schema)
        self.validator.check_schema(schema)
        self.failures = 0

    def check(self, name, condition, detail=""):
        if not condition:
            self.failures += 1
            print(f"FAILED: {name}: {detail!s:.500}")

    def sarif(self, *arguments, expected=None):
        done = subprocess.run([self.scpcheck, "lint", "--format", "sarif", *arguments], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=120)
        self.check(f"{arguments}: exit code", expected is None or done.returncode == expected,
                   f"{done.returncode} {done.stderr.decode()}")
        document = json.loads(done.stdout)
        for error in self.validator.iter_errors(document):
            self.check(f"{arguments}: schema", False, f"{list(error.absolute_path)}: {error.message}")
        self.check("one run", len(document["runs"]) == 1)
        return document["runs"][0]

    def check_run(self, run, root):
        """What the schema leaves open."""
        rules = run["tool"]["driver"]["rules"]
        self.check("rules have unique ids", len({rule["id"] for rule in rules}) == len(rules))
        for rule in rules:
            properties = rule["properties"]
            self.check(f"{rule['id']}: tags", 0 < len(properties["tags"]) <= 10)
            self.check(f"{rule['id']}: name", rule["name"].isalnum() and rule["name"][0].isupper(), rule["name"])
            if "security-severity" in properties:
                self.check(f"{rule['id']}: security-severity", 0 < float(properties["security-severity"]) <= 10
                           and "security" in properties["tags"])
        self.check("columns are characters", run["columnKind"] == "unicodeCodePoints")
        self.check("category", run["automationDetails"]["id"].endswith("/"))
        for result in run["results"]:
            name = f"{result['ruleId']} {result['message']['text']}"
            self.check(f"{name}: rule index", rules[result["ruleIndex"]]["id"] == result["ruleId"])
            self.check(f"{name}: has a place", len(result.get("locations", [])) == 1)
            self.check(f"{name}: fingerprint", len(result["partialFingerprints"]["scpcheckFinding/v1"]) >= 32)
            places = [place["physicalLocation"] for place in result["locations"] + result.get("relatedLocations", [])]
            for fix in result.get("fixes", []):
                for change in fix["artifactChanges"]:
                    for replacement in change["replacements"]:
                        places.append({"artifactLocation": change["artifactLocation"],
                                       "region": replacement["deletedRegion"]})
            for place in places:
                self.check_place(name, place, root)
            for number, related in enumerate(result.get("relatedLocations", []), start=1):
                self.check(f"{name}: related places have ids", related["id"] == number)
                self.check(f"{name}: links to related places", f"]({number})" in result["message"]["text"])

    def check_place(self, name, place, root):
        artifact, region = place["artifactLocation"], place["region"]
        uri = urllib.parse.urlsplit(artifact["uri"])
        path = urllib.parse.unquote(uri.path)
        self.check(f"{name}: URI", not uri.query and not uri.fragment and " " not in artifact["uri"], artifact)
        if "uriBaseId" in artifact:
            self.check(f"{name}: relative URI", artifact["uriBaseId"] == "%SRCROOT%" and not uri.scheme
                       and not path.startswith(("/", "../", "./")), artifact)
            path = os.path.join(root, path)
        else:
            self.check(f"{name}: absolute URI", uri.scheme == "file" and path.startswith("/"), artifact)
        if not os.path.exists(path):
            self.check(f"{name}: the file is there", False, path)
            return
        lines = pathlib.Path(path).read_text(encoding="utf-8").split("\n")
        end_line = region.get("endLine", region["startLine"])
        self.check(f"{name}: lines", 1 <= region["startLine"] <= end_line <= len(lines), region)
        if "startColumn" in region:
            self.check(f"{name}: columns", 1 <= region["startColumn"] <= len(lines[region["startLine"] - 1]) + 1
                       and 1 <= region["endColumn"] <= len(lines[end_line - 1]) + 1, region)


def main():
    checker = Checker(sys.argv[1], sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.realpath(folder) + "/repo"
        outside = os.path.realpath(folder) + "/outside/guard.json"
        for name in [*NAMES, SUPPRESSED]:
            path = pathlib.Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(POLICY, ensure_ascii=False, indent=2 if "s" in name else None), encoding="utf-8")
        os.makedirs(os.path.dirname(outside))
        pathlib.Path(outside).write_text(json.dumps(POLICY), encoding="utf-8")
        os.chdir(root)

        # Everything at once; the severities of pages, and a place without a configuration.
        run = checker.sarif(".", "../outside", "--extend-select", "all", expected=1)
        checker.check_run(run, root)
        found = {result["ruleId"] for result in run["results"]}
        checker.check("findings of all kinds", {"SCP202", "SCP206", "SCP301", "SCP503", "SCP113"} <= found, found)
        checker.check("levels", {"error", "warning", "note"} >= {result["level"] for result in run["results"]} >= {"error", "note"})
        uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
        checker.check("all files", len(uris) == len(NAMES) + 2, uris)
        checker.check("file outside", f"file://{urllib.parse.quote(outside)}" in uris, uris)
        checker.check("safe fixes alone", {"SCP206", "SCP503"} <= {r["ruleId"] for r in run["results"] if "fixes" in r}
                      and not any("fixes" in r for r in run["results"] if r["ruleId"] in ("SCP202", "SCP301")))
        checker.check("related places", any("relatedLocations" in result for result in run["results"]))

        # A fix, applied as a viewer would, gives what --fix writes.
        fix = next(result for result in run["results"] if result["ruleId"] == "SCP206")["fixes"][0]["artifactChanges"][0]
        region = fix["replacements"][0]["deletedRegion"]
        name = urllib.parse.unquote(fix["artifactLocation"]["uri"])
        line = pathlib.Path(name).read_text(encoding="utf-8").split("\n")[region["startLine"] - 1]
        replaced = line[region["startColumn"] - 1:region["endColumn"] - 1]
        checker.check("edits count characters", replaced == '"EC2:RunInstances"'
                      and fix["replacements"][0]["insertedContent"]["text"] == '"ec2:RunInstances"', replaced)

        # Suppressed ones, by records and by the baseline.
        pathlib.Path("scpcheck.toml").write_text(CONFIGURATION, encoding="utf-8")
        subprocess.run([checker.scpcheck, "baseline", "create", "plain.json"], check=True, stdout=subprocess.DEVNULL)
        run = checker.sarif(".", expected=1)
        checker.check_run(run, root)
        checker.check("suppressed findings are left out", not any("suppressions" in result for result in run["results"]))
        checker.check("findings about the configuration", {"SCP904", "SCP905"} <= {r["ruleId"] for r in run["results"]})
        run = checker.sarif(".", "--show-suppressed", expected=1)
        checker.check_run(run, root)
        reasons = {result["suppressions"][0]["justification"] for result in run["results"] if "suppressions" in result}
        checker.check("reasons", reasons == {"\u201cboth\u201d are meant", "in the baseline"}, reasons)
        levels = {result["level"] for result in run["results"] if result["ruleId"] == "SCP301"}
        checker.check("configured severity", levels == {"warning"}, levels)

        # Of a catalogue that is too old nobody is to blame; GitHub wants a place all the same.
        pathlib.Path("old.txt").write_text(re.sub(r"(?m)^date .*", "date 2020-01-01", checker.catalogue), encoding="utf-8")
        run = checker.sarif("plain.json", "--isolated", "--select", "SCP907", "--catalogue", "old.txt")
        checker.check_run(run, root)
        checker.check("a result without a place of its own", len(run["results"]) == 1, run["results"])
        # Nothing at all, standard input, a text that is no JSON.
        checker.check("no results", checker.sarif("plain.json", "--isolated", "--ignore", "all", expected=0)["results"] == [])
        for name, text in (("broken.json", "{\"Version\": \"2012-10-17\",, \"Statement\": [{]\n"), ("empty.json", "")):
            pathlib.Path(name).write_text(text, encoding="utf-8")
            checker.check_run(checker.sarif(name, "--isolated"), root)
        done = subprocess.run([checker.scpcheck, "lint", "-", "--format", "sarif", "--stdin-filename", "sub/new.json"],
                              input=json.dumps(POLICY).encode(), stdout=subprocess.PIPE, check=False)
        uri = json.loads(done.stdout)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
        checker.check("standard input", uri == {"uri": "sub/new.json", "uriBaseId": "%SRCROOT%"}, uri)
    sys.exit(checker.failures > 0)


if __name__ == "__main__":
    main()
