"""Rule of who may approve a plan, in the portal or from the signed paper. Imports no model of this app.

Nobody approves a plan that they wrote. The events of a plan show its writers; the sender of a filled paper form (Titip
entri) is a writer too. Writers of a revision opened it, edited it or submitted it. The writer of only the previous
plan may approve the revision: another account approved those lines, and the new ones are of others (our assumption).
"""

from django.conf import settings
from django.db.models import Exists, Max, Min, OuterRef, Q

from accounts.models import User
from accounts.rights import Right, may
from accounts.services import access
from records.formats import date_id
from records.models import Event

# Kinds of paper forms with a plan, and the state of a refused one (fieldwork.models.EntryRequest).
FORMS, REFUSED = ("rencana", "desa", "lain"), "ditolak"


def writers(plan) -> set[int]:
    """Keys of the accounts that wrote the plan."""
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
    """The reason why this account may not approve the plan; empty where it may."""
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
    """The reason why this account may not withdraw the approval of the plan; empty where it may.

    Only a mistaken approval is withdrawn, not once progress was reported. Every account that may approve may withdraw
    it, a writer of the plan too, because the plan then waits again (our assumption).
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
