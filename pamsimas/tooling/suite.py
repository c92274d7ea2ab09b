"""`./run test`: the whole suite, in the two ways it can run."""

import os
import subprocess
import sys

from pamsimas.tooling import servers, steps

SLOW = "browser or kill or production"
HOUSE = "tests/house"  # walks over all pages as each role


def pytest(*arguments, env=None):
    return subprocess.run([steps.PYTHON, "-m", "pytest", *arguments], env=env).returncode


def main(arguments):
    if arguments == ["--servers"]:
        steps.compose()
        with servers.running() as env:
            return both(env)
    if arguments:
        return pytest(*arguments)
    if os.environ.get("CI"):
        steps.say(
            "Sekali saja di CI, pada PostgreSQL dan Redis: tests/house dan uji bertanda browser, kill, production."
        )
        return parallel(None)
    return both(None)


def both(env):
    """What shares nothing runs on all cores; browsers and killed workers then have the machine alone."""
    codes = [parallel(env), walks(env), alone(env)]
    return max(codes, key=abs)


def parallel(env):
    return pytest("-n", "auto", "-q", "-rs", "-m", f"not ({SLOW})", "--ignore", HOUSE, env=env)


def walks(env):
    """Few and long, so an idle process takes some over from the other. The rest must keep its order: what a test of
    real transactions leaves behind is no database for the next one.
    """
    return pytest("-n", "auto", "--dist", "worksteal", "-q", "-rs", HOUSE, env=env)


def alone(env):
    code = pytest("-q", "-rs", "-m", SLOW, env=env)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
