import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from documents import registry
from documents.rendering import printing
from tests import factories
from tests.documents.samples import make_training, mark, words_of

pytestmark = pytest.mark.django_db


def collected(training):
    module = registry.document("training_report")
    return module.collect(training, module.clean(training, {}), None)


def body_of(training, kind="training_report"):
    module = registry.document(kind)
    return module.collect(training, module.clean(training, {}), None)["body"]


def text_of(training):
    return words_of(
        printing.print_document(registry.document("training_report"), training.pk, collected(training)).content
    )


def photo(training, caption, **fields):
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "gray").save(out, "JPEG")
    stored = factories.StoredFileFactory(
        file=ContentFile(out.getvalue(), name="foto.jpg"), type="image/jpeg", name="foto.jpg"
    )
    return factories.TrainingFileFactory(training=training, file=stored, caption=caption, **fields)


@pytest.fixture
def held(office):
    training = make_training(cohort_year=2017)
    mark(training, n7=None, n8="alpa", n9="sakit")
    return training


def test_five_chapters_in_order(held):
    factories.NarrativeFactory(
        training=held, background="Latar uji.", obstacles="Jalan rusak.", recommendations="Lanjutkan."
    )
    text = text_of(held)
    heads = [
        "I. PENDAHULUAN", "II. PELAKSANAAN", "III. HASIL", "IV. KENDALA DAN REKOMENDASI", "V. PENUTUP",
        "LAMPIRAN 1: JADWAL", "LAMPIRAN 2: REKAPITULASI KEHADIRAN",
    ]  # fmt: skip
    assert [text.index(head) for head in heads] == sorted(text.index(head) for head in heads)
    for line in (
        "A. Latar belakang Latar uji.",
        "A. Kendala Jalan rusak. B. Rekomendasi Lanjutkan.",
        "Diundang 9 orang dari 3 desa penerima TA 2017. Peserta terdaftar 9 orang (6 L, 3 P).",
        "Hadir sekurang-kurangnya satu sesi 6 orang (4 L, 2 P) dari 9 orang terdaftar, mewakili 2 dari 3 desa yang "
        "diundang. Desa yang tidak mengirim peserta: Uji Desa 3.",
        "4 Desember 2018 Harian 4 2 6 7",
        "Nilai pre-test dan post-test belum dicatat.",
        "Evaluasi belum dicatat.",
        "RKTL belum dicatat.",
        "Anggaran belum dicatat.",
    ):
        assert line in text, line
    assert "DOKUMENTASI" not in text


def test_results_are_those_of_the_database(held):
    speaker = factories.ResourcePersonFactory(person__name="Ni Made Sari", position="Kepala Bidang")
    factories.AgendaSpeakerFactory(item=held.days.first().items.first(), resource_person=speaker)
    factories.CommitteeMemberFactory(training=held, role="Ketua", person__name="Sumarno")
    for number, participant in enumerate(held.participants.all()[:5]):
        factories.TestResultFactory(participant=participant, phase="pre", score=50)
        factories.TestResultFactory(participant=participant, phase="post", score=60 + 10 * number)
    question = factories.EvaluationQuestionFactory(training=held, number=1)
    remark = factories.EvaluationQuestionFactory(training=held, number=2, aspect="Saran", kind="teks")
    for value in (3, 4):
        sheet = factories.EvaluationSheetFactory(training=held)
        factories.EvaluationAnswerFactory(sheet=sheet, question=question, value=value)
        factories.EvaluationAnswerFactory(sheet=sheet, question=remark, value=None, text=f"Saran {value}")
    village = held.invitations.first().village
    factories.FollowUpFactory(training=held, village=village, done_on="2019-01-05", promises_plan=True)
    factories.FollowUpFactory(training=held, village=village, number=2)
    factories.BudgetLineFactory(training=held, ceiling=14_400_000, realised=12_900_000)
    text = text_of(held)
    for line in (
        "1 Ni Made Sari Kepala Bidang Materi hari 1",
        "D. Panitia 1. Sumarno, Ketua",
        "Pre-test 5 50,0 0 dari 5 orang (0 %)",
        "Post-test 5 80,0 4 dari 5 orang (80 %)",
        "Kenaikan rata-rata 30,0 di antara 5 orang yang mengikuti kedua tes.",
        "1 Kesesuaian materi 2 3,50 Seluruh aspek, 2 lembar 3,50",
        "Saran: 1. Saran 3 2. Saran 4",
        "1 Uji Desa 1 2 1 Dijanjikan Jumlah: 1 desa 2 1",
        "14.400.000 12.900.000 Jumlah 14.400.000 12.900.000",
    ):
        assert line in text, line


def test_attendance_of_each_person_stands_in_the_annex(held):
    table = next(block for block in collected(held)["body"] if block.get("caption") == "Kehadiran per peserta")
    assert [(row[1], row[5], row[6]) for row in table["rows"]][5:] == [
        ("Peserta Nomor 6", "H  H  H", "24"),
        ("Peserta Nomor 7", "–  –  –", "0"),
        ("Peserta Nomor 8", "A  A  A", "0"),
        ("Peserta Nomor 9", "S  S  S", "0"),
    ]


def test_photos_stand_in_the_paper_with_their_captions(held):
    photo(held, "Pembukaan oleh Ketua DPMU", taken_on="2018-12-04", place="Balai Uji")
    factories.TrainingFileFactory(training=held, caption="Bukan gambar")
    body = collected(held)["body"]
    photos = [block for block in body if block["kind"] == "photo"]
    assert [block["caption"] for block in photos] == ["Foto 1. Pembukaan oleh Ketua DPMU, 4 Desember 2018, Balai Uji."]
    assert len(photos[0]["jpeg"]) < 60_000
    text = text_of(held)
    assert "LAMPIRAN 3: DOKUMENTASI" in text
    assert "Foto 1. Pembukaan oleh Ketua DPMU" in text


def test_the_background_of_the_kak_is_that_of_the_report(held):
    kak, report = (
        {block.get("text") for block in body} for body in (body_of(held, "terms_of_reference"), body_of(held))
    )
    for start in ("Sarana air minum perdesaan", "Kegiatan ini dimaksudkan"):
        (text,) = [one for one in kak if one and one.startswith(start)]
        assert text in report


def test_the_same_figure_has_the_same_decimals_on_every_page_and_document(held):
    for participant, score in zip(held.participants.all()[:11], (40, 60, 70, 55, 45, 60, 50, 50, 65), strict=False):
        factories.TestResultFactory(participant=participant, phase="post", score=score)
    body = body_of(held)
    table = next(block for block in body if block.get("caption") == "Hasil pre-test dan post-test")
    assert table["rows"][1] == ["Post-test", "9", "55,0", "1 dari 9 orang (11,1 %)"]
    recap = next(block for block in body_of(held, "test_recap") if block.get("caption") == "Nilai per peserta")
    assert recap["footer"][0][6] == "55,0"
    assert "post-test 55,0" in str(body_of(held, "official_minutes"))


def test_a_report_of_money_lists_nothing(held):
    """Uang saku is a separate document and no annex of the report."""
    assert "NPWP" not in text_of(held)
