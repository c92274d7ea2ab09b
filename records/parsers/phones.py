"""Parser of telephone numbers as people write them, stored as E.164."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

E164 = RegexValidator(r"^\+\d{8,15}$", "Tulis nomor HP seperti 0812 3456 7890.")  # of a column
EXAMPLE = "Tulis seperti 0812 3456 7890, satu nomor saja, atau kosongkan."
# What offices write where there is no telephone; such a word does not make the row invalid.
_NONE = re.compile(
    r"(?:tidak|tdk|tak|tiada|belum|blm|gak|ga|gk|nggak|ngga|enggak|ndak|tanpa|kosong|nihil|no|none|nol|hilang|rusak|"
    r"lupa|n/?a)\b[^0-9]*|[\W_0x]*",
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"[+']?[\d.,]+\s*e\s*[+-]?\s*\d+", re.IGNORECASE)
_WORD = r"(?:no|nomor|nomer|hp|wa|telp|tlp|telepon|whatsapp)\b"
_LABEL = re.compile(rf"^(?:{_WORD}[\s.:/]*)+|[\s.,;/(-]*(?<![a-z])(?:{_WORD}[\s./)]*)*[.,;]*$", re.IGNORECASE)
# "0812 3456 7890/91": another number follows the slash; "0724/123456": the slash follows the area code.
_SECOND = re.compile(r"(?:\D*\d){7,}\D*(?:[/,;&]|atau|dan)\D*\d", re.IGNORECASE)
_MOBILE = re.compile(r"0?(8[0-9]{8,11})")  # the usual form: certainly a possible number
MAX_DIGITS = 15  # digits of E.164 with the country code


def is_none(text: str) -> bool:
    """Whether the text means that there is no telephone: "tidak ada", "-"."""
    return _NONE.fullmatch(" ".join(text.split()).lstrip("'")) is not None


def read(text: str) -> str:
    """The number as E.164, "" where none is written. Raises ValidationError."""
    written = " ".join(text.split()).lstrip("'")
    if mobile := _MOBILE.fullmatch(written):
        return f"+62{mobile[1]}"
    if is_none(written):
        return ""
    if _ROUNDED.fullmatch(written):
        raise ValidationError(
            f"Nomor HP “{written[:40]}” sudah dibulatkan oleh Excel. Ubah format kolomnya menjadi Teks, lalu tulis "
            "lagi nomornya."
        )
    plain = _LABEL.sub("", written)
    digits = re.sub(r"[^0-9]", "", plain)
    wrong = ValidationError(f"Nomor HP tidak benar: “{written[:40]}”. {EXAMPLE}")
    if _SECOND.match(plain):
        raise ValidationError(f"Nomor HP tidak benar: “{written[:40]}” memuat dua nomor. Tulis satu nomor saja.")
    if re.search(r"[^0-9\s().+/-]", plain.replace("–", "-")):
        raise wrong
    if digits.startswith("8") and not plain.startswith("+"):
        plain = "0" + digits  # Excel removes the leading zero
    elif digits.startswith("0062"):
        plain = "+" + digits[2:]
    elif digits.startswith("62") and not plain.startswith("+"):
        plain = "+" + digits
    try:
        number = phonenumbers.parse(plain, "ID")
    except phonenumbers.NumberParseException:
        raise wrong from None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    # No national number begins with 0: such a number is cut off or has a second country code.
    begins_with_0 = number.country_code == 62 and e164.startswith("+620")
    if not phonenumbers.is_possible_number(number) or begins_with_0 or len(e164) > MAX_DIGITS + 1:
        raise wrong
    return e164
