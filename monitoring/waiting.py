"""What waits for one person: each matter with its number and the list that shows these rows.

Counts are those of the linked lists, in the whole scope of the person: what waits does not end with a filter.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate

from accounts.rights import Right, may
from accounts.services.access import unconfirmed
from fieldwork.models import EntryRequest
from kpspams import standing
from kpspams.board import DecreeState
from kpspams.models import KpspamsGroup
from monitoring.models import ReminderChoice
from monitoring.water import unchecked
from plans.models import DamageReport, WorkPlan
from trainings.models import FollowUp, Invitation, Participant, Training
from villages.models import Facility, Village

Kind = ReminderChoice.Kind
TRAININGS_TOLD = 3
# What apps above this one tell of: functions that give the matters of a person.
MORE: list[Callable] = []
MOST = 200  # rows of one matter that are counted: nobody works through more in a day


@dataclass(frozen=True)
class Matter:
    """`kind` is that of a reminder; others ("entry", "schedule") are always told.

    `label` goes on after the number: "2 rencana kerja …".
    """

    kind: str
    count: int
    label: str
    url: str

    @property
    def told(self) -> str:
        """The number for people: above MOST only that there are more."""
        return f"{MOST}+" if self.count > MOST else str(self.count)


def waiting_for(user) -> list[Matter]:
    """In the order of urgency; nothing where nothing waits, and nothing for whom only looks on."""
    if not may(user, Right.EDIT_PLANS):
        return []
    today = localdate()
    if may(user, Right.REVIEW_PLANS):
        plans = [_plans(Kind.REVIEW, WorkPlan.objects.reviewable_by(user), WorkPlan.Status.SUBMITTED)]
    else:
        plans = [_plans(Kind.RETURNED, WorkPlan.objects.editable_by(user), WorkPlan.Status.RETURNED)]
    found = [
        *plans,
        Matter(
            "entry",
            _number(EntryRequest.objects.editable_by(user).open()),
            "titipan formulir belum diketik",
            _list("fieldwork:entry_list", keadaan="terbuka"),
        ),
        Matter(
            "entry",
            _number(EntryRequest.objects.visible_to(user).refused_to(user)),
            "titipan Anda ditolak: baca alasannya, lalu kirim lagi atau tutup",
            _list("fieldwork:entry_list", keadaan="kirim-ulang"),
        ),
        *_proposals(user, today),
        Matter(
            Kind.FOLLOW_UP,
            _number(FollowUp.objects.editable_by(user).late(today)),
            "tindak lanjut (RKTL) lewat tenggat",
            _list("trainings:follow_up_list", keadaan="terlambat"),
        ),
        Matter(
            Kind.DAMAGE,
            _number(DamageReport.objects.editable_by(user).open()),
            "kerusakan SPAM belum selesai",
            _list("plans:damage_list", keadaan="terbuka"),
        ),
        Matter(
            Kind.DECREE,
            _number(standing.with_decree_state(_groups(user), DecreeState.ENDS_SOON, today)),
            "KPSPAMS dengan SK yang berakhir dalam 90 hari",
            _list("kpspams:group_list", sk=DecreeState.ENDS_SOON.value, keadaan="aktif"),
        ),
        Matter(
            Kind.CHECK,
            _number(unchecked(Facility.objects.visible_to(user), today)),
            "SPAM belum dicek dalam 12 bulan terakhir atau sesudah perbaikan",
            _list("monitoring:unchecked"),
        ),
        *_accounts(user),
        *(matter for more in MORE for matter in more(user)),
    ]
    return [matter for matter in found if matter.count]


def _number(rows) -> int:
    """How many, up to one more than MOST."""
    return rows.order_by()[: MOST + 1].count()


def _list(name: str, **query) -> str:
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)


def _groups(user):
    return KpspamsGroup.objects.visible_to(user).exclude(dissolved_on__lte=localdate())


def _plans(kind, plans, status) -> Matter:
    words = {Kind.REVIEW: "rencana kerja menunggu pemeriksaan", Kind.RETURNED: "rencana kerja dikembalikan kepada Anda"}
    url = _list("plans:work_plan_list", tahun="semua", status=status.value)
    return Matter(kind, _number(plans.filter(status=status)), words[kind], url)


def _accounts(user) -> list[Matter]:
    """For admins: who may approve, and whose account another admin made, opened or gave a password."""
    if not may(user, Right.MANAGE_USERS):
        return []
    url = _list("accounts:user_list", keadaan="konfirmasi")
    return [
        Matter(
            "access",
            _number(unconfirmed(user).filter(may_approve=True)),
            "akun penyetuju menunggu konfirmasi admin lain",
            url,
        )
    ]


def _proposals(user, today) -> list[Matter]:
    """Trainings to come whose invited villages have proposed nobody: the next ones each with its page."""
    runs = may(user, Right.EDIT_TRAININGS)
    villages = Village.objects.visible_to(user) if runs else Village.objects.editable_by(user)
    registered = Participant.objects.named().filter(training=OuterRef("training"), village=OuterRef("village"))
    silent = Invitation.objects.filter(~Exists(registered), village__in=villages)
    coming = Training.objects.visible_to(user).open().with_dates().filter(last_day__gte=today)
    trainings = list(coming.filter(pk__in=silent.values("training")).order_by("first_day", "pk")[:TRAININGS_TOLD])
    counts: dict[int, int] = {}
    for key in silent.filter(training__in=trainings).values_list("training", flat=True):
        counts[key] = counts.get(key, 0) + 1
    page = "trainings:proposal_gaps" if runs else "trainings:participant_pick"
    return [
        Matter(
            Kind.PROPOSAL,
            counts[training.pk],
            f"desa belum mengusulkan peserta {training}",
            reverse(page, args=[training.pk]),
        )
        for training in trainings
    ]
