"""Form of an office's own template for a kind of document."""

import hashlib
from pathlib import PurePath

from django import forms
from django.utils.html import format_html
from django.utils.timezone import localdate

from documents import registry
from documents.choices import OwnTemplate
from documents.layout.word_template import Found
from documents.models import DocumentTemplate
from records.editing import EditForm
from reports.services import templates

UPLOADS = {
    OwnTemplate.BACKGROUND: (
        "Gambar latar",
        "PNG, JPEG, atau WEBP, A4 melintang (misalnya 1754 × 1240 piksel), paling besar 5 MB. Bagian tengahnya "
        "berwarna muda: tulisan hitam dicetak di atasnya.",
        "image/png,image/jpeg,image/webp",
    ),
    OwnTemplate.DOCX: (
        "Berkas Word",
        format_html(
            "DOCX dengan tanda isian seperti <code>{}</code>, tanpa makro, paling besar 2 MB. Diperiksa saat diunggah: "
            "tanda isian yang tidak dikenal disebut namanya.",
            "{{ nomor }}",
        ),
        ".docx",
    ),
}
PLAIN = "Pakai berkas tanpa tanda isian: setiap suratnya sama persis"
MAX_NAMED = 8  # placeholders named in a sentence
WITHOUT = "Kembali ke bentuk bawaan portal mulai tanggal ini"


class DocumentTemplateForm(EditForm):
    upload = forms.FileField(required=False)
    plain = forms.BooleanField(label=PLAIN, required=False, widget=forms.HiddenInput)
    without = forms.BooleanField(label=WITHOUT, required=False)
    fixed = ("district", "kind")
    placeholders: Found | None = None  # of the uploaded Word file
    replaces = False

    class Meta:
        model = DocumentTemplate
        fields = ["district", "kind", "valid_from"]
        help_texts = {
            "valid_from": "Dokumen bertanggal sejak hari ini memakai bentuk ini, sampai bentuk berikutnya berlaku.",
        }

    def fields_for_people(self):
        self.document = registry.document(self.instance.kind)
        label, help_text, accept = UPLOADS[self.document.own_template]
        upload = self.fields["upload"]
        upload.label, upload.widget = label, forms.FileInput({"accept": accept})
        upload.help_text = (
            format_html("{} Kosongkan bila tidak diganti.", help_text) if self.instance.file else help_text
        )
        if not self.instance.pk:
            self.initial["valid_from"] = localdate()
        self.initial.setdefault("without", bool(self.instance.pk) and not self.instance.file)

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if not upload:
            return None
        kept, self.placeholders = templates.own_file(self.document, upload)
        kept.name = upload.name
        return kept

    def clean(self):
        data = super().clean()
        if "upload" in self.errors:
            return data
        if data.get("upload") and data.get("without"):
            self.add_error("without", "Hapus centang ini, atau kosongkan berkasnya: hanya satu yang dapat berlaku.")
        elif not (data.get("upload") or data.get("without") or self.instance.file):
            self.add_error("upload", "Pilih berkasnya, atau centang kembali ke bentuk bawaan.")
        self._confirm_plain(data)
        if not self.instance.pk and not self.errors:
            self._replace_same_day(data["valid_from"])
        return data

    def _confirm_plain(self, data):
        """A Word file without placeholders prints the same letter for everybody, so it needs a tick."""
        found, form = self.placeholders, self.document.word_form
        if form is None or not found or found.names:
            return
        self.fields["plain"].widget = forms.CheckboxInput()
        if not data.get("plain"):
            known = ", ".join(f"{{{{ {name} }}}}" for name in list(form.values)[:MAX_NAMED])
            others = ", ".join(found.foreign[:MAX_NAMED])
            left = f" Tanda sistem lain ({others}) tidak diisi." if others else ""
            self.add_error(
                "upload",
                f"Berkas ini tidak memuat satu pun tanda isian portal.{left} Yang dikenal, antara lain: {known}. "
                "Tulis di berkasnya, atau centang pilihan di bawah bila memang begitu; lalu pilih berkasnya lagi.",
            )

    def _replace_same_day(self, day):
        """A second file of the same day replaces the first: the row of that day gets it."""
        own = {"district": self.instance.district, "kind": self.instance.kind}
        if row := DocumentTemplate.objects.filter(**own, valid_from=day).first():
            self.instance, self.replaces = row, True

    def save_by(self, user):
        # The old file stays on disk as long as a document was made with it (reports.storage.tidy).
        row = self.instance
        if self.replaces:
            self.cleaned_data["version"] = row.version
        if upload := self.cleaned_data.get("upload"):
            upload.seek(0)
            row.sha256 = hashlib.sha256(upload.read()).hexdigest()
            upload.seek(0)
            row.name = PurePath(upload.name).name[-120:]
            suffix = ".docx" if self.document.own_template == OwnTemplate.DOCX else ".jpg"
            upload.name = f"bentuk{suffix}"
            row.file = upload
        elif self.cleaned_data.get("without"):
            row.file = row.name = row.sha256 = ""
        return super().save_by(user)
