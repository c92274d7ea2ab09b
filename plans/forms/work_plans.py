"""Forms of work plans: filters of the list, a new plan, the figures of the fee, and the steps of approval."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from accounts.lists import FilterForm
from accounts.models import DistrictSettings, Subdistrict
from kpspams.models import KpspamsGroup
from plans.forms.years import offer_years
from plans.models import WorkPlan
from plans.models.plan_steps import NOTE_MISSING, REASON_MISSING
from plans.queries.fees import FEE_FIELDS
from plans.services.plan_starts import Start, fill_plan, fill_revision, why_not
from records.editing import EditForm, fit_widget
from records.fields import DayField, SeenField, choice_field, row_field
from records.formats import date_id
from villages.models import GrantAward, Village

ALL_YEARS = "semua"


class WorkPlanFilter(FilterForm):
    """Filters of the list; without a year it shows the current one."""

    tahun = forms.ChoiceField(label="Tahun", required=False)
    kecamatan = forms.ModelChoiceField(
        Subdistrict.objects.none(), label="Kecamatan", required=False, empty_label="Semua"
    )
    cohort = forms.ChoiceField(label="Desa sasaran", required=False)
    tahap = forms.ChoiceField(label="Tahap", required=False, choices=[("", "Semua"), *WorkPlan.Stage.choices])
    status = forms.ChoiceField(label="Status", required=False)

    def fields_for_people(self):
        word = self.user.district.rules.plan_approved_word if self.user.district_id else ""
        labels = dict(WorkPlan.Status.choices) | ({WorkPlan.Status.APPROVED: word} if word else {})
        choice_field(self, "status").choices = [("", "Semua"), *labels.items()]
        years = WorkPlan.objects.visible_to(self.user).values_list("year", flat=True).distinct()
        self.this_year = offer_years(self, {*years, localdate().year + 1}, (ALL_YEARS, "Semua tahun"))
        row_field(self, "kecamatan").queryset = Subdistrict.objects.visible_to(self.user)
        awards = GrantAward.objects.filter(village__in=Village.objects.visible_to(self.user))
        cohorts = sorted(set(awards.values_list("fiscal_year", flat=True)), reverse=True)
        choice_field(self, "cohort").choices = [("", "Semua"), *((str(year), f"TA {year}") for year in cohorts)]

    @property
    def year(self) -> int | None:
        """The requested year; None for all."""
        word = self.cleaned_data.get("tahun") or str(self.this_year)
        return None if word == ALL_YEARS else int(word)

    def narrow(self, rows):
        rows = super().narrow(rows)
        return rows if self.year is None else rows.filter(year=self.year)

    def narrow_tahun(self, rows, value):
        return rows  # narrow() always applies the year

    def narrow_kecamatan(self, rows, value):
        return rows.filter(group__village__subdistrict=value)

    def narrow_cohort(self, rows, value):
        return rows.filter(group__village__in=Village.objects.of_cohort(int(value)))

    def narrow_tahap(self, rows, value):
        return rows.filter(stage=value)

    def narrow_status(self, rows, value):
        return rows.filter(status=value)

    def groups(self):
        """The groups that match the same filters, for "belum ada rencana kerja"."""
        groups = KpspamsGroup.objects.visible_to(self.user).current()
        if subdistrict := self.cleaned_data.get("kecamatan"):
            groups = groups.filter(village__subdistrict=subdistrict)
        if cohort := self.cleaned_data.get("cohort"):
            groups = groups.filter(village__in=Village.objects.of_cohort(int(cohort)))
        return groups


class GroupChoice(forms.ModelChoiceField):
    def label_from_instance(self, group):
        return f"{group.village} – {group}"


FEE_HELP = {
    "payers": "Jumlah SR aktif atau KK yang membayar. Tanpa angka ini kecukupan iuran belum dapat dihitung.",
    "base_fee": "Iuran tetap setiap bulan. Isi 0 bila tidak ada.",
    "tariff": "Kosongkan bila iurannya tetap saja.",
    "average_use": "Bila belum diketahui, pakai 10 m³.",
    "collection_rate": "Bagian tagihan yang benar-benar terbayar. Bila belum diketahui, pakai 90 %.",
}


class WorkPlanForm(EditForm):
    """Form of a new plan: group, year and starting point."""

    start = forms.ChoiceField(
        label="Mulai dari",
        choices=Start.choices,
        initial=Start.EMPTY,
        widget=forms.RadioSelect,
        help_text="Salinan dan contoh hanya titik awal: periksa volume, harga, dan sumber dananya.",
    )

    class Meta:
        model = WorkPlan
        fields = ["group", "year", "stage"]
        field_classes = {"group": GroupChoice}
        widgets = {"stage": forms.RadioSelect}

    def fields_for_people(self):
        editable = KpspamsGroup.objects.editable_by(self.user).current().select_related("village")
        row_field(self, "group").queryset = editable.order_by("village__name", "name", "pk")
        row_field(self, "group").empty_label = "Pilih KPSPAMS"
        self.fields["year"].widget = forms.NumberInput({"inputmode": "numeric"})
        rules = self.user.district.rules if self.user.district_id else DistrictSettings()
        year = localdate().year + 1
        choice_field(self, "stage").choices = WorkPlan.Stage.choices
        self.fields["stage"].required = False
        self.fields["stage"].help_text = (
            f"Usulan disusun sebelum RKP Desa: usulan {year} paling lambat {date_id(rules.proposal_due(year))}. "
            f"Rencana kerja {year} paling lambat {date_id(rules.plan_due(year))}."
        )

    def clean_stage(self):
        return self.cleaned_data["stage"] or WorkPlan.Stage.FINAL

    def clean(self):
        cleaned = super().clean()
        group, year = cleaned.get("group"), cleaned.get("year")
        if not group or not year:
            return cleaned
        known = group.work_plans.filter(year=year)
        if key := cleaned.get("request_key"):
            # Sent twice: the first request created the plan, to which this one redirects.
            known = known.exclude(Q(request_key=key))
        if plan := known.first():
            self.add_error(
                "year",
                f"Rencana kerja tahun {year} untuk KPSPAMS ini sudah ada ({plan.status_word}). "
                "Buka rencana itu dari daftar, atau pilih tahun lain.",
            )
        elif reason := why_not(group, year, cleaned.get("start", "")):
            self.add_error("start", reason)
        return cleaned

    def save_by(self, user):
        with transaction.atomic():
            fresh = self.instance
            row = super().save_by(user)
            if row is fresh:  # otherwise the same form was sent before
                fill_plan(row, self.cleaned_data["start"], by=user)
        return row


class FeeForm(EditForm):
    """Form of the figures of the fee check."""

    class Meta:
        model = WorkPlan
        fields = FEE_FIELDS
        localized_fields = ["payers", "base_fee", "tariff", "average_use"]
        help_texts = FEE_HELP

    def clean(self):
        cleaned = super().clean()
        if not WorkPlan.objects.unsubmitted().filter(pk=self.instance.pk).exists():
            raise ValidationError("Rencana kerja ini sudah diajukan; isinya terkunci dan isian Anda tidak disimpan.")
        return cleaned


class RevisionForm(EditForm):
    """Form that opens a revision of an approved plan, which stays in force until the revision is approved."""

    class Meta:
        model = WorkPlan
        fields = ["reason"]

    def __init__(self, *args, before: WorkPlan, **kwargs):
        self.before = before
        super().__init__(*args, **kwargs)

    def fields_for_people(self):
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = "Tulis alasan revisi."
        self.fields["reason"].help_text = "Misalnya: harga pompa naik, kegiatan dari APBDes ditambah."

    def save_by(self, user):
        with transaction.atomic():
            fresh = self.instance
            row = super().save_by(user)
            if row is fresh:
                fill_revision(row, self.before, by=user)
        return row


class StepForm(forms.Form):
    """Form of one step of approval: day and note. The day may lie in the past, because paper comes first."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    on = DayField(
        label="Tanggal",
        error_messages={"required": "Isi tanggalnya."},
    )
    note = SeenField(label="Catatan", required=False, max_length=2_000, strip=True, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data=None, *, plan: WorkPlan, noted: bool | None = None, **kwargs):
        """`noted`: True for a required note, False for an optional one, None without one."""
        self.plan = plan
        super().__init__(data, initial={"on": localdate(), "version": plan.version}, **kwargs)
        fit_widget(self.fields["on"])
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        self.fields["on"].widget.attrs["max"] = localdate().isoformat()
        if noted is None:
            del self.fields["note"]
        else:
            self.fields["note"].required = noted
            self.fields["note"].error_messages["required"] = NOTE_MISSING

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > localdate():
            raise ValidationError("Tanggal tidak boleh sesudah hari ini.")
        last = self.plan.steps.last()
        if last and day < last.on:
            raise ValidationError(
                f"Tanggal tidak boleh sebelum langkah terakhir ({last.get_action_display()}, {date_id(last.on)})."
            )
        return day

    def clean_version(self):
        if self.cleaned_data["version"] != self.plan.version:
            raise ValidationError(
                "Rencana kerja ini berubah sejak Anda membukanya. Periksa isinya di bawah, lalu ulangi langkah ini."
            )
        return self.plan.version


class WithdrawalForm(StepForm):
    """Form of the withdrawal of an approval: day and reason."""

    def __init__(self, *args, plan: WorkPlan, **kwargs):
        super().__init__(*args, plan=plan, noted=True, **kwargs)
        self.fields["on"].label = "Dicabut sejak tanggal"
        self.fields["on"].help_text = "Angka per tanggal ini dan sesudahnya tidak lagi menghitung rencana ini."
        self.fields["note"].label = "Alasan"
        self.fields["note"].error_messages["required"] = REASON_MISSING
