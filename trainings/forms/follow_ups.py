"""Forms of RKTL: one task of a village, its end, and the filters of the list."""

from datetime import timedelta

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from accounts.lists import named_row
from accounts.models import User
from accounts.rights import sees_whole_district
from kpspams.models import KpspamsGroup
from records.editing import EditForm
from records.fields import label_rows, row_field
from records.models import Event
from trainings.models import FollowUp, Training
from trainings.queries.follow_ups import SOON, STEPS
from trainings.services.follow_ups import hold_uncancelled
from villages.forms.places import PlaceFilter
from villages.models import Person, Village


class FollowUpForm(EditForm):
    fixed = ("training", "village", "number")

    class Meta:
        model = FollowUp
        fields = [
            "training",
            "village",
            "number",
            "task",
            "output",
            "due_on",
            "due_text",
            "responsible",
            "person",
            "group",
            "support",
            "promises_plan",
        ]

    def fields_for_people(self):
        village = self.instance.village
        self.fields["output"].help_text = "Apa yang ada bila kegiatan ini selesai."
        self.fields["due_on"].help_text = "Tanggal menentukan kapan kegiatan disebut terlambat."
        self.fields["due_text"].label = "Waktu bila bukan tanggal"
        self.fields["due_text"].help_text = "Misalnya Sebelum musrenbang desa."
        self.fields["responsible"].help_text = "Jabatan, misalnya Ketua atau Bendahara."
        people = row_field(self, "person")
        people.queryset = Person.objects.filter(village=village).current().order_by("name")
        people.label, people.empty_label = "Orang (bila sudah tentu)", "Belum ditentukan"
        group = row_field(self, "group")
        group.queryset = KpspamsGroup.objects.current().filter(village=village)
        group.empty_label = "Seluruh desa"
        self.fields["promises_plan"].label = "Kegiatan ini menjanjikan rencana kerja"
        self.fields[
            "promises_plan"
        ].help_text = "Rencana kerja yang masuk sesudah pelatihan ditawarkan sebagai hasilnya."

    def save_by(self, user):
        hold_uncancelled(self.instance.training)
        return super().save_by(user)


class EndForm(EditForm):
    """Form that ends a task: the day on which it was done or dropped."""

    day_field = ""

    def fields_for_people(self):
        self.fields[self.day_field].required = True
        self.initial[self.day_field] = localdate()

    def clean(self):
        data = super().clean()
        day = data.get(self.day_field)
        if day and day > localdate():
            self.add_error(self.day_field, "Tanggal ini belum lewat. Isi tanggal hari ini atau sebelumnya.")
        return data

    def save_by(self, user):
        self.instance.version = self.cleaned_data.get("version") or 0
        with transaction.atomic():
            self.changes = self.instance.change(by=user, verb=Event.Verb.CLOSE)
        return self.instance


class DoneForm(EndForm):
    day_field = "done_on"

    class Meta:
        model = FollowUp
        fields = ["done_on", "note"]

    def fields_for_people(self):
        super().fields_for_people()
        self.fields["note"].help_text = "Misalnya nomor rekening dibuka, tarif baru, atau nomor berita acara."


class DropForm(EndForm):
    day_field = "dropped_on"

    class Meta:
        model = FollowUp
        fields = ["dropped_on", "note"]

    def fields_for_people(self):
        super().fields_for_people()
        self.fields["note"].required = True
        self.fields["note"].label = "Alasan"


Progress = FollowUp.Progress
STATES = [
    ("", Progress.OPEN.label),
    (Progress.LATE.value, Progress.LATE.label),
    ("segera", f"Jatuh tempo {SOON} hari ini"),
    (Progress.DONE.value, Progress.DONE.label),
    (Progress.DROPPED.value, Progress.DROPPED.label),
    ("semua", "Semua"),
]


class FollowUpFilter(PlaceFilter):
    """Filter of follow-ups. Without a state the list shows open ones."""

    village = "village"

    keadaan = forms.ChoiceField(label="Keadaan", required=False, choices=STATES)
    umur = forms.ChoiceField(
        label="Sesudah pelatihan",
        required=False,
        choices=[("", "Semua"), *((str(days), f"Lebih dari {days} hari") for days in STEPS)],
    )
    fasilitator = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="Semua")
    desa = forms.ModelChoiceField(Village.objects.none(), required=False, empty_label="Semua")
    pelatihan = forms.ModelChoiceField(Training.objects.none(), required=False, empty_label="Semua")

    field_order = ["q", "keadaan", "umur", "pelatihan", "kecamatan", "desa", "ta", "fasilitator"]

    def fields_for_people(self):
        super().fields_for_people()
        known = FollowUp.objects.visible_to(self.user)
        row_field(self, "desa").queryset = (
            Village.objects.visible_to(self.user)
            .filter(Q(pk__in=known.values("village")) | named_row(self, "desa"))
            .order_by("name")
        )
        row_field(self, "pelatihan").queryset = Training.objects.visible_to(self.user).filter(
            Q(pk__in=known.values("training")) | named_row(self, "pelatihan")
        )
        label_rows(row_field(self, "pelatihan"), lambda row: f"{row}, TA {row.fiscal_year}")
        if sees_whole_district(self.user):
            people = User.objects.facilitators().filter(assignments__village__in=known.values("village"))
            row_field(self, "fasilitator").queryset = people.distinct().order_by("name")
        else:
            del self.fields["fasilitator"]

    def narrow(self, rows):
        rows = super().narrow(rows)
        state, today = self.cleaned_data.get("keadaan") or "", localdate()
        if state == "":
            return rows.open()
        if state == Progress.LATE:
            return rows.late()
        if state == "segera":
            return rows.open().filter(due_on__range=(today, today + timedelta(days=SOON)))
        ended = {Progress.DONE: ~Q(done_on=None), Progress.DROPPED: ~Q(dropped_on=None)}
        return rows.filter((ended | {"semua": Q()})[state])

    def narrow_keadaan(self, rows, value):
        return rows  # narrow() filters by state in any case

    def narrow_umur(self, rows, value):
        return rows.filter(last_day__lt=localdate() - timedelta(days=int(value)))

    def narrow_fasilitator(self, rows, value):
        running = value.assignments.current()
        return rows.filter(village__in=running.values("village"))

    def narrow_desa(self, rows, value):
        return rows.filter(village=value)

    def narrow_pelatihan(self, rows, value):
        return rows.filter(training=value)
