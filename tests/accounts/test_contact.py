"""E-mail and telephone number of an account: private, changed by the user or an admin."""

import pytest

from records.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db

PAGE = "/akun/kontak/"
PASSWORD = "sandi-uji-panjang"  # of every account made by the factory


def test_one_keeps_ones_own_and_the_history_keeps_no_value(client):
    user = make.OfficialFactory()
    client.force_login(user)
    sent = {"email": "pejabat@contoh.id", "phone": "0812 3456 7890", "version": "1", "role": "admin"}
    sent |= {"name": "Lain", "current_password": PASSWORD}
    assert client.post(PAGE, sent).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.phone, user.role) == ("pejabat@contoh.id", "+6281234567890", "official")
    assert Event.objects.of(user).get().changes == {"pos-el": None, "nomor HP": None}
    assert "0812-3456-7890" in client.get("/akun/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        (
            "phone",
            "halo",
            "Nomor HP tidak benar: “halo”. Tulis seperti 0812 3456 7890, satu nomor saja, atau kosongkan.",
        ),
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


def test_another_e_mail_asks_for_the_password_and_a_number_does_not(client):
    user = make.UserFactory(email="lama@contoh.id")
    client.force_login(user)
    for typed in ("", "salah sama sekali"):
        page = client.post(PAGE, {"version": "1", "email": "baru@contoh.id", "current_password": typed})
        assert "Kata sandi sekarang tidak cocok" in page.content.decode()
    assert client.post(PAGE, {"version": "1", "email": "lama@contoh.id", "phone": "0812 3456 7890"}).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.phone) == ("lama@contoh.id", "+6281234567890")


def test_the_present_password_is_not_guessed_without_end(client):
    user = make.UserFactory()
    client.force_login(user)
    wrong = {"old": "salah sama sekali", "new": "delapan gunung biru", "again": "delapan gunung biru"}
    pages = [client.post("/akun/kata-sandi/", wrong).content.decode() for _ in range(9)]
    assert ["Terlalu banyak percobaan" in page for page in pages] == [False] * 8 + [True]
    right = client.post("/akun/kata-sandi/", wrong | {"old": PASSWORD})
    assert "Kata sandi Anda tidak diperiksa" in right.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
