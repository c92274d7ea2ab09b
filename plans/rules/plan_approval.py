"""Who may settle a plan, with a press or from the signed paper: one rule for both. Names no model of this app.

Nobody approves what they wrote. Whose words stand in a plan is told by its events; whoever handed in the filled paper
form that somebody else typed (Titip entri) is a writer too. Of a revision: who opened it, wrote in it or handed it in.
Who wrote only the plan before may approve it: those lines were approved by somebody else, and what is new is not
theirs (our assumption).
"""

from django.conf import settings
from django.db.models import Exists, Max, Min, OuterRef, Q

from accounts.models import User
from accounts.rights import Right, may
from accounts.services import access
from records.formats import date_id
from records.models import Event

# Paper forms on which a plan may stand, and the state of one that was not typed in (kpspams.models.EntryRequest).
FORMS, REFUSED = ("rencana", "desa", "lain"), "ditolak"


def writers(plan) -> set[int]:
    """Keys of the accounts whose words stand in the plan."""
    written = Event.objects.of(plan).filter(verb__in=plan.WRITING)
    span = written.aggregate(first=Min("at"), last=Max("at"))
    found = set(written.exclude(by=None).values_list("by", flat=True))
    if span["first"] is None:
        return found
    entries = plan.group.village.entry_requests.filter(form__in=FORMS, requested_at__lte=span["last"])
    entries = entries.exclude(state=REFUSED).filter(Q(group=None) | Q(group=plan.group_id))
    closed = Event.objects.filter(
        kind=entries.model._meta.label_lower, object_id=OuterRef("pk"), verb=Event.Verb.CLOSE, at__gte=span["first"]
    )
    typed = entries.filter(Q(state__in=entries.model.OPEN) | Exists(closed))
    return found | set(typed.exclude(by=None).values_list("by", flat=True))


def refusal(plan, user, right: Right = Right.APPROVE_PLANS) -> str:
    """Why this account may not settle the plan, in words for its owner; empty where it may."""
    if not may(user, right) or not type(plan).objects.visible_to(user).filter(pk=plan.pk).exists():
        return "Akun Anda tidak berhak menyetujui rencana kerja ini."
    if user.has_temporary_password:
        return "Kata sandi Anda dibuat orang lain. Ganti dahulu dengan kata sandi Anda sendiri."
    wrote = writers(plan)
    if user.pk in wrote:
        return "Anda ikut menulis rencana kerja ini. Minta orang lain yang berhak menyetujuinya."
    hands = access.hands()
    if both := hands.of(user.pk) & hands.of(*wrote):
        names = ", ".join(User.objects.filter(pk__in=both).values_list("name", flat=True))
        return (
            f"Dalam {settings.APPROVAL_WAIT_DAYS} hari terakhir {names} membuat, membuka, atau memberi kata sandi atau "
            "hak menyetujui pada akun Anda atau akun penulis rencana ini. Minta admin lain mengonfirmasi akun itu, "
            "atau minta orang lain yang berhak menyetujuinya. Tanpa konfirmasi, Anda dapat melakukannya sesudah "
            f"{date_id(access.apart_after(user.pk, wrote))}."
        )
    return ""


def withdrawal_refusal(plan, user) -> str:
    """Why this account may not take back the approval of the plan, in words for its owner; empty where it may.

    Taken back is what was given or recorded by mistake: not once something of the plan was carried out. Whoever may
    give such an approval may take it back, a writer of the plan too, since the plan then waits again (our assumption).
    """
    if plan.status != plan.Status.APPROVED:
        return f"Rencana kerja ini tidak lagi {plan.called(plan.Status.APPROVED).lower()}. Muat ulang halaman."
    approval = plan.steps.filter(action="approve").last()
    right = Right.RECORD_APPROVALS if approval and approval.paper else Right.APPROVE_PLANS
    if not may(user, right) or not type(plan).objects.visible_to(user).filter(pk=plan.pk).exists():
        return "Akun Anda tidak berhak mencabut persetujuan rencana kerja ini."
    if type(plan).objects.filter(group=plan.group_id, year=plan.year, revision__gt=plan.revision).exists():
        return "Persetujuan ini tidak dapat dicabut lagi karena revisi rencananya sudah dibuka."
    if plan.activities.exclude(progress=None).exists():
        return (
            "Persetujuan ini tidak dapat dicabut lagi karena pelaksanaannya sudah dilaporkan. Buka revisi untuk "
            "mengubah rencana."
        )
    return ""
