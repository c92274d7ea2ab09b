"""Build of the image of the Dockerfile without a container engine: buildah, on a base that debootstrap makes from
Debian packages. For the test that starts web and worker in it as the unprivileged user.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from pamsimas.tooling import steps

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {"buildah": "/usr/bin/buildah", "debootstrap": "/usr/sbin/debootstrap"}
BASE = ["python3", "python3-venv", "python-is-python3", "ca-certificates", "openssl"]  # packages of the official base
# Access to registries from this machine: certificates and settings of pip.
MACHINE = [Path("/etc/ssl/certs"), Path("/etc/pip.conf"), Path("/etc/xdg/pip")]
NAME = "pamsimas-portal"


def install():
    missing = [package for package, path in PACKAGES.items() if not Path(path).exists()]
    if missing:
        steps.apt(missing, "Tests of the image of the Dockerfile need these packages.")


class Image:
    """Builds the image into a store of its own under `place`."""

    def __init__(self, place: Path):
        self.place = place
        self.store = ["--root", str(place / "store"), "--runroot", str(place / "run"), "--storage-driver", "vfs"]
        self.environment = os.environ | {"BUILDAH_ISOLATION": "chroot"}

    def command(self, *arguments):
        return ["buildah", *self.store, *map(str, arguments)]

    def buildah(self, *arguments):
        return self.run(self.command(*arguments))

    def run(self, command):
        done = subprocess.run(
            command, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace"
        )
        if done.returncode:
            raise steps.Stop(f"{' '.join(map(str, command))} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        return done.stdout.strip()

    def make_base(self):
        """Makes the base image with the name in FROM of the Dockerfile."""
        name, release = re.search(r"(?m)^FROM (\S+-(\w+))", (ROOT / "Dockerfile").read_text()).groups()
        registry = self.run(["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"])
        container = self.buildah("from", "scratch")
        folder = self.buildah("mount", container)
        self.run(["debootstrap", "--variant=minbase", f"--include={','.join(BASE)}", release, folder,
                  *registry.splitlines()[:1]])  # fmt: skip
        self.buildah("config", "--env", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", container)
        self.buildah("commit", "--disable-compression", "--rm", container, f"docker.io/library/{name}")

    def build(self):
        """Runs every step of the Dockerfile."""
        mounts = [part for path in MACHINE if path.exists() for part in ("--volume", f"{path}:{path}:ro")]
        self.buildah("build-using-dockerfile", "--pull-never", *mounts, "--tag", NAME, ROOT)

    @property
    def start_command(self):
        """The command of the image."""
        return json.loads(self.buildah("inspect", "--type", "image", NAME))["OCIv1"]["config"]["Cmd"]

    def container(self):
        return self.buildah("from", "--pull-never", NAME)

    def inside(self, container, command, data, env):
        """The command line that runs a command in a container of the image, as its user, with `data` at /data."""
        settings = [part for name, value in env.items() for part in ("--env", f"{name}={value}")]
        return self.command("run", "--volume", f"{data}:/data", *settings, container, "--", *command)

    def remove(self):
        subprocess.run(self.command("rm", "--all"), env=self.environment, capture_output=True)
        shutil.rmtree(self.place, ignore_errors=True)
