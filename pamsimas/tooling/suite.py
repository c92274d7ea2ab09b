"""`./run test`: the whole suite, in the two ways it can run."""

import os
import subprocess
import sys
import tempfile

from pamsimas.tooling import image, servers, steps

WAITING = "kill or image"  # mostly waits: for leases to end, for the sweep, for packages of an image
ALONE = "browser or production"  # a real browser, a whole portal
HOUSE = "tests/house"  # walks over all pages as each role
# What says the same on both databases and takes long; the reasons in the order of the list: PDFs are rendered, a real
# nginx and half-sent requests. CI runs them once, on PostgreSQL.
ONCE = ["tests/reports/documents", "tests/pamsimas/test_front.py", "tests/pamsimas/test_web_worker.py"]


def command(*arguments):
    return [steps.PYTHON, "-m", "pytest", *arguments]


def pytest(*arguments, env=None):
    return subprocess.run(command(*arguments), env=env).returncode


def main(arguments):
    if arguments == ["--servers"]:
        steps.compose()
        steps.front()
        image.install()
        with servers.running() as env:
            return both(env)
    if arguments:
        return pytest(*arguments)
    if os.environ.get("CI"):
        steps.say(
            "Sekali saja di CI, pada PostgreSQL dan Redis: tests/house, uji bertanda browser, kill, image, production,"
            f" dan {', '.join(ONCE)}."
        )
        return parallel(None, without=ONCE)
    return both(None)


def both(env):
    """Killed workers and the image wait most of their time, so they do it beside what keeps all cores busy; browsers
    and the production shape then have the machine alone.
    """
    with tempfile.TemporaryFile() as said:
        waiting = subprocess.Popen(command("-q", "-rs", "-m", WAITING), env=env, stdout=said, stderr=subprocess.STDOUT)
        try:
            codes = [parallel(env), walks(env)]
            codes.append(waiting.wait())
        finally:
            waiting.kill()
        said.seek(0)
        steps.say(said.read().decode(errors="replace"))
    codes.append(alone(env))
    return max(codes, key=abs)


def parallel(env, without=()):
    ignored = [f"--ignore={path}" for path in [HOUSE, *without]]
    return pytest("-n", "auto", "-q", "-rs", "-m", f"not ({ALONE} or {WAITING})", *ignored, env=env)


def walks(env):
    """Few and long, so an idle process takes some over from the other. The rest must keep its order: what a test of
    real transactions leaves behind is no database for the next one.
    """
    return pytest("-n", "auto", "--dist", "worksteal", "-q", "-rs", HOUSE, env=env)


def alone(env):
    return pytest("-q", "-rs", "-m", ALONE, env=env)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
