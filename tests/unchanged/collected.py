"""The tests that pytest collects, by function and number of cases: a test that moves with its module is the same."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.unchanged.facts import Recorder


def counted(lines: list[str]) -> Counter[str]:
    """Function (with its class) -> cases, of lines "path::function[case]" as `pytest --collect-only -q` prints them."""
    found: Counter[str] = Counter()
    for line in lines:
        path, separator, test = line.partition("::")
        if separator and path.endswith(".py"):
            found[test.partition("[")[0]] += 1
    return found


def main(folder: Path) -> None:
    own = f"--ignore={Path(__file__).parent}"  # of this tool, which may be newer than the recorded checkout
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0", "-p", "no:cacheprovider", own]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    recorder = Recorder(folder, "collected")
    found = counted(done.stdout.splitlines())
    for test, cases in found.items():
        recorder.add(f"test {test}", f"{cases} cases")
    recorder.add("tests in all", f"{len(found)} functions, {found.total()} cases")
    recorder.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
