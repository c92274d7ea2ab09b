"""Forms of groups, their legal documents and their checks, and the filters of the list."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from kpspams.forms.kinds import KIND_CHOICES, PAMSIMAS
from kpspams.models import GroupCheck, KpspamsGroup, LegalDocument
from kpspams.queries import decree_states
from kpspams.queries.boards import BoardState, DecreeState
from kpspams.services import groups as services
from records.editing import ConfirmMixin, EditForm, OnceForm
from records.fields import SeenField, label_rows, row_field
from records.files import FileForm
from records.formats import rupiah
from records.parsers.days import past_day
from records.search_keys import search_key
from villages.forms.places import PlaceFilter
from villages.models import Village

# "KPS-Pams Tirta Jaya" and "BPSPAMS: Tirta Jaya" are typed; the bare name is stored (docs/domain/README.md, trap 4).
GROUP_WORD = re.compile(r"^[kb]p[-\s]?s[-\s]?pams?\b[\s:]*", re.IGNORECASE)
QUOTES = "\"'“”‘’« »"


class GroupFilter(PlaceFilter):
    village = "village"

    jenis = forms.ChoiceField(label="Jenis", required=False, choices=KIND_CHOICES)
    sk = forms.ChoiceField(
        label="SK",
        required=False,
        choices=[
            ("", "Semua"),
            (DecreeState.IN_FORCE, "Berlaku"),
            (DecreeState.ENDS_SOON, f"Segera berakhir ({LegalDocument.WARN_DAYS} hari)"),
            (DecreeState.IN_PROCESS, "Dalam proses"),
            (DecreeState.ENDED, "Sudah berakhir"),
            (DecreeState.NONE, "Belum ada SK"),
            (decree_states.OLD_DECREE, "Tanpa tanggal berakhir, lima tahun atau lebih"),
        ],
    )
    pengurus = forms.ChoiceField(
        label="Pengurus inti",
        required=False,
        choices=[
            ("", "Semua"),
            (BoardState.COMPLETE, "Lengkap"),
            (BoardState.ACTING, "Ada Plt."),
            (BoardState.VACANT, "Ada yang lowong"),
        ],
    )
    perempuan = forms.ChoiceField(
        label="Perempuan",
        required=False,
        choices=[("", "Semua"), ("kurang", "Di bawah ambang kabupaten")],
    )
    keadaan = forms.ChoiceField(
        label="Keadaan", required=False, choices=[("", "Semua"), ("aktif", "Aktif"), ("bubar", "Bubar")]
    )

    @property
    def lists_overdue(self) -> bool:
        """Whether only groups without a valid SK are listed."""
        return self.cleaned_data.get("sk") in (DecreeState.ENDED, DecreeState.NONE)

    def narrow_jenis(self, rows, value):
        return rows.filter(is_pamsimas=value == PAMSIMAS)

    def narrow_sk(self, rows, value):
        if value == decree_states.OLD_DECREE:
            return decree_states.with_old_decree(rows, localdate())
        return decree_states.with_decree_state(rows, value, localdate())

    def narrow_pengurus(self, rows, value):
        return decree_states.with_board_state(rows, value, localdate())

    def narrow_perempuan(self, rows, value):
        return decree_states.with_few_women(rows, localdate())

    def narrow_keadaan(self, rows, value):
        today = localdate()
        return rows.filter(dissolved_on__lte=today) if value == "bubar" else rows.exclude(dissolved_on__lte=today)


class GroupForm(EditForm):
    class Meta:
        model = KpspamsGroup
        fields = [
            "village",
            "name",
            "is_pamsimas",
            "programme",
            "legal_form",
            "hamlets",
            "formed_on",
            "bank_name",
            "bank_account",
        ]
        help_texts = {
            "hamlets": "Dusun yang dilayani, dipisah koma.",
            "bank_account": "Rekening atas nama kelompok, bukan atas nama orang.",
        }

    def fields_for_people(self):
        villages = Village.objects.editable_by(self.user).select_related("subdistrict").order_by("name")
        field = row_field(self, "village")
        field.queryset = villages
        field.empty_label = "Pilih desa"
        label_rows(field, lambda row: f"{row.name} ({row.subdistrict})")
        field.disabled = bool(self.instance.pk)  # a group stays in its village, which its legal documents name
        self.fields["formed_on"].validators.append(past_day)

    def clean_name(self):
        name = GROUP_WORD.sub("", " ".join(self.cleaned_data["name"].split())).strip(QUOTES)
        if not name:
            raise ValidationError('Tulis nama kelompok sesudah kata KPSPAMS, misalnya "Tirta Jaya".')
        return name

    def clean(self):
        data = super().clean()
        if data.get("village") and data.get("name"):
            key = search_key("kpspams" + data["name"])
            others = KpspamsGroup.objects.filter(village=data["village"], search_key=key).exclude(pk=self.instance.pk)
            same = others.exclude(name=data["name"]).first()  # the constraint refuses an equal name
            if same:
                self.add_error("name", f'Di desa itu sudah ada KPSPAMS "{same.name}". Pakai nama yang berbeda.')
        return data


class ClosingForm(EditForm):
    """Base of the forms that close or reopen a group, with a reason for the history."""

    reason = SeenField(label="Alasan", max_length=250)


class GroupCloseForm(ClosingForm):
    class Meta:
        model = KpspamsGroup
        fields = ["formed_on", "dissolved_on"]

    def fields_for_people(self):
        # The day of forming is a field too, so that the order of both is checked.
        self.fields["formed_on"].disabled = True
        self.fields["formed_on"].widget = forms.HiddenInput()
        self.fields["dissolved_on"].required = True
        self.fields["dissolved_on"].validators.append(past_day)

    def save_by(self, user):
        self.instance.version = self.cleaned_data.get("version") or 0
        services.dissolve(self.instance, self.cleaned_data["dissolved_on"], by=user, reason=self.cleaned_data["reason"])
        return self.instance


class GroupReopenForm(ClosingForm):
    class Meta:
        model = KpspamsGroup
        fields: list[str] = []

    def save_by(self, user):
        self.instance.version = self.cleaned_data.get("version") or 0
        self.changes = services.reopen(self.instance, by=user, reason=self.cleaned_data["reason"])
        return self.instance


class LegalDocumentForm(FileForm):
    fixed = ("group",)
    file_column = "scan"

    class Meta:
        model = LegalDocument
        fields = ["group", "kind", "number", "dated_on", "valid_until", "in_process"]
        help_texts = {
            "number": "Seperti tertulis, misalnya 188/05/2019.",
            "valid_until": "Kosongkan bila dokumen tidak menyebut tanggal berakhir.",
            "in_process": "Centang bila dokumen sedang diurus dan belum ditandatangani.",
        }

    def fields_for_people(self):
        self.fields["dated_on"].validators.append(past_day)

    def clean(self):
        data = super().clean()
        if data.get("in_process") and data.get("dated_on"):
            self.add_error("in_process", "Dokumen yang sudah bertanggal tidak lagi dalam proses. Pilih salah satu.")
        if not data.get("in_process") and data.get("dated_on") and not data.get("number"):
            self.add_error("number", "Isi nomor dokumen.")
        return data


class GroupCheckForm(ConfirmMixin, OnceForm):
    """Form of a new check. Checks are only added, so unlikely figures need a confirmation first."""

    fixed = ("group",)
    still_save_label = "Angkanya benar. Tetap simpan."

    class Meta:
        model = GroupCheck
        fields = [
            "group",
            "checked_on",
            "active",
            "bookkeeping",
            "has_asset_list",
            "fee_system",
            "base_fee",
            "tariff",
            "payers",
            "income",
            "operating_cost",
        ]
        localized_fields = ["base_fee", "tariff", "payers", "income", "operating_cost"]

    def fields_for_people(self):
        self.fields["checked_on"].validators.append(past_day)
        self.initial["checked_on"] = localdate()
        self.fields["has_asset_list"].widget.choices = [
            ("unknown", "Belum diketahui"),
            ("true", "Ada"),
            ("false", "Tidak ada"),
        ]

    def clean(self):
        data = super().clean()
        if data.get("fee_system") == GroupCheck.FeeSystem.NONE and (data.get("base_fee") or data.get("tariff")):
            self.add_error("fee_system", "Ada abonemen atau tarif, jadi sistem iurannya bukan Tidak ada.")
        return data

    def doubts(self):
        data = self.cleaned_data
        doubts = []
        if data.get("base_fee") and data["base_fee"] > 200_000:
            doubts.append(f"Abonemen {rupiah(data['base_fee'])} per bulan tidak lazim. Periksa jumlah nolnya.")
        if data.get("tariff") and data["tariff"] > 50_000:
            doubts.append(f"Tarif {rupiah(data['tariff'])} per m³ tidak lazim. Periksa jumlah nolnya.")
        if not data.get("active") and data.get("income"):
            doubts.append("Kelompok dicatat tidak aktif, tetapi ada penerimaan per bulan.")
        if data.get("fee_system") == GroupCheck.FeeSystem.NONE and data.get("payers"):
            doubts.append("Tidak ada iuran, tetapi ada pembayar iuran.")
        return doubts

    def save_by(self, user):
        self.instance.recorded_by = user
        return super().save_by(user)
