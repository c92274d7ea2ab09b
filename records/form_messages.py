"""Messages of Django's own form checks in the language of the office: what is wrong and what to do.

Django's Indonesian catalogue uses the terms of programmers ("Bidang ini tidak boleh kosong") and lacks some sentences.
Pages of the portal are written without gettext, so the messages are set on the classes themselves.
"""

from django import forms
from django.core import validators

FIELDS = {
    forms.Field: {"required": "Isian ini wajib diisi."},
    forms.CharField: {"required": "Isian ini wajib diisi."},
    forms.EmailField: {"required": "Isian ini wajib diisi."},
    forms.IntegerField: {"invalid": "Tulis bilangan bulat, misalnya 12."},
    forms.DecimalField: {"invalid": "Tulis angka, misalnya 1.250,5."},
    forms.DateField: {"invalid": "Tulis tanggal yang benar, misalnya 31-12-2026."},
    forms.TimeField: {"invalid": "Tulis jam yang benar, misalnya 08.30."},
    forms.ChoiceField: {"invalid_choice": "Pilih salah satu dari daftar."},
    forms.TypedChoiceField: {"invalid_choice": "Pilih salah satu dari daftar."},
    forms.MultipleChoiceField: {
        "invalid_choice": "Pilih dari daftar saja.",
        "invalid_list": "Pilih satu atau beberapa dari daftar.",
    },
    forms.ModelChoiceField: {
        "invalid_choice": "Pilihan ini tidak ada lagi atau bukan wewenang Anda. Pilih yang lain dari daftar."
    },
    forms.ModelMultipleChoiceField: {
        "invalid_list": "Pilih satu atau beberapa dari daftar.",
        "invalid_choice": "Ada pilihan yang tidak ada lagi atau bukan wewenang Anda. Pilih yang lain dari daftar.",
        "invalid_pk_value": "Ada pilihan yang tidak dikenal. Pilih dari daftar.",
    },
    forms.FileField: {
        "invalid": "Berkas tidak terkirim. Pilih berkasnya lagi, lalu simpan.",
        "missing": "Berkas tidak terkirim. Pilih berkasnya lagi, lalu simpan.",
        "empty": "Berkas tidak ikut terkirim. Pilih lagi berkasnya, lalu simpan.",
        "max_length": "Nama berkas terlalu panjang (paling banyak %(max)d huruf). Ubah namanya, lalu unggah lagi.",
        "contradiction": "Pilih salah satu: mengunggah berkas baru atau menghapus yang lama.",
    },
    forms.ImageField: {"invalid_image": "Berkas ini bukan gambar atau rusak. Unggah gambar JPEG, PNG, atau WebP."},
    forms.UUIDField: {"invalid": "Formulir ini rusak. Muat ulang halaman, lalu isi kembali."},
}
VALIDATORS = {
    validators.MinValueValidator: "Isi angka paling kecil %(limit_value)s.",
    validators.MaxValueValidator: "Isi angka paling besar %(limit_value)s.",
    validators.MinLengthValidator: "Isi paling sedikit %(limit_value)d huruf; sekarang %(show_value)d.",
    validators.MaxLengthValidator: "Isi paling banyak %(limit_value)d huruf; sekarang %(show_value)d.",
    validators.EmailValidator: "Tulis alamat pos-el yang benar, misalnya nama@contoh.id.",
    validators.ProhibitNullCharactersValidator: "Ada tanda yang tidak terbaca dalam isian ini. Ketik ulang isiannya.",
}
DECIMALS = {
    "invalid": "Tulis angka, misalnya 1.250,5.",
    "max_digits": "Tulis paling banyak %(max)s angka seluruhnya.",
    "max_decimal_places": "Tulis paling banyak %(max)s angka di belakang koma.",
    "max_whole_digits": "Tulis paling banyak %(max)s angka di depan koma.",
}


def install():
    """Sets the messages; called once when the app is ready."""
    for field, sentences in FIELDS.items():
        field.default_error_messages = field.__dict__.get("default_error_messages", {}) | sentences
    for validator, sentence in VALIDATORS.items():
        validator.message = sentence
    validators.DecimalValidator.messages = validators.DecimalValidator.messages | DECIMALS
