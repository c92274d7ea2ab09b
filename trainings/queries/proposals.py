"""Proposals of participants: how many each invited village was asked for, villages without any, and reminder texts."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from urllib.parse import quote

from accounts.models import User
from records import formats
from trainings.models import Invitation, Training
from villages.models import Assignment, Village


@dataclass
class VillageProposal:
    """An invited village: how many people it registered beforehand, and its current fasilitator."""

    invitation: Invitation
    registered: int
    facilitators: list[User] = field(default_factory=list)

    @property
    def village(self) -> Village:
        return self.invitation.village

    @property
    def beyond(self) -> bool:
        return self.registered > self.invitation.quota

    @property
    def short(self) -> bool:
        return self.registered < self.invitation.quota


@dataclass(frozen=True)
class Reminder:
    """One text to send manually. `facilitator` None: the village has none, so its head is addressed."""

    facilitator: User | None
    villages: list[Village]
    text: str

    @property
    def whatsapp(self) -> str:
        """URL that opens WhatsApp with the text; the recipient is chosen there, and the portal sends nothing."""
        return f"https://wa.me/?text={quote(self.text)}"


def proposals(training: Training, villages=None) -> list[VillageProposal]:
    """All invited villages, or those among `villages`, by code. Three queries."""
    rows = training.invitations.select_related("village__subdistrict").order_by("village__code")
    if villages is not None:
        rows = rows.filter(village__in=villages)
    named = training.participants.named().humans().order_by().values_list("village", "human").distinct()
    counts = Counter(village for village, _ in named)
    found = {row.village_id: VillageProposal(row, counts[row.village_id]) for row in rows}
    for assignment in Assignment.objects.current().filter(village__in=found).select_related("user").order_by("pk"):
        found[assignment.village_id].facilitators.append(assignment.user)
    return list(found.values())


def beyond_quota(training: Training, villages) -> list[str]:
    """ "Desa A: 4 orang, diminta 3." for those of these villages that registered more than requested."""
    return [
        f"{row.village}: {formats.number_id(row.registered)} orang, diminta {formats.number_id(row.invitation.quota)}."
        for row in proposals(training, villages)
        if row.beyond
    ]


def beyond_in_all(training: Training) -> str:
    """ "34 orang terdaftar, 30 orang diminta."; empty unless more people are registered than requested."""
    rows = proposals(training)
    registered, places = sum(row.registered for row in rows), sum(row.invitation.quota for row in rows)
    if registered <= places:
        return ""
    return f"{formats.number_id(registered)} orang terdaftar, {formats.number_id(places)} orang diminta."


def reminders(training: Training) -> list[Reminder]:
    """One text per fasilitator whose villages have proposed nobody, then one per such village without fasilitator."""
    silent = [row for row in proposals(training) if not row.registered]
    of: dict[int, tuple[User, list[VillageProposal]]] = {}
    for row in silent:
        for user in row.facilitators[:1]:  # one reminder is enough
            of.setdefault(user.pk, (user, []))[1].append(row)
    days = [day.date for day in training.days.all()]
    helped = [
        Reminder(user, [row.village for row in rows], _text(training, days, rows, f"Yth. Fasilitator {user.name},"))
        for user, rows in sorted(of.values(), key=lambda pair: pair[0].name)
    ]
    alone = [
        Reminder(None, [row.village], _text(training, days, [row], f"Yth. Kepala {row.village},"))
        for row in silent
        if not row.facilitators
    ]
    return helped + alone


def _text(training: Training, days, rows: list[VillageProposal], greeting: str) -> str:
    when = f" pada {formats.span(days[0], days[-1])}" if days else ""
    where = f" di {training.venue}" if training.venue else ""
    villages = "\n".join(f"- {row.village} ({_places_text(row.invitation)})" for row in rows)
    until = f" paling lambat {formats.date_id(training.proposal_deadline)}" if training.proposal_deadline else ""
    lines = [
        greeting,
        "",
        f"{training}{when}{where}: belum ada peserta yang diusulkan dari",
        villages,
        "",
        f"Mohon nama, L/P, dan jabatan pesertanya{until}. Terima kasih.",
    ]
    if training.organiser:
        lines.append(formats.in_sentence(training.organiser))
    return "\n".join(lines)


def _places_text(invitation: Invitation) -> str:
    posts = f": {invitation.post_words}" if invitation.post_words else ""
    return f"{invitation.quota} orang{posts}"


def by_facilitator(rows: list[VillageProposal]) -> dict[str, list[VillageProposal]]:
    """The villages by the names of their fasilitator; "Tanpa fasilitator" last."""
    found: dict[str, list[VillageProposal]] = defaultdict(list)
    for row in rows:
        found[", ".join(user.name for user in row.facilitators)].append(row)
    return dict(sorted(found.items(), key=lambda pair: (not pair[0], pair[0])))
