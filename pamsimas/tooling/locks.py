"""Lock files with hashes: written by `./run lock`, compared by `./run check`."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from pamsimas.tooling import steps

UV = [
    steps.PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", "--no-config", "--quiet",
    "--generate-hashes", "--python-version", "3.11", "--only-binary", ":all:",
    "--no-annotate", "--no-header", "--no-emit-index-url", "--strip-extras",
]  # fmt: skip


def write():
    """Compiles both lock files; locked versions stay, delete requirements*.txt first for newer ones."""
    subprocess.run([*UV, "-o", "requirements.txt"], check=True)
    subprocess.run([*UV, "--extra", "dev", "-c", "requirements.txt", "-o", "requirements-dev.txt"], check=True)


def locked(path):
    """Name to version of each line of a lock."""
    return dict(re.findall(r"^([a-z0-9][\w.-]*)==([\w.+!-]+)", Path(path).read_text(), re.MULTILINE))


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def faults():
    """A message for each dependency that the lock files violate, and for anything in them but hashes."""
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    wanted = {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": project["dependencies"] + project["optional-dependencies"]["dev"],
    }
    sentences = []
    for name, lines in wanted.items():
        versions = locked(name)
        for requirement in map(Requirement, lines):
            version = versions.get(plain(requirement.name))
            if version is None:
                sentences.append(f"{name} lacks {requirement.name}")
            elif not requirement.specifier.contains(version, prereleases=True):
                sentences.append(f"{name} has {requirement.name} {version}, pyproject.toml wants {requirement}")
        text = Path(name).read_text()
        if "://" in text or "--index" in text or "--find-links" in text:
            sentences.append(f"{name} names an address")
        entries = re.findall(r"^[a-z0-9].*(?:\n[ \t].*)*", text, re.MULTILINE)
        sentences += [f"{name}: no hash for {entry.split()[0]}" for entry in entries
                 if "--hash=sha256:" not in entry]  # fmt: skip
    base, dev = locked("requirements.txt"), locked("requirements-dev.txt")
    sentences += [f"requirements-dev.txt has another {name} than requirements.txt"
             for name, version in base.items() if dev.get(name) != version]  # fmt: skip
    return sentences


if __name__ == "__main__":
    sys.exit(write())
