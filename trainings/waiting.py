"""Waiting tasks: missing proposals, incomplete SPJ, trainings not closed, overdue follow-ups (RKTL)."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.rights import Right, may
from accounts.waiting import Matter, Waiting, WaitingRows, register
from records.formats import date_id, number_id
from trainings.models import FollowUp, Invitation, Participant, Training
from trainings.queries.spj import AccountsFile, late_files
from villages.models import Village

MAX_TRAININGS = 3  # each has a line of its own


class MissingProposals(Waiting):
    """Upcoming trainings whose invited villages have proposed nobody: the next ones, each with its page."""

    order = 40

    def matters(self, user: User) -> list[Matter]:
        runs = may(user, Right.EDIT_TRAININGS)
        villages = Village.objects.visible_to(user) if runs else Village.objects.editable_by(user)
        registered = Participant.objects.named().filter(training=OuterRef("training"), village=OuterRef("village"))
        silent = Invitation.objects.filter(~Exists(registered), village__in=villages)
        coming = Training.objects.visible_to(user).open().with_dates().filter(last_day__gte=localdate())
        trainings = list(coming.filter(pk__in=silent.values("training")).order_by("first_day", "pk")[:MAX_TRAININGS])
        counts: dict[int, int] = {}
        for key in silent.filter(training__in=trainings).values_list("training", flat=True):
            counts[key] = counts.get(key, 0) + 1
        page = "trainings:proposal_gaps" if runs else "trainings:participant_pick"
        return [
            Matter(
                "proposal",
                counts[training.pk],
                f"desa belum mengusulkan peserta {training}",
                reverse(page, args=[training.pk]),
            )
            for training in trainings
        ]


class MissingAccounts(Waiting):
    """Finished trainings whose accounts file (SPJ) lacks documents, each with its deadline and its page."""

    order = 44

    def matters(self, user: User) -> list[Matter]:
        if not may(user, Right.EDIT_TRAININGS):
            return []
        return [
            Matter(
                "spj",
                len(found.missing),
                f"dokumen SPJ {found.training} belum ada (batas {date_id(found.deadline)}){_printed(found)}",
                reverse("trainings:spj_item_list", args=[found.training.pk]),
            )
            for found in late_files(Training.objects.editable_by(user), localdate(), MAX_TRAININGS)
        ]


def _printed(accounts: AccountsFile) -> str:
    count = len(accounts.only_printed)
    return f"; {number_id(count)} sudah dicetak, belum ada pindaian bertanda tangan" if count else ""


register(MissingProposals())
register(MissingAccounts())
register(
    WaitingRows(
        order=46,
        kind="unclosed",
        rows=lambda user: Training.objects.editable_by(user).with_dates().in_progress(Training.Progress.UNCLOSED),
        label="pelatihan atau rapat sudah lewat hari terakhirnya dan belum ditutup",
        list_name="trainings:training_list",
        query={"keadaan": Training.Progress.UNCLOSED.value},
        right=Right.EDIT_TRAININGS,
    )
)
register(
    WaitingRows(
        order=50,
        kind="follow_up",
        rows=lambda user: FollowUp.objects.editable_by(user).late(localdate()),
        label="tindak lanjut (RKTL) lewat tenggat",
        list_name="trainings:follow_up_list",
        query={"keadaan": FollowUp.Progress.LATE.value},
    )
)
