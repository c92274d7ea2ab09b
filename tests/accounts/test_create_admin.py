"""The command create_admin, run by the administrator of the server for the first admin."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import District, User
from records.models import Event
from tests.factories import AdminFactory, DistrictFactory, UserFactory

PASSWORD = "sumur-bor-desa-2026"
FIRST = {"username": "kepala.dpmu", "name": "Kepala DPMU", "kode": "18.11"}
PLACE = {"kabupaten": "Mesuji", "provinsi": "Lampung"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def password_given(monkeypatch):
    monkeypatch.setenv("PAMSIMAS_ADMIN_PASSWORD", PASSWORD)


def test_creates_admin_and_unknown_district():
    call_command("create_admin", **FIRST, **PLACE, verbosity=0)
    user = User.objects.get()
    district = District.objects.get()
    assert (district.code, district.name, district.province) == ("18.11", "Mesuji", "Lampung")
    assert (user.username, user.role, user.district, user.is_sample) == ("kepala.dpmu", "admin", district, False)
    assert user.check_password(PASSWORD)
    assert list(Event.objects.of(user).values_list("verb", "reason")) == [("add", "create_admin")]


def test_known_district_is_taken_by_its_code():
    known = DistrictFactory()
    call_command("create_admin", **FIRST, verbosity=0)
    assert User.objects.get().district == known


def test_all_districts():
    call_command("create_admin", **FIRST | {"kode": "semua"}, verbosity=0)
    assert (User.objects.get().all_districts, District.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"username": None}, "--username"),
        ({"username": "Kepala DPMU"}, "huruf kecil"),
        ({"name": " "}, "Nama lengkap tidak boleh kosong"),
        ({"kode": "Mesuji"}, "kode kabupaten seperti 18.11"),
        ({"provinsi": None}, "--provinsi"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_left(changed, message):
    with pytest.raises(CommandError, match=message):
        call_command("create_admin", **FIRST | PLACE | changed, verbosity=0)
    assert (User.objects.count(), District.objects.count()) == (0, 0)


def test_weak_password_is_refused(monkeypatch):
    monkeypatch.setenv("PAMSIMAS_ADMIN_PASSWORD", "rahasia")
    with pytest.raises(CommandError, match="12"):
        call_command("create_admin", **FIRST, **PLACE, verbosity=0)
    assert User.objects.count() == 0


def test_reset_gives_a_closed_admin_a_new_password():
    admin = AdminFactory(is_active=False)
    call_command("create_admin", username=admin.username, reset=True, verbosity=0)
    admin.refresh_from_db()
    assert admin.is_active
    assert admin.check_password(PASSWORD)
    assert Event.objects.of(admin).first().reason == "create_admin --reset"


def test_reset_is_for_admins_alone():
    staff = UserFactory()
    with pytest.raises(CommandError, match="Tidak ada Admin DPMU"):
        call_command("create_admin", username=staff.username, reset=True, verbosity=0)


def test_existing_name_is_not_overwritten():
    admin = AdminFactory(username="kepala.dpmu")
    with pytest.raises(CommandError, match="--reset"):
        call_command("create_admin", **FIRST, verbosity=0)
    admin.refresh_from_db()
    assert not admin.check_password(PASSWORD)
