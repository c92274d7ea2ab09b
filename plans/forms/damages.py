"""Forms of damage reports: the report, its steps, the repair as a line of a plan, and the filters of the list."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from plans.models import DamageReport, WorkArea, WorkPlan
from plans.services.damages import next_states, open_plans, plan_repair, report_damage, take_step
from records.editing import ConfirmDuplicateMixin, EditForm
from records.fields import DayField, SeenField, WholeField, choice_field, row_field
from records.files import PhotosField, ReselectFilesMixin
from records.formats import MONTHS, date_id
from records.models.figures import RUPIAH
from records.parsers.days import past_day
from villages.forms.places import PlaceFilter


class DamageFilter(PlaceFilter):
    village = "facility__village"

    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[("", "Semua"), ("terbuka", "Belum berfungsi kembali"), *DamageReport.State.choices],
    )
    bagian = forms.ChoiceField(label="Bagian", required=False, choices=[("", "Semua"), *DamageReport.Component.choices])

    def narrow_keadaan(self, rows, value):
        return rows.open() if value == "terbuka" else rows.filter(state=value)

    def narrow_bagian(self, rows, value):
        return rows.filter(component=value)


class DamageForm(ReselectFilesMixin, ConfirmDuplicateMixin, EditForm):
    """Form of a damage report. A new one has the day of reporting and photos; later they belong to the steps."""

    fixed = ("facility",)
    uploads = ("photos",)
    same_text = ("component", "description")

    reported_on = DayField(label="Dilaporkan pada", validators=[past_day])
    photos = PhotosField(keeps=PhotosField.PLACE, label="Foto kerusakan", required=False)

    class Meta:
        model = DamageReport
        fields = [
            "facility",
            "since",
            "component",
            "description",
            "stopped",
            "connections_affected",
            "households_affected",
            "interim_water",
            "estimated_cost",
            "handled_by",
        ]
        localized_fields = ["connections_affected", "households_affected", "estimated_cost"]
        widgets = {"description": forms.Textarea({"rows": 3})}
        help_texts = {
            "description": "Apa yang rusak dan sebabnya bila diketahui.",
            "interim_water": "Misalnya sumur tetangga, sungai, atau air tangki.",
            "handled_by": "Misalnya Seksi Teknik KPSPAMS, bengkel, atau dinas.",
            "stopped": "Hari tanpa air dihitung bila ini dicentang.",
        }

    def fields_for_people(self):
        self.fields["since"].validators.append(past_day)
        if self.instance.pk:
            for name in ("reported_on", "photos"):
                del self.fields[name]
        else:
            self.initial["reported_on"] = localdate()
            self.order_fields(["facility", "since", "reported_on"])

    def own_rows(self):
        """Reports by the author of their first step."""
        rows = DamageReport.objects.filter(facility=self.instance.facility_id, since=self.cleaned_data["since"])
        return rows.filter(steps__state=DamageReport.State.REPORTED, steps__by=self.user).distinct()

    def clean(self):
        data = super().clean()
        since, reported = data.get("since"), data.get("reported_on")
        if since and reported and reported < since:
            self.add_error("reported_on", f"Tanggal laporan tidak boleh sebelum tanggal rusak, {date_id(since)}.")
        if since and self.instance.pk:
            first = self.instance.steps.first()
            if first and first.on < since:
                self.add_error("since", f"Kerusakan ini sudah dilaporkan {date_id(first.on)}. Isi tanggal sebelumnya.")
        return data

    def save_by(self, user):
        if self.instance.pk:
            return super().save_by(user)
        data = self.cleaned_data
        made = report_damage(self.instance, data["reported_on"], data["photos"], by=user, key=data.get("request_key"))
        self.instance = made
        return made


class StepForm(ReselectFilesMixin, EditForm):
    """Form of the next step of a damage, on the day on which it happened."""

    uploads = ("photos",)

    state = forms.ChoiceField(label="Langkah", widget=forms.RadioSelect)
    on = DayField(label="Tanggal", validators=[past_day])
    note = SeenField(label="Catatan", max_length=500, required=False, widget=forms.Textarea({"rows": 3}))
    photos = PhotosField(keeps=PhotosField.PLACE, label="Foto", required=False)

    class Meta:
        model = DamageReport
        fields: list[str] = []

    def fields_for_people(self):
        # All steps are choices, so that a form sent twice is accepted; the page offers those that can follow.
        following = next_states(self.instance)
        labels = dict(DamageReport.State.choices)
        if not self.instance.is_open:
            labels[DamageReport.State.UNDER_REPAIR] = "Ternyata belum berfungsi: diperbaiki lagi"
        shown = DamageReport.State.values if self.is_bound else following
        choice_field(self, "state").choices = [(state, labels[state]) for state in shown]
        self.fields["note"].help_text = "Apa yang ditemukan atau dikerjakan, dan oleh siapa."
        self.initial.update(on=localdate(), state=following[0] if len(following) == 1 else None)

    def save_by(self, user):
        self.instance.version = self.cleaned_data.get("version") or 0
        data = self.cleaned_data
        self.instance = take_step(self.instance, data["state"], data["on"], data["note"], data["photos"], by=user)
        return self.instance


class PlanChoice(forms.ModelChoiceField):
    def label_from_instance(self, plan: WorkPlan):
        return f"{plan.year}, {plan.group} ({plan.get_status_display().lower()})"


class RepairForm(EditForm):
    """Form that adds the repair as a line of an open plan; its sources are filled in there."""

    plan = PlanChoice(WorkPlan.objects.none(), label="Rencana kerja", empty_label=None)
    area = forms.ModelChoiceField(WorkArea.objects.all(), label="Bidang", empty_label=None)
    title = SeenField(label="Kegiatan", max_length=200)
    price = WholeField(label="Perkiraan biaya (Rp)", localize=True, **RUPIAH.of_form)
    month = forms.TypedChoiceField(label="Bulan pelaksanaan", coerce=int, choices=list(enumerate(MONTHS, 1)))

    class Meta:
        model = DamageReport
        fields: list[str] = []

    def fields_for_people(self):
        report = self.instance
        plans = row_field(self, "plan").queryset = open_plans(report, self.user).select_related("group")
        what = f"Perbaikan {report.get_component_display().lower()} {report.facility.name}"
        self.initial.update(
            plan=plans.first(),
            area=WorkArea.objects.first(),
            title=what[:200],
            price=report.estimated_cost,
            month=localdate().month,
        )

    def save_by(self, user):
        data = self.cleaned_data
        self.activity = plan_repair(
            self.instance,
            data["plan"],
            title=data["title"],
            area=data["area"],
            price=data["price"],
            month=data["month"],
            by=user,
        )
        self.instance.refresh_from_db()
        return self.instance

    def clean_title(self):
        title = " ".join(self.cleaned_data["title"].split())
        if not title:
            raise ValidationError("Tulis kegiatannya.")
        return title
