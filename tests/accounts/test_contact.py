"""E-mail and telephone number of an account: private, kept by oneself or an admin."""

import pytest

from records.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db

PAGE = "/akun/kontak/"


def test_one_keeps_ones_own_and_the_history_keeps_no_value(client):
    user = make.OfficialFactory()
    client.force_login(user)
    sent = {"email": "pejabat@contoh.id", "phone": "0812 3456 7890", "version": "1", "role": "admin", "name": "Lain"}
    assert client.post(PAGE, sent).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.phone, user.role) == ("pejabat@contoh.id", "+6281234567890", "official")
    assert Event.objects.of(user).get().changes == {"pos-el": None, "nomor HP": None}
    assert "0812-3456-7890" in client.get("/akun/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("phone", "halo", "Tulis nomor HP seperti 0812 3456 7890"),
        ("email", "bukan surel", "Belum tersimpan. Periksa isian berikut:"),
    ],
)
def test_what_is_no_contact_is_refused_in_words(client, field, value, complaint):
    user = make.UserFactory()
    client.force_login(user)
    page = client.post(PAGE, {"version": "1", field: value})
    assert complaint in page.content.decode()
    user.refresh_from_db()
    assert (user.email, user.phone) == ("", "")


def test_an_admin_keeps_it_and_lists_of_accounts_do_not_tell_it(client):
    account = make.UserFactory(phone="+6281234567890", email="staf@contoh.id")
    client.force_login(make.AdminFactory())
    assert "0812-3456-7890" in client.get(account.get_absolute_url()).content.decode()
    for address in ("/pengguna/", "/pengguna/?unduh=csv&pribadi=1&hp=1"):
        page = client.get(address).getvalue().decode()
        assert "3456" not in page
        assert "staf@contoh.id" not in page
