"""Self-signed certificate for the first start: `python -m pamsimas.tooling.certificate FOLDER HOSTS`.

It encrypts, but no browser trusts it; a real one replaces portal.crt and portal.key in the same folder.
"""

import subprocess
import sys
from pathlib import Path

DAYS = "825"


def main(folder: str, hosts: str) -> int:
    """Writes the certificate unless there is one."""
    certificate, key = Path(folder, "portal.crt"), Path(folder, "portal.key")
    if certificate.exists() and key.exists():
        return 0
    names = [host.strip().lstrip(".") for host in hosts.split(",") if host.strip(". ")]
    done = subprocess.run([
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", DAYS, "-subj", f"/CN={names[0]}", "-addext", f"subjectAltName={','.join(map(alternative, names))}",
        "-keyout", str(key), "-out", str(certificate),
    ], stdin=subprocess.DEVNULL, capture_output=True, text=True)  # fmt: skip
    if done.returncode:
        sys.stderr.write(done.stderr)
        return done.returncode
    key.chmod(0o600)
    print(f"{certificate}: made here, trusted by no browser; replace it and portal.key by the real ones.")
    return 0


def alternative(name: str) -> str:
    """The subject alternative name of a host or an address."""
    return f"{'IP' if name.replace('.', '').isdigit() else 'DNS'}:{name}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
