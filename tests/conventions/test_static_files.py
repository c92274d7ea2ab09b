"""Static files: vendored files, the used part of Bootstrap, the production manifest and the weight of the frame."""

import hashlib
import importlib.util
import re

import brotli
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command

ROOT = settings.BASE_DIR
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_vendored_files_are_those_listed():
    listed = dict(
        re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", (STATIC / "vendor/VENDORED.md").read_text(), re.M)
    )
    folders = [
        *STATIC.glob("vendor/*/*"),
        *STATIC.glob("pamsimas/fonts/*.*tf*"),
        *STATIC.glob("pamsimas/fonts/*.woff2"),
    ]
    present = {str(path.relative_to(STATIC)) for path in [*folders, STATIC / "pamsimas/icons.svg"]}
    assert set(listed) == present
    hashes = {name: hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name in listed}
    assert hashes == listed


def test_every_static_file_of_a_page_is_there_in_production(tmp_path, settings):
    """The production manifest refuses a missing file: the page would end in a 500 only there."""
    settings.STATIC_ROOT = tmp_path
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, verbosity=0)
    storage = ManifestStaticFilesStorage(location=tmp_path)
    for path in TEMPLATES:
        for name in re.findall(r"""{%\s*static\s+["']([^"']+)["']""", path.read_text()):
            assert storage.stored_name(name) in storage.hashed_files.values(), (path, name)


def test_the_used_part_of_bootstrap_has_every_class_that_is_named():
    spec = importlib.util.spec_from_file_location("make_bootstrap", STATIC / "vendor/make_bootstrap.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    wanted = set(maker.style_sheet().splitlines())
    missing = wanted - set(maker.USED.read_text().splitlines())
    assert not missing, "run static/vendor/make_bootstrap.py"
    assert ".carousel-item" not in maker.USED.read_text()
    assert len(wanted) > 200


def test_first_load_of_the_frame_stays_in_its_budget():
    """Style sheets, scripts, sprite and fonts of base.html take 56 of the 100 kB that a compressed page may weigh.

    Eleven of the scripts keep typed text (drafts.js and its parts): every page may have a form, and every page shows
    what waits.
    """
    names = re.findall(r"{% static '([^']+)' %}", (ROOT / "templates/base.html").read_text())
    sizes = {}
    for name in {*names, "pamsimas/icons.svg"}:
        data = (STATIC / name).read_bytes()
        sizes[name] = len(data) if name.endswith("woff2") else len(brotli.compress(data))
    assert sum(sizes.values()) <= 56_000, sizes
    assert max(size for name, size in sizes.items() if name.endswith("woff2")) <= 20_000
