"""Handover of the trainings whose attendance a user records as officer."""

from django.urls import reverse

from accounts.handover import Handover, OpenWork, colleagues, register
from accounts.models import User
from accounts.rights import Right
from records import history
from records.editing import list_text
from records.models import Event
from trainings.models import Training


def kept(user: User):
    return Training.objects.open().filter(officers=user)


class Officers(Handover):
    order = 20
    key = "petugas"
    question = "Siapa yang menjadi petugas kehadiran?"
    ending = "Tanpa pengganti; staf DPMU mencatat kehadirannya"

    def found(self, user: User) -> OpenWork | None:
        count = kept(user).count()
        return OpenWork(f"petugas kehadiran {count} pelatihan", reverse("trainings:training_list")) if count else None

    def successors(self, user: User):
        return colleagues(user).with_right(Right.PROPOSE_PARTICIPANTS)

    def hand_over(self, user: User, successor: User, by: User) -> None:
        self._replace(user, by, successor)

    def end(self, user: User, by: User) -> None:
        self._replace(user, by)

    def _replace(self, user: User, by: User, *successors: User) -> None:
        for training in kept(user):
            before = list_text(training.officers.all())
            training.officers.remove(user)
            training.officers.add(*successors)
            training.touch()
            changes = {"petugas kehadiran": [before, list_text(training.officers.all())]}
            history.record(training, Event.Verb.CHANGE, by=by, changes=changes, reason="Akun dinonaktifkan")


register(Officers())
