"""Holds the #include lines against the layers that CMake declares.

A folder of src/ includes its own headers, those of the folders in the DEPENDS of its scpcheck_library, and the
public ones. Third-party headers have their place: each is included from one folder only. Header guards repeat
the path. Tests see everything, but tests/reference, which must not share anything with what it checks.

Usage: check_includes.py SOURCE_DIRECTORY
"""

import pathlib
import re
import sys

# Headers outside the project and the standard library, by their beginning, and the one folder of src/ that may
# include them.
THIRD_PARTY = {
    "nlohmann/": "output",
    "CLI/": "cli",
    "yaml.h": "json",
    "zlib.h": "source",
    "re2/": "catalog",
    "sha256.h": "lint",
    "toml++/": "config",
    "simdjson": None,  # a yardstick of bench/, never part of the product
}
# The folder that a public header belongs to: what may include the one may include the other.
PUBLIC = "scpcheck/"
PUBLIC_OWNERS = {
    "result": "base",
    "source": "source",
    "diagnostic": "source",
    "files": "source",
    "policy": "policy",
    "organization": "org",
    "request": "request",
    "decision": "engine",
    "engine": "engine",
    "lint": "lint",
}

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)
LIBRARY = re.compile(r"scpcheck_library\(\s*(\w+)(.*?)\)", re.DOTALL)


def read_layers(source):
    """The folders of src/ and what each depends on, in the order in which they are added."""
    order = re.findall(r"add_subdirectory\((\w+)\)", (source / "src/CMakeLists.txt").read_text())
    depends = {}
    for folder in order:
        match = LIBRARY.search((source / "src" / folder / "CMakeLists.txt").read_text())
        words = match.group(2).split()
        listed = words[words.index("DEPENDS") + 1:] if "DEPENDS" in words else []
        keywords = [i for i, word in enumerate(listed) if word in ("SOURCES", "PRIVATE", "SMALL")]
        depends[folder] = listed[:keywords[0]] if keywords else listed
    return order, depends


def sources(directory):
    return sorted(path for path in directory.rglob("*") if path.suffix in (".h", ".cc"))


def main():
    source = pathlib.Path(sys.argv[1])
    problems = []
    order, depends = read_layers(source)

    for i, folder in enumerate(order):
        for used in depends[folder]:
            if used not in order[:i]:
                problems.append(f"src/{folder}/CMakeLists.txt: depends on {used}, which is not above it")
    for directory in (source / "src").iterdir():
        if directory.is_dir() and directory.name not in order:
            problems.append(f"src/{directory.name}: is no library of src/CMakeLists.txt")

    # Each file with the folder it belongs to; the program's main() stands outside of the cli library.
    files = [(path, path.relative_to(source / "src").parts[0]) for path in sources(source / "src")]
    files += [(path, "") for path in sources(source / "include")]
    for path, folder in files:
        name = path.relative_to(source)
        text = path.read_text(encoding="utf-8")
        allowed = {folder, *depends.get(folder, [])}
        for match in INCLUDE.finditer(text):
            bracket, header = match.groups()
            place = f"{name}:{text.count(chr(10), 0, match.start(2)) + 1}"
            for prefix, owner in THIRD_PARTY.items():
                if header.startswith(prefix) and folder != owner:
                    where = f"only src/{owner}" if owner else "nothing in src"
                    problems.append(f"{place}: {where} may include {header}")
            if bracket == "<":
                continue
            if header.startswith(PUBLIC):
                owner = PUBLIC_OWNERS.get(pathlib.PurePath(header).stem)
                if not (source / "include" / header).exists() or owner is None:
                    problems.append(f"{place}: {header} is no public header that this check knows")
                elif folder and owner not in allowed:
                    problems.append(f"{place}: src/{folder} may not include {header}, which belongs to {owner}")
                continue
            if not folder:
                problems.append(f"{place}: a public header includes {header}, which is not installed")
            elif header.endswith(".inc"):
                continue  # made by the build
            elif "/" not in header or header.split("/")[0] not in allowed:
                problems.append(f"{place}: src/{folder} may not include {header}: it is not in DEPENDS")

    for path in sources(source / "src") + sources(source / "include") + sources(source / "tests"):
        if path.suffix != ".h":
            continue
        name = path.relative_to(source)
        parts = name.parts[1:] if name.parts[0] in ("src", "include") else name.parts
        if parts[0] != "scpcheck":
            parts = ("scpcheck", *parts)
        guard = re.sub(r"[^A-Z0-9]", "_", "/".join(parts).upper()) + "_"
        text = path.read_text(encoding="utf-8")
        if f"#ifndef {guard}\n#define {guard}\n" not in text or not text.endswith(f"#endif  // {guard}\n"):
            problems.append(f"{name}: the include guard must be {guard}")

    for path in sources(source / "tests" / "reference"):
        if path.name.startswith("catalogue_hooks.") or path.name.endswith("_test.cc"):
            continue  # the seam to the catalogue, and the tests that compare
        for match in INCLUDE.finditer(path.read_text(encoding="utf-8")):
            if match.group(2).startswith(PUBLIC) or match.group(2).split("/")[0] in order:
                problems.append(f"{path.relative_to(source)}: includes {match.group(2)} of what it checks")

    for problem in problems:
        print(problem)
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
