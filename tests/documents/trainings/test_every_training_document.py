"""Common properties of all documents of a training."""

from datetime import time

import pytest

from documents import registry
from documents.rendering import printing
from tests import factories
from tests.documents.samples import make_training, mark, pages_of, print_phones
from trainings.models import Training

pytestmark = pytest.mark.django_db

DOCUMENTS = [
    ("invitation", {"letter": "one"}),
    ("invitation", {"letter": "village"}),
    ("assignment_letter", {"names": "terdaftar"}),
    ("committee_decree", {}),
    ("terms_of_reference", {}),
    ("schedule", {}),
    ("biodata", {}),
    ("biodata", {"who": "narasumber"}),
    ("test_sheet", {"phase": "post"}),
    ("test_recap", {}),
    ("evaluation_sheet", {}),
    ("evaluation_recap", {}),
    ("follow_up_plan", {}),
    ("attendance_sheet", {"mode": "filled"}),
    ("attendance_sheet", {"layout": "landscape"}),
    ("attendance_sheet", {"who": "narasumber"}),
    ("attendance_sheet", {"who": "panitia"}),
    ("name_tags", {"who": "semua"}),
]
NAMES = [
    "Ma'ruf",
    "I Gusti Ayu Komang D'Contoh Saraswati",
    "Suparman",
    '<b>Tebal</b> & "kutip"',
    "Ni Luh {{ letterhead }}",
    "X" * 120,
]
every_document = pytest.mark.parametrize(
    ("kind", "options"), DOCUMENTS, ids=[f"{k}-{'-'.join(o.values())}" for k, o in DOCUMENTS]
)


@pytest.fixture
def training(office):
    """Two villages, all printed fields, and texts that look like markup."""
    training = make_training(villages=2, title="Pelatihan <i>KPSPAMS</i> & Mitra", is_sample=True)
    for participant, name in zip(training.participants.order_by("number"), NAMES, strict=True):
        participant.person.name, participant.person.phone = name, "+6281234567890"
        participant.person.save()
    item = training.days.first().items.get()
    speaker = factories.ResourcePersonFactory(person__name="I Wayan <Contoh>", person__phone="+6281234567890")
    factories.AgendaSpeakerFactory(item=item, resource_person=speaker)
    factories.AgendaItemFactory(session=item.session, topic="Iuran <u>wajib</u>", starts=time(10), ends=time(11))
    factories.CommitteeMemberFactory(training=training, person__name="Panitia <Satu>", person__phone="+6281234567890")
    factories.TestQuestionFactory(training=training, number=1, text="Air <b>bersih</b> & sehat?")
    aspect = factories.EvaluationQuestionFactory(training=training, number=1, aspect="Waktu <i>acara</i>")
    factories.EvaluationAnswerFactory(
        sheet=factories.EvaluationSheetFactory(training=training, number=1), question=aspect, value=3
    )
    factories.FollowUpFactory(
        training=training, village=training.invitations.first().village, task="<script>alert(1)</script>"
    )
    mark(training)
    factories.TestResultFactory(participant=training.participants.first())
    print_phones()
    return Training.objects.get(pk=training.pk)  # with the current settings of the kabupaten


def snapshot_of(training, kind, options):
    module = registry.document(kind)
    return module.collect(training, module.clean(training, options), None)


@every_document
def test_text_stays_text_and_names_come_back_whole(training, kind, options):
    snapshot = snapshot_of(training, kind, options)
    html = registry.document(kind).render(snapshot | {"document": snapshot["document"] | {"code": "X"}})
    for tag in ("<b>Tebal", "<i>KPSPAMS", "<Contoh>", "<Satu>", "<u>wajib", "<b>bersih", "<i>acara", "<script>"):
        assert tag not in html, tag
    flat = "".join(
        "".join(pages_of(printing.print_document(registry.document(kind), training.pk, snapshot).content)).split()
    )
    printed = [name for name in NAMES if str(snapshot).count(name[:30])]
    assert all("".join(name.split()) in flat for name in printed)
    if kind in ("biodata", "attendance_sheet") and options.get("who", "peserta") == "peserta":
        assert printed == NAMES


@every_document
def test_sample_data_says_so_on_every_page_and_equal_rows_give_equal_bytes(training, kind, options):
    first, second = (
        printing.print_document(registry.document(kind), training.pk, snapshot_of(training, kind, options)).content
        for _ in range(2)
    )
    assert first == second
    assert all("DATA CONTOH" in page for page in pages_of(first))


@every_document
def test_telephone_numbers_stand_on_the_sheet_that_asks_for_them_alone(training, kind, options):
    snapshot = str(snapshot_of(training, kind, options))
    of_participants = kind == "attendance_sheet" and options.get("who", "peserta") == "peserta"
    assert ("0812-3456-7890" in snapshot) == of_participants


@every_document
def test_a_kabupaten_without_office_and_signatories_prints_dots(training, office, kind, options):
    training.district.signatories.all().delete()
    training.district.office_profiles.all().delete()
    content = printing.print_document(
        registry.document(kind), training.pk, snapshot_of(training, kind, options)
    ).content
    assert "Nama Uji" not in "".join(pages_of(content))


@every_document
def test_all_documents_have_the_paper_of_the_office(training, office, kind, options):
    assert snapshot_of(training, kind, options)["document"]["page_size"] in ("f4", "f4-wide")
    office.paper = "A4"
    office.save()
    assert snapshot_of(training, kind, options)["document"]["page_size"] in ("a4", "a4-wide")
