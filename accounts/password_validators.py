"""Validators against passwords that are guessed first: words of this office, well-known ones, runs, repetitions."""

import re
from itertools import pairwise

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# What people of this programme try first; the name of the kabupaten is added for each account.
LOCAL_WORDS = (
    "pamsimas", "kpspams", "spams", "spam", "dpmu", "ampl", "hippams", "contoh", "portal", "admin", "staf", "pejabat",
    "fasilitator", "kabupaten", "kecamatan", "desa", "kepala", "kantor", "dinas", "perkim", "lampung", "mesuji",
    "indonesia", "merdeka", "jakarta", "airminum", "air", "minum", "bersih", "sanitasi", "kata", "sandi", "password",
    "passwd", "rahasia", "bismillah", "alhamdulillah", "assalamualaikum", "sayang", "selamat", "datang", "pagi",
    "ganti", "baru", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "login", "masuk", "user", "pengguna",
)  # fmt: skip
MIN_OWN_LETTERS = 5  # beside such words and numbers
MIN_DIFFERENT = 5  # characters
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {pair for row in ROWS for way in (row, row[::-1]) for pair in pairwise(way)}


class LocalWordsValidator:
    """Refuses a password made only of words of this office and numbers."""

    def validate(self, password, user=None):
        words = [*LOCAL_WORDS, *self._places(user)]
        left = "".join(sign for sign in password.lower() if sign.isalpha())
        for word in sorted(words, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < MIN_OWN_LETTERS:
            raise ValidationError(
                "Kata sandi ini tersusun dari kata yang lazim di kantor ini dan angka, jadi mudah ditebak. "
                "Rangkai beberapa kata lain, misalnya empat kata yang tidak berhubungan."
            )

    def _places(self, user) -> list[str]:
        district = getattr(user, "district", None)
        return [re.sub(r"[^a-z]", "", district.name.lower())] if district else []

    def get_help_text(self):
        return "Kata sandi tidak tersusun dari kata yang lazim di kantor ini dan angka saja."


class PatternValidator:
    """Refuses runs along the alphabet, the digits or the keyboard, repetitions, and very few characters."""

    def validate(self, password, user=None):
        text = password.lower()
        steps = list(pairwise(text))
        runs = sum(one == other or (one, other) in NEIGHBOURS for one, other in steps)
        repeated = text in (text + text)[1:-1]
        if len(set(text)) < MIN_DIFFERENT or repeated or 2 * runs > len(steps):
            raise ValidationError(
                "Kata sandi ini berupa urutan atau pengulangan huruf dan angka, jadi mudah ditebak. "
                "Rangkai beberapa kata yang tidak berhubungan."
            )

    def get_help_text(self):
        return "Kata sandi bukan urutan atau pengulangan huruf dan angka."


class CommonStemValidator(CommonPasswordValidator):
    """Refuses a well-known password, also with digits or signs before or behind it."""

    def validate(self, password, user=None):
        super().validate(password, user)
        super().validate(re.sub(r"^[^a-zA-Z]+|[^a-zA-Z]+$", "", password), user)
