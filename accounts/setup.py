"""What a kabupaten sets up before its daily work: a list of steps, each done as soon as its rows are there.

Each app registers its steps (records.registry). One query asks for all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import District, OfficeProfile, Signatory, SkippedStep, User
from accounts.rights import Right, may
from accounts.roles import Role
from records import history
from records.models import Event
from records.registry import Registry


@dataclass(frozen=True, kw_only=True)
class SetupStep:
    """`done` is a condition on a District (`OuterRef("pk")`); `right` is asked for the step itself and for skipping it.

    `of_district`: the address carries the key of the kabupaten. `done_url_name`: the page of its rows.
    """

    order: int
    key: str
    label: str
    why: str
    done: Callable[[], Exists]
    right: Right
    button: str
    url_name: str
    query: str = ""
    done_url_name: str = ""
    of_district: bool = False
    may_skip: bool = True

    def url(self, district: District, done: bool = False) -> str:
        arguments = [district.pk] if self.of_district else []
        if done and self.done_url_name:
            return reverse(self.done_url_name, args=arguments)
        address = reverse(self.url_name, args=arguments)
        return f"{address}?{self.query}" if self.query else address


@dataclass(frozen=True)
class StepState:
    """One step of one kabupaten for one user."""

    step: SetupStep
    done: bool
    skipped: bool
    permitted: bool
    url: str

    @property
    def is_open(self) -> bool:
        return not self.done and not self.skipped


@dataclass(frozen=True)
class Setup:
    """All steps of one kabupaten; the first open one that the user may do is `next`."""

    district: District
    states: list[StepState]
    hidden: bool

    @property
    def open(self) -> list[StepState]:
        return [state for state in self.states if state.is_open]

    @property
    def done(self) -> list[StepState]:
        return [state for state in self.states if state.done]

    @property
    def skipped(self) -> list[StepState]:
        return [state for state in self.states if state.skipped and not state.done]

    @property
    def progress(self) -> str:
        return f"{len(self.done)} dari {len(self.states)} langkah selesai"

    @property
    def next(self) -> StepState | None:
        return next((state for state in self.open if state.permitted), None)


_steps: Registry[SetupStep] = Registry()
register = _steps.register


def step_of(key: str) -> SetupStep | None:
    return next((step for step in _steps if step.key == key), None)


def setup_of(user: User) -> Setup | None:
    """The list of the user's kabupaten; None for who does not work in its office, or for all kabupaten at once."""
    if not user.is_office or user.district is None:
        return None
    district = user.district
    skipped = set(SkippedStep.objects.filter(district=district).values_list("step", flat=True))
    steps = list(_steps)
    found = District.objects.filter(pk=district.pk).values_list(*(step.done() for step in steps)).get()
    states = [
        StepState(step, done, step.key in skipped, may(user, step.right), step.url(district, done))
        for step, done in zip(steps, found, strict=True)
    ]
    return Setup(district, states, SkippedStep.WHOLE_LIST in skipped)


def open_setup(user: User) -> Setup | None:
    """The list while something of it is open and nobody hid it, for Beranda."""
    setup = setup_of(user)
    return setup if setup and setup.open and not setup.hidden else None


@transaction.atomic
def skip(district: District, key: str, label: str, by: User):
    """Twice is once."""
    _, new = SkippedStep.objects.get_or_create(district=district, step=key, defaults={"skipped_by": by})
    if new:
        history.record(district, Event.Verb.CHANGE, by=by, changes={"penyiapan portal": ["", f"dilewati: {label}"]})


@transaction.atomic
def restore(district: District, by: User) -> int:
    """All skipped steps and the list itself are shown again; how many these were."""
    count, _ = SkippedStep.objects.filter(district=district).delete()
    if count:
        history.record(district, Event.Verb.CHANGE, by=by, changes={"penyiapan portal": ["", "ditampilkan lagi"]})
    return count


def _accounts():
    return User.objects.current().filter(Q(district=OuterRef("pk")) | Q(all_districts=True))


register(
    SetupStep(
        order=20,
        key="kop",
        label="Kop surat dan nama dinas",
        why="Tercetak di atas setiap surat dan dokumen.",
        done=lambda: Exists(OfficeProfile.objects.filter(district=OuterRef("pk"))),
        right=Right.MANAGE_SETTINGS,
        button="Isi kop surat",
        url_name="accounts:settings_office_create",
        done_url_name="accounts:settings_district",
        of_district=True,
        may_skip=False,
    )
)
register(
    SetupStep(
        order=30,
        key="penanda-tangan",
        label="Penanda tangan",
        why="Sedikitnya Ketua DPMU; tanpa nama, dokumen tercetak dengan titik-titik.",
        done=lambda: Exists(
            Signatory.objects.filter(district=OuterRef("pk"), slot=Signatory.Slot.DPMU_HEAD).exclude(name="")
        ),
        right=Right.MANAGE_SETTINGS,
        button="Isi penanda tangan",
        url_name="accounts:settings_signatory_create",
        query=f"tempat={Signatory.Slot.DPMU_HEAD}",
        done_url_name="accounts:settings_district",
        of_district=True,
    )
)
register(
    SetupStep(
        order=40,
        key="admin-kedua",
        label="Admin kedua",
        why="Bila admin pertama berhalangan, portal tetap dapat dikelola, dan perubahan akun penyetuju dikonfirmasi.",
        done=lambda: Exists(_accounts().with_right(Right.MANAGE_USERS).order_by("pk")[1:2]),
        right=Right.MANAGE_USERS,
        button="Tambah admin",
        url_name="accounts:user_create",
        query=f"peran={Role.ADMIN}",
        done_url_name="accounts:user_list",
    )
)
register(
    SetupStep(
        order=50,
        key="penyetuju",
        label="Akun yang menyetujui rencana kerja",
        why="Rencana kerja disetujui oleh orang yang tidak menulisnya; haknya juga dapat dicentang pada akun yang ada.",
        done=lambda: Exists(_accounts().filter(may_approve=True)),
        right=Right.MANAGE_USERS,
        button="Tambah penyetuju",
        url_name="accounts:user_create",
        query=f"peran={Role.STAFF}&penyetuju=ya",
        done_url_name="accounts:user_list",
    )
)
register(
    SetupStep(
        order=60,
        key="fasilitator",
        label="Akun fasilitator",
        why="Fasilitator mencatat kelompok, rencana kerja, dan kunjungan desanya.",
        done=lambda: Exists(User.objects.current().facilitators().filter(district=OuterRef("pk"))),
        right=Right.MANAGE_USERS,
        button="Tambah fasilitator",
        url_name="accounts:user_create",
        query=f"peran={Role.FACILITATOR}",
        done_url_name="accounts:user_list",
    )
)
