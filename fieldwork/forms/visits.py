"""Form of a visit with its findings, and the filters of the list."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from fieldwork.models import Visit
from fieldwork.services.visits import VisitFindings, record_visit
from kpspams.models import KpspamsGroup
from plans.queries.progress import carried_out
from records.editing import ConfirmDuplicateMixin, EditForm
from records.fields import SeenField, row_field
from records.files import PhotosField, ReselectFilesMixin
from records.formats import MONTHS
from records.parsers.days import past_day
from villages.forms.places import PlaceFilter
from villages.models import ConditionCheck, Village

NOT_LOOKED = ("", "Tidak diperiksa")
AS_PLANNED, IDLE = "rencana", "nihil"


class VisitFilter(PlaceFilter):
    village = "village"

    bulan = SeenField(
        label="Bulan",
        required=False,
        widget=forms.TextInput({"type": "month"}),
        help_text="Misalnya 2026-11.",
    )
    oleh = forms.ModelChoiceField(User.objects.none(), label="Yang berkunjung", required=False, empty_label="Semua")
    tujuan = forms.ChoiceField(label="Tujuan", required=False, choices=[("", "Semua"), *Visit.Purpose.choices])

    def fields_for_people(self):
        super().fields_for_people()
        visits = Visit.objects.visible_to(self.user).order_by().values("by")
        row_field(self, "oleh").queryset = User.objects.filter(pk__in=visits).order_by("name")

    def clean_bulan(self):
        text = self.cleaned_data["bulan"]
        if text and month_of(text) is None:
            raise ValidationError("Tulis bulan seperti 2026-11.")
        return text

    def narrow_bulan(self, rows, value):
        if (month := month_of(value)) is None:
            return rows.none()
        return rows.filter(on__year=month[0], on__month=month[1])

    def narrow_oleh(self, rows, value):
        return rows.filter(by=value)

    def narrow_tujuan(self, rows, value):
        return rows.filter(purpose=value)


def month_of(text: str) -> tuple[int, int] | None:
    """ "2026-11" -> (2026, 11); None for anything else."""
    year, _, month = text.partition("-")
    if len(year) != 4 or not (year + month).isascii() or not (year + month).isdigit() or len(month) != 2:
        return None
    return (int(year), int(month)) if 2000 <= int(year) <= 2100 and 1 <= int(month) <= 12 else None


class VillageChoice(forms.Form):
    """Form that chooses the village; the form of the visit then has its groups and water systems."""

    desa = forms.ModelChoiceField(Village.objects.none(), label="Desa", empty_label="Pilih desa")

    def __init__(self, *args, villages: QuerySet[Village], **kwargs):
        super().__init__(*args, **kwargs)
        row_field(self, "desa").queryset = villages.order_by("name", "code")


class VisitForm(ReselectFilesMixin, ConfirmDuplicateMixin, EditForm):
    """Form of a new visit with findings, which are facts of their own and are corrected on their own pages."""

    fixed = ("village",)
    uploads = ("photos",)
    same_text = ("purpose", "result")

    photos = PhotosField(keeps=PhotosField.PLACE, label="Foto kunjungan", required=False)

    class Meta:
        model = Visit
        fields = ["village", "on", "purpose", "people_met", "result", "problem", "follow_up"]
        widgets = {name: forms.Textarea({"rows": 3}) for name in ("result", "problem", "follow_up")}
        help_texts = {
            "people_met": "Nama atau jabatan, misalnya Ketua KPSPAMS dan Kepala Dusun II.",
            "result": "Apa yang dikerjakan dan disepakati.",
            "follow_up": "Apa, oleh siapa, kapan.",
        }

    def fields_for_people(self):
        self.fields["on"].validators.append(past_day)
        if self.instance.pk:
            del self.fields["photos"]
            return
        self.initial["on"] = localdate()
        village = self.instance.village
        self.groups = list(
            KpspamsGroup.objects.current().filter(village=village).select_related("village").order_by("name")
        )
        self.facilities = list(village.facilities.order_by("name"))
        planned = set(
            carried_out().filter(group__in=self.groups, year=localdate().year).values_list("group", flat=True)
        )
        for group in self.groups:
            self.fields[f"active_{group.pk}"] = forms.ChoiceField(
                label=f"Pengurus {group} masih aktif?",
                required=False,
                choices=[NOT_LOOKED, ("ya", "Masih aktif"), ("tidak", "Tidak aktif lagi")],
            )
            if group.pk in planned:
                self.fields[f"month_{group.pk}"] = forms.ChoiceField(
                    label=f"Kegiatan {group} pada bulan kunjungan",
                    required=False,
                    choices=[
                        ("", "Tidak diisi sekarang"),
                        (AS_PLANNED, "Semua sesuai rencana"),
                        (IDLE, "Tidak ada kegiatan"),
                    ],
                    help_text="Bila ada yang lain dari rencana, isi laporan bulanannya sesudah ini.",
                )
        for facility in self.facilities:
            self.fields[f"works_{facility.pk}"] = forms.ChoiceField(
                label=f"{facility} berfungsi?",
                required=False,
                choices=[NOT_LOOKED, *ConditionCheck.Functioning.choices],
            )
            self.fields[f"cause_{facility.pk}"] = SeenField(
                label=f"Penyebab {facility.name} tidak berfungsi penuh", required=False, max_length=250
            )
        self.order_fields([*(name for name in self.fields if name != "photos"), "photos"])

    def own_rows(self):
        return Visit.objects.filter(village=self.instance.village_id, by=self.user, on=self.cleaned_data["on"])

    def clean(self):
        data = super().clean()
        if self.instance.pk:
            return data
        for facility in self.facilities:
            state = data.get(f"works_{facility.pk}")
            if state in ConditionCheck.NEEDS_CAUSE and not data.get(f"cause_{facility.pk}"):
                self.add_error(f"cause_{facility.pk}", ConditionCheck.CAUSE_MISSING)
            if not state and data.get(f"cause_{facility.pk}"):
                self.add_error(f"works_{facility.pk}", "Pilih keadaan sarana ini, atau kosongkan penyebabnya.")
        on = data.get("on")
        for group in self.groups:
            if data.get(f"month_{group.pk}") and on and on.year != localdate().year:
                words = f"{MONTHS[on.month - 1]} {on.year}"
                self.add_error(
                    f"month_{group.pk}",
                    f"Kunjungan ini bulan {words}: isi laporan bulanan {words} dari halaman rencana kerjanya.",
                )
        return data

    def found(self) -> VisitFindings:
        """The findings; call it after is_valid()."""
        data, found = self.cleaned_data, VisitFindings()
        for group in self.groups:
            if answer := data.get(f"active_{group.pk}"):
                found.active[group] = answer == "ya"
            if data.get(f"month_{group.pk}") == AS_PLANNED:
                found.as_planned.append(group)
            elif data.get(f"month_{group.pk}") == IDLE:
                found.idle.append(group)
        for facility in self.facilities:
            if state := data.get(f"works_{facility.pk}"):
                found.running[facility] = (state, data.get(f"cause_{facility.pk}", ""))
        return found

    def save_by(self, user):
        if self.instance.pk:
            return super().save_by(user)
        self.instance.by = user
        data = self.cleaned_data
        made = record_visit(self.instance, self.found(), data["photos"], by=user, key=data.get("request_key"))
        self.instance = made
        return made
