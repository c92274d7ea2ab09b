"""Who signs for the organisers of a training: the Ketua of its own panitia, the chair of a meeting."""

import re

from documents.layout import frame
from documents.signatures import Signing
from documents.signers import Slot
from records.search_keys import name_key
from trainings.models import CommitteeMember, Narrative, Training

CHAIRS = {Training.Kind.MEETING: "Pimpinan Rapat,", Training.Kind.VILLAGE_MEETING: "Pimpinan Musyawarah,"}
_HEAD = re.compile(r"ketua\b(?!\s+(seksi|sie|bidang|sub|urusan|divisi|kelompok|harian)\b)", re.IGNORECASE)


def organiser_block(training: Training, signing: Signing) -> frame.SignatureBlock | None:
    """The block in the place of the Ketua Panitia; None where the signatory of the settings signs.

    A rapat or musyawarah has a chair, not a panitia.
    """
    if chair := CHAIRS.get(Training.Kind(training.kind)):
        names = Narrative.objects.filter(training=training).values_list("chair", flat=True)
        return frame.block(chair, name=names.first() or "")
    head = committee_head(training)
    if head is None:
        return None
    official = signing.district.signatory_on(Slot.COMMITTEE_HEAD, signing.day)
    if official and name_key(official.name) == name_key(head.person.name):
        return frame.signatory_block(official, "")  # the same person: with NIP and printed title
    expert = getattr(head.person, "resource_person", None)
    return frame.block("Ketua Panitia,", name=head.person.name, rank=expert.rank if expert else "", civil_servant=True)


def committee_head(training: Training) -> CommitteeMember | None:
    """The Ketua in the panitia of this training; a Wakil Ketua or the head of a section is not the Ketua."""
    members = training.committee.select_related("person__resource_person")
    return next((row for row in members if _HEAD.match(row.role.strip())), None)
