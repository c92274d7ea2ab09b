"""Messages after a change of the schedule: what does not follow it, and what must be printed again."""

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html

from records import formats
from trainings.models import SpjItem, Training, TrainingSession
from trainings.queries.schedule_changes import ScheduleDifference, change_since_invitation, schedule_today
from trainings.rules.titles import names_year


class ScheduleRemindersMixin:
    """For pages of a training that may change days, sessions, hours or place. Precedes the view whose `post` it wraps.

    The schedule is compared with that before the request, so a second click reminds of nothing.
    """

    training: Training

    def post(self, request, *args, **kwargs):
        before, sheets = schedule_today(self.training), _sheets(self.training)
        answer = super().post(request, *args, **kwargs)  # type: ignore[misc]  # of the view
        if answer.status_code == 302:
            training = Training.objects.get(pk=self.training.pk)
            change = ScheduleDifference(before, schedule_today(training))
            for sentence in reminders(training, change, other_sheets=sheets != _sheets(training)):
                messages.warning(request, sentence)
        return answer


def reminders(training: Training, change: ScheduleDifference, *, other_sheets: bool) -> list[str]:
    """`other_sheets`: whether the sheets of the daftar hadir have other sessions or hours."""
    found = _of_days(training, change.now.days) if change.other_days else []
    accounts = reverse("trainings:spj_item_list", args=[training.pk])
    letter = training.spj_items.filter(document=SpjItem.Document.INVITATION).first()
    since_letter = change_since_invitation(training, letter) if change.is_due else None
    if letter and since_letter and since_letter.is_due:
        found.append(
            format_html(
                'Undangan sudah bertanggal {}. Beri tahu yang diundang: cetak <a href="{}#dokumen-perubahan">Surat '
                "perubahan jadwal</a>.",
                formats.date_id(letter.dated_on),
                accounts,
            )
        )
    part = _part_of_sheets(change, other_sheets)
    if part and change.before.days and change.now.days:
        found.append(
            format_html(
                'Daftar hadir memuat {}. Bila sudah dicetak, cetak lagi <a href="{}#dokumen-daftar_hadir">daftar '
                "hadir</a>.",
                part,
                accounts,
            )
        )
    return found


def _of_days(training: Training, days: list) -> list[str]:
    found = []
    if days and days[0].year != training.fiscal_year:
        stays = f"Tahun anggaran tetap TA {training.fiscal_year}"
        if names_year(training.title, training.fiscal_year):
            stays += f", dan judulnya tetap “{training.title}”"
        found.append(f"{stays}. Ubah pada data {training.noun} bila perlu.")
    deadline = training.proposal_deadline
    if deadline and days and deadline >= days[0]:
        found.append(
            f"Batas usulan peserta tetap {formats.date_id(deadline)}, tidak lagi sebelum hari pertama. "
            f"Ubah pada data {training.noun} bila perlu."
        )
    return found


def _part_of_sheets(change: ScheduleDifference, other_sheets: bool) -> str:
    """What every sheet prints and is different now; empty where the sheets are still correct."""
    parts = []
    if change.other_days:
        other_count = len(change.before.days) != len(change.now.days)
        parts.append("tanggal dan jumlah hari" if other_count else "tanggal")
    elif other_sheets:
        parts.append("sesi dan jam")
    if change.other_place:
        parts.append("tempat")
    return formats.enumeration(parts)


def _sheets(training: Training) -> list[tuple]:
    rows = TrainingSession.objects.filter(day__training=training)
    return list(rows.order_by("pk").values_list("day", "name", "starts", "ends"))
