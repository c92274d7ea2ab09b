"""A backup of the first version of the current tables is restored and migrated (tests/pamsimas/kept_backup.py)."""

import hashlib
import json
import tarfile

import pytest
from django.db import connection

from tests.pamsimas import kept_backup
from tests.pamsimas.test_backup import Portal

# The row counts of some tables, and the page of a village for an admin.
LOOK = """
import json
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from accounts.models import User
from villages.models import Village
labels = ["villages.Village", "kpspams.KpspamsGroup", "plans.WorkPlan", "trainings.Participant", "records.StoredFile"]
plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
client = Client(HTTP_HOST="localhost")
client.force_login(User.objects.get(username="pembaca"), backend="accounts.backends.AccountBackend")
village = Village.objects.order_by("code").first()
with override_settings(STORAGES=settings.STORAGES | plain):
    page = client.get(f"/desa/{village.pk}/", secure=True)
print("ROWS" + json.dumps({
    "filled": all(apps.get_model(label).objects.exists() for label in labels),
    "page": page.status_code, "named": village.name in page.content.decode(),
}))
"""


@pytest.fixture
def portal(tmp_path):
    portal = Portal(tmp_path / "portal")
    yield portal
    portal.drop()


def parts(backup):
    """The documents in a backup with the hashes of its manifest."""
    with tarfile.open(backup) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    return {
        name.removeprefix("media/"): facts["sha256"]
        for name, facts in manifest["parts"].items()
        if name.startswith("media/")
    }


def test_kept_backup_is_restored_and_migrated_to_this_version(portal):
    backup = kept_backup.path(connection.vendor)
    portal.well("restore", backup)
    portal.well("migrate", "-v0")
    assert portal.request(LOOK) == {"filled": True, "page": 200, "named": True}
    files = {name: hashlib.sha256(content).hexdigest() for name, content in portal.files().items()}
    assert (files, len(files) > 1) == (parts(backup), True)


def test_only_backups_of_this_generation_are_kept():
    kept = {path.name for path in kept_backup.KEPT.iterdir()}
    assert kept == {kept_backup.path(vendor).name for vendor in ("sqlite", "postgresql")}
