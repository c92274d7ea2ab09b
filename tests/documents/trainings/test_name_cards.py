import pypdfium2 as pdfium
import pytest
from django.core.exceptions import ValidationError

from documents import registry
from tests import factories
from tests.documents.samples import make_training, pages_of, paper_of
from trainings.models import Training

pytestmark = pytest.mark.django_db


@pytest.fixture
def training(office):
    training = make_training(villages=3)
    speaker = factories.ResourcePersonFactory(person__name="Narasumber Uji", position="Kepala Bidang")
    factories.AgendaSpeakerFactory(item=training.days.first().items.get(), resource_person=speaker)
    factories.CommitteeMemberFactory(training=training, person__name="Panitia Uji", role="Sekretaris")
    return training


def tags_of(training, **options):
    snapshot, content = paper_of("name_tags", training, **options)
    return [[(tag["name"], tag["role"]) for tag in page] for page in snapshot["pages"]], pages_of(content)


@pytest.mark.parametrize(("paper", "a_page"), [("F4", 10), ("A4", 8)])
def test_everybody_has_a_tag_and_the_last_page_is_filled_up_with_blank_ones(training, office, paper, a_page):
    office.paper = paper
    office.save()
    found, pages = tags_of(Training.objects.get(pk=training.pk))
    assert [len(page) for page in found] == [a_page, a_page]
    assert len(pages) == 2
    everybody = [(f"Peserta Nomor {number}", "PESERTA") for number in range(1, 10)]
    everybody += [("Narasumber Uji", "NARASUMBER"), ("Panitia Uji", "PANITIA")]
    assert [tag for page in found for tag in page] == everybody + [("", "PESERTA")] * (2 * a_page - 11)
    text = " ".join("".join(pages).split())
    for printed in ("Ketua KPSPAMS, Desa Uji Desa 1", "Kepala Bidang", "Sekretaris", "4 s.d. 6 Desember 2018"):
        assert printed in text, printed


def test_tags_of_some_alone(training):
    assert [tag for page in tags_of(training, who="narasumber")[0] for tag in page if tag[0]] == [
        ("Narasumber Uji", "NARASUMBER")
    ]


@pytest.mark.parametrize("kind", ["name_tags", "tent_cards"])
@pytest.mark.parametrize("who", ["semua", "peserta", "narasumber", "panitia"])
def test_nobody_to_name_is_told_in_words(office, kind, who):
    document = registry.document(kind)
    with pytest.raises(ValidationError, match="lalu minta lagi"):
        document.clean(factories.TrainingFactory(), {"who": who})


def test_the_name_stands_on_both_sides_of_a_tent_card_and_once_on_its_head(training):
    _, content = paper_of("tent_cards", training, who="narasumber")
    (page,) = pdfium.PdfDocument(content)
    assert [round(side) for side in page.get_size()] == [842, 595]
    text = page.get_textpage()
    places = [
        at for at in range(text.count_chars()) if text.get_text_range(at, len("Narasumber Uji")) == "Narasumber Uji"
    ]
    first_last = [(text.get_charbox(at), text.get_charbox(at + len("Narasumber Uji") - 1)) for at in places]
    turned = [begin[0] > end[0] for begin, end in first_last]
    assert turned == [True, False]
    assert [begin[1] > 297 for begin, _ in first_last] == [True, False]  # the upside-down one above the fold


@pytest.mark.parametrize("name", ["X" * 120, "W" * 40, "I Gusti Ngurah Made Agung Wirawan Kusumadinata, S.T., M.Si."])
def test_a_long_name_stays_on_its_card(training, name):
    person = training.participants.first().person
    person.name = name
    person.save()
    training.title = "Pelatihan " * 20
    training.save()
    _, content = paper_of("tent_cards", training, who="peserta")
    document = pdfium.PdfDocument(content)
    assert len(document) == 9
    text = document[0].get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    boxes = [box for box in boxes if box[3] - box[1] > 2]  # the kode dokumen, which is in no margin here, is tiny
    middle = document[0].get_height() / 2
    assert [box for box in boxes if box[1] < middle < box[3]] == []
    assert min(box[0] for box in boxes) > 40
    assert max(box[2] for box in boxes) < document[0].get_width() - 40
    assert name.replace(" ", "") in "".join(tags_of(training, who="peserta")[1][0].split())


def test_a_fasilitator_prints_those_of_own_villages(training):
    user = factories.FacilitatorFactory()
    factories.AssignmentFactory(user=user, village=training.participants.get(number=4).village)
    snapshot, _ = paper_of("tent_cards", training, user=user, who="peserta")
    assert [card["name"] for card in snapshot["cards"]] == [f"Peserta Nomor {at}" for at in (4, 5, 6)]
