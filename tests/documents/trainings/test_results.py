"""Notulen, nota dinas and berita acara: their PDFs compared with the database."""

from datetime import date

import pytest

from documents import registry
from documents.rendering import printing
from tests import factories
from tests.documents.samples import make_training, mark, words_of

pytestmark = pytest.mark.django_db


def made(kind, training, **parameters):
    module = registry.document(kind)
    snapshot = module.collect(training, module.clean(training, parameters), None)
    return words_of(printing.print_document(registry.document(kind), training.pk, snapshot).content)


@pytest.fixture
def held(office):
    """Nine participants of three villages, 24 JP; none of the third came."""
    training = make_training()
    mark(training, n7=None, n8="alpa", n9="sakit")
    factories.SignatoryFactory(slot="committee_head", title_line="Ketua Panitia", name="Ni Luh Putu Ayu")
    return training


def scores(training, pre, post):
    for participant in training.participants.all()[:6]:
        factories.TestResultFactory(participant=participant, phase="pre", score=pre)
        factories.TestResultFactory(participant=participant, phase="post", score=post)


def test_berita_acara_tells_day_and_figures_in_words(held):
    scores(held, 55, 80)
    factories.FollowUpFactory(training=held, village=held.invitations.first().village)
    text = made("official_minutes", held)
    for line in (
        "BERITA ACARA PELAKSANAAN PELATIHAN PENINGKATAN KAPASITAS KPSPAMS TAHUN 2018",
        "NOMOR: ....",
        "Pada hari ini Kamis tanggal Enam bulan Desember tahun Dua Ribu Delapan Belas (06-12-2018), bertempat di "
        "Balai Uji, Brabasan, telah dilaksanakan Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2018 Kabupaten Mesuji "
        "selama 3 (tiga) hari, 24 (dua puluh empat) jam pelajaran, pada tanggal 4 s.d. 6 Desember 2018, dengan hasil "
        "sebagai berikut:",
        "1. Peserta hadir 6 (enam) orang, terdiri atas laki-laki 4 orang dan perempuan 2 orang, mewakili 2 dari 3 desa "
        "yang diundang;",
        "2. Desa yang tidak mengirim peserta: Uji Desa 3;",
        "3. Materi yang disampaikan sebagaimana jadwal terlampir;",
        "4. Nilai rata-rata pre-test 55,0 dan post-test 80,0;",
        "5. 1 (satu) desa menyusun rencana kerja tindak lanjut (RKTL).",
        "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.",
        "Ketua DPMU Kabupaten Mesuji,",
        "Mesuji, 6 Desember 2018",
        "Ni Luh Putu Ayu",
    ):
        assert line in text, line


def test_berita_acara_says_when_every_village_came(office):
    training = make_training()
    mark(training)
    assert "2. Seluruh desa mengirim peserta;" in made("official_minutes", training)


def test_berita_acara_before_the_event_keeps_dots(office):
    text = made("official_minutes", make_training())
    assert "Peserta hadir ........ (................) orang" in text
    assert "Desa yang tidak mengirim peserta: ................;" in text
    assert "Nilai rata-rata pre-test ........ dan post-test ........;" in text


def test_few_results_give_no_mean_that_names_people(held):
    for participant in held.participants.all()[:4]:
        factories.TestResultFactory(participant=participant, phase="pre", score=40)
    assert "pre-test ........ dan post-test ........" in made("official_minutes", held)


def test_number_and_day_come_from_the_accounts_file(held):
    factories.SpjItemFactory(
        training=held, document="berita_acara", number="600/12/BA/DPMU/2018", dated_on=date(2018, 12, 7)
    )
    text = made("official_minutes", held)
    assert "NOMOR: 600/12/BA/DPMU/2018" in text
    assert "Jumat tanggal Tujuh bulan Desember" in text
    assert "Mesuji, 7 Desember 2018" in text


def test_a_meeting_tells_no_test_and_no_rktl(office):
    meeting = make_training(villages=1, days=1, kind="rapat", title="Rapat Koordinasi DPMU")
    mark(meeting)
    text = made("official_minutes", meeting)
    assert "3. Acara yang disampaikan sebagaimana jadwal terlampir." in text
    assert "pre-test" not in text
    assert "RKTL" not in text


def test_notulen_prints_what_was_typed(held):
    factories.NarrativeFactory(
        training=held,
        chair="I Made Suardana",
        note_taker="Sumarni",
        discussion="Iuran dibahas.\nKeterlambatan SK dibahas.",
        decisions="SK diperbarui <b>paling lambat</b> Januari.",
    )
    text = made("minutes", held)
    for line in (
        "Pimpinan rapat : I Made Suardana",
        "Notulis : Sumarni",
        "Peserta : 6 orang (4 L, 2 P); 2 dari 3 desa yang diundang; tidak hadir: Uji Desa 3",
        "1. 4 Desember 2018, 08.00 s.d. 09.30 WIB: Materi hari 1",
        "B. Pembahasan Iuran dibahas. Keterlambatan SK dibahas.",
        "C. Kesimpulan dan kesepakatan 1. SK diperbarui <b>paling lambat</b> Januari.",
    ):
        assert line in text, line


def test_notulen_of_nothing_typed_leaves_lines_to_write_on(office):
    text = made("minutes", make_training(villages=1, days=1))
    assert text.count("." * 150) == 8
    assert "Notulis : ......" in text


def test_nota_dinas_before_asks_and_after_reports(held, office):
    factories.BudgetLineFactory(training=held, dpa_number="DPA/1/2018", account_code="5.1.02", ceiling=14_400_000)
    text = made("memo", held, purpose="plan")
    for line in (
        "NOTA DINAS NOMOR: ....",
        "Kepada : Kepala Dinas",
        "Hal : Rencana pelaksanaan Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2018",
        "Peserta : 9 (sembilan) orang dari 3 (tiga) desa",
        "Jam pelajaran : 24 JP",
        "No. DPA : DPA/1/2018",
        "Jumlah anggaran : Rp14.400.000,00 (empat belas juta empat ratus ribu rupiah)",
    ):
        assert line in text, line
    text = made("memo", held)
    assert "Hal : Laporan hasil Pelatihan" in text
    assert "2. Desa yang tidak mengirim peserta: Uji Desa 3." in text
    assert made("memo", make_training(villages=1)).count("mohon persetujuan") == 1


@pytest.mark.parametrize(("line", "plan", "result"), [("nota_dinas", True, False), ("nota_hasil", False, True)])
@pytest.mark.parametrize("day", [None, date(2018, 12, 10)])
def test_the_number_of_one_memo_is_not_printed_on_the_other(held, line, plan, result, day):
    factories.SpjItemFactory(training=held, document=line, number="050/ND/2018", dated_on=day)
    assert ("NOMOR: 050/ND/2018" in made("memo", held, purpose="plan")) == plan
    assert ("NOMOR: 050/ND/2018" in made("memo", held, purpose="result")) == result


def test_what_was_agreed_is_numbered_whatever_was_typed_before_it(held):
    factories.NarrativeFactory(training=held, decisions="1. Iuran Rp5.000.\n\n- Rapat tiap bulan.\n3 desa melapor.")
    for kind, before in (("minutes", "C. Kesimpulan dan kesepakatan"), ("memo", "Kesimpulan dan kesepakatan:")):
        text = made(kind, held)
        assert f"{before} 1. Iuran Rp5.000. 2. Rapat tiap bulan. 3. 3 desa melapor." in text


def test_an_unknown_purpose_is_refused(office):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="tidak dikenal"):
        registry.document("memo").clean(make_training(villages=1), {"purpose": "lain"})
