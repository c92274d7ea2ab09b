import pytest

from documents import registry
from documents.models import DocumentSetting, LetterText
from reports.services import previews
from tests.documents.samples import pages_of, words_of
from trainings.models import Training
from villages.models import Village

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [kind for kind, one in registry.DOCUMENTS.items() if one.has_settings])
def test_every_kind_that_can_be_set_can_be_tried(office, kind):
    """Collected like a real one, on rows that are rolled back. The layout is in the tests of each kind."""
    setting = DocumentSetting(district=office.district, kind=kind, letterhead="regent")
    snapshot, _ = previews._collected(registry.document(kind), office.district, setting, "A4", "")
    assert "DATA CONTOH" in snapshot["document"]["watermark"]
    assert "BUPATI MESUJI" in str(snapshot)
    assert not DocumentSetting.objects.exists()
    assert not Village.objects.exists()
    assert not Training.objects.exists()
    office.refresh_from_db()
    assert office.paper == "F4"


def test_what_was_typed_is_printed_whatever_its_day_on_the_paper_chosen(office):
    LetterText.objects.create(
        district=office.district, kind="invitation", part="opening_meeting", valid_from="2018-01-01", body="Tersimpan."
    )
    content = previews.make(
        registry.document("invitation"), office.district, ("opening_meeting", "Diketik untuk {kegiatan}:"), "A4"
    )
    text = words_of(content)
    assert "Diketik untuk Rapat Koordinasi Contoh:" in text
    assert "Tersimpan" not in text
    assert all("DATA CONTOH" in page for page in pages_of(content))
    assert LetterText.objects.get().body == "Tersimpan."
