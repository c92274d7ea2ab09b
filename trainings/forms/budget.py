"""Form of one budget line of a training."""

from django import forms
from django.db import transaction

from records.editing import EditForm
from records.fields import SeenField
from trainings.models import BudgetLine
from trainings.services.spj import refuse_cancelled

SOURCES = ["APBD Kabupaten", "APBD Provinsi", "APBN", "APBDes", "Swasta/CSR"]


class BudgetLineForm(EditForm):
    fixed = ("training",)

    source = SeenField(label="Sumber dana", max_length=60, widget=forms.TextInput({"list": "daftar-sumber"}))

    class Meta:
        model = BudgetLine
        fields = ["training", "title", "source", "sub_activity", "account_code", "dpa_number", "ceiling", "realised"]
        localized_fields = ["ceiling", "realised"]
        help_texts = {
            "title": "Misalnya Uang saku peserta, Sewa gedung, Honorarium narasumber.",
            "account_code": "Seperti dalam DPA; tidak dibuat portal.",
            "realised": "Yang sudah dibayar. Kosongkan selama belum ada.",
        }

    def save_by(self, user):
        with transaction.atomic():
            refuse_cancelled(self.instance.training)
            return super().save_by(user)
