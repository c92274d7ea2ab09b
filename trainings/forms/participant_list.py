"""Filters of the list of participants."""

from django import forms
from django.db.models import Exists, OuterRef, Q

from accounts.lists import FilterForm
from kpspams.models import Member
from records.fields import row_field
from trainings.models import Attendance, Participant
from villages.models import Village

OTHER = "lain"


class ParticipantFilter(FilterForm):
    desa = forms.ModelChoiceField(
        label="Desa", required=False, queryset=Village.objects.none(), empty_label="Semua desa"
    )
    hadir = forms.ChoiceField(
        label="Kehadiran",
        required=False,
        choices=[
            ("", "Semua"),
            ("ya", "Hadir sedikitnya satu sesi"),
            ("tidak", "Dicatat, tidak pernah hadir"),
            ("belum", "Belum dicatat"),
        ],
    )
    unsur = forms.ChoiceField(
        label="Jabatan/unsur",
        required=False,
        choices=[("", "Semua"), *Member.Post.choices, (OTHER, "Bukan pengurus KPSPAMS")],
    )
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[
            ("", "Semua"),
            *Participant.State.choices,
            ("langsung", "Datang langsung"),
            ("terlambat", "Usulan terlambat"),
        ],
    )

    def __init__(self, *args, training, **kwargs):
        self.training = training
        super().__init__(*args, **kwargs)

    def fields_for_people(self):
        mine = Participant.objects.visible_to(self.user).filter(training=self.training)
        row_field(self, "desa").queryset = Village.objects.filter(pk__in=mine.values("village")).order_by("name")

    def narrow_desa(self, rows, value):
        return rows.filter(village=value)

    def narrow_hadir(self, rows, value):
        marks = Attendance.objects.filter(participant=OuterRef("pk"))
        present = Exists(marks.filter(status__in=Attendance.PRESENT))
        if value == "ya":
            return rows.filter(present)
        return rows.filter(Exists(marks), ~present) if value == "tidak" else rows.filter(~Exists(marks))

    def narrow_unsur(self, rows, value):
        return rows.filter(post="") if value == OTHER else rows.filter(post=value)

    def narrow_keadaan(self, rows, value):
        special = {"langsung": Q(walk_in=True), "terlambat": Q(late_proposal=True)}
        return rows.filter(special.get(value, Q(state=value)))
