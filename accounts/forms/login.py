"""The login form and the change of one's own password."""

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts import throttle
from records.fields import SeenField

PASSWORD_LENGTH = 200  # hashing a text of megabytes would hold a process for long
NEW_HELP = "Paling sedikit 12 karakter, bukan kata sandi yang umum atau urutan, dan tidak mirip nama Anda."


def password_field(label, autocomplete, help_text="", required=True):
    return forms.CharField(
        label=label,
        required=required,
        max_length=PASSWORD_LENGTH,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput({"autocomplete": autocomplete}),
    )


def check_own_password(user, raw: str) -> None:
    """Raises ValidationError when this is not the password of the account, or after too many wrong ones."""
    try:
        throttle.take_user(user, "own_password")
    except throttle.TooFast as refusal:
        raise ValidationError(
            "Terlalu banyak percobaan. Kata sandi Anda tidak diperiksa. Tunggu "
            f"{throttle.wait_in_words(refusal.wait)}, lalu coba lagi."
        ) from None
    if not user.check_password(raw):
        raise ValidationError("Kata sandi sekarang tidak cocok. Tulis kata sandi yang Anda pakai untuk masuk.")
    throttle.give_back_user(user, "own_password")


class LoginForm(forms.Form):
    """Gives one message for a wrong name, a wrong password, an ended account and a demo account from elsewhere."""

    username = SeenField(
        label="Nama pengguna",
        max_length=100,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = password_field("Kata sandi", "current-password")

    WRONG = (
        "Nama pengguna atau kata sandi tidak cocok, atau akun ini tidak berlaku lagi. Periksa huruf besar dan kecil, "
        "lalu coba lagi. Lupa kata sandi? Minta yang baru kepada admin DPMU."
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.user = None
        self.wait = 0  # seconds to wait after too many attempts
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self):
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password:
            return
        try:
            throttle.take(self.request, name)
        except throttle.TooFast as refusal:
            self.wait = refusal.wait
            raise ValidationError(
                "Terlalu banyak percobaan masuk. Kata sandi Anda tidak diperiksa. Tunggu "
                f"{throttle.wait_in_words(refusal.wait)}, lalu coba lagi. "
                "Lupa kata sandi? Minta yang baru kepada admin DPMU."
            ) from None
        self.user = authenticate(self.request, username=name, password=password)
        if self.user is None:
            raise ValidationError(self.WRONG)
        throttle.give_back(self.request, name)


class OwnPasswordForm(forms.Form):
    """One's own password: the old one first, so that an unattended screen is not enough."""

    old = password_field("Kata sandi sekarang", "current-password")
    new = password_field("Kata sandi baru", "new-password", NEW_HELP)
    again = password_field("Ulangi kata sandi baru", "new-password")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_old(self):
        check_own_password(self.user, self.cleaned_data["old"])
        return self.cleaned_data["old"]

    def clean_new(self):
        validate_password(self.cleaned_data["new"], self.user)
        return self.cleaned_data["new"]

    def clean(self):
        new, again = self.cleaned_data.get("new"), self.cleaned_data.get("again")
        if new and again and new != again:
            self.add_error("again", "Tidak sama dengan kata sandi baru di atas. Tulis keduanya sekali lagi.")
        if new and new == self.cleaned_data.get("old"):
            self.add_error("new", "Kata sandi baru harus berbeda dari yang sekarang.")
