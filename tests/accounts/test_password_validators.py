"""Password validators: common passwords are refused with a message; a few unrelated words are accepted."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import District, User
from accounts.services.passwords import made_up_password

SITI = User(username="siti.aminah", name="Siti Aminah", email="siti@contoh.id", district=District(name="Tulang Bawang"))


@pytest.mark.parametrize(
    "password",
    [
        "contoh-pamsimas", "pamsimas2026", "Pamsimas.Mesuji.2026", "KPSPAMS-air-bersih-1", "tulangbawang2026",
        "aaaaaaaaaaaa", "123456789012", "098765432109", "abcdefghijklm", "qwertyuiop123", "abc1abc1abc1",
        "112233445566",
        "iloveyou2026!", "2026!princess", "admin-password-1", "siti.aminah.2026", "aminah-siti-99",
        "081234567890",
    ],
)  # fmt: skip
def test_what_is_guessed_first_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, SITI)


@pytest.mark.parametrize(
    "password", ["delapan gunung biru tua", "sumur-bor-desa-2026", "kambing makan nasi uduk", "Tiga?Kucing!Loteng7"]
)
def test_a_few_unrelated_words_are_a_password(password):
    validate_password(password, SITI)


def test_made_up_passwords_pass():
    for _ in range(200):
        validate_password(made_up_password(SITI), SITI)


@pytest.mark.parametrize("bad", ["euuy-5555-tggh-7656", "desa-4827-tpwh-9365"])
def test_what_chance_makes_and_nobody_may_choose_is_drawn_again(monkeypatch, bad):
    signs = iter((bad + "kxmr-4827-tpwh-9365").replace("-", ""))
    monkeypatch.setattr("accounts.services.passwords.secrets.choice", lambda kind: next(signs))
    assert made_up_password(SITI) == "kxmr-4827-tpwh-9365"
