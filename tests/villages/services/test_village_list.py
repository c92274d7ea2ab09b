import pytest
from django.core.management import CommandError, call_command

from accounts.models import District, Subdistrict
from pamsimas.demo.scenario import official_list
from records.models import Event
from tests import factories
from villages.models import Village

EDITION = "Kepmendagri 300.2.2-2430/2025"
HEADER = "kode,kecamatan_kode,kecamatan,desa,kode_pos"
FIRST = "18.11.01.2001,18.11.01,Mesuji,Wiralaga I,34697"
SECOND = "18.11.02.2001,18.11.02,Mesuji Timur,Tanjung Fajar,34695"

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path, capsys):
    """Writes the lines to a file, imports it and returns the output."""

    def run(*lines, raw=None, **options):
        path = tmp_path / "desa.csv"
        path.write_bytes(raw if raw is not None else "\n".join(lines).encode())
        call_command("import_villages", path, **({"kabupaten": "Mesuji", "edisi": EDITION} | options))
        return capsys.readouterr().out.splitlines()

    return run


def refused(load, *lines, **options):
    """The messages of a refusal; asserts that nothing was saved."""
    counts = [model.objects.count() for model in (District, Subdistrict, Village, Event)]
    with pytest.raises(CommandError) as error:
        load(*lines, **options)
    assert [model.objects.count() for model in (District, Subdistrict, Village, Event)] == counts
    *messages, last = str(error.value).splitlines()
    assert last == "Tidak ada yang disimpan."
    return messages


def test_the_official_list_has_105_villages_in_seven_kecamatan(load):
    messages = load(raw=official_list().read_bytes())
    assert messages == ["105 desa: 105 ditambahkan, 0 diubah, 0 tidak berubah; 0 baris diabaikan."]
    counts = [row.villages.count() for row in Subdistrict.objects.order_by("code")]
    assert counts == [11, 20, 13, 20, 13, 7, 21]
    district = District.objects.get()
    assert (district.code, district.name, district.province) == ("18.11", "Mesuji", "Lampung")
    village = Village.objects.get(code="18.11.04.2013")
    assert (village.name, village.edition, village.postal_code, village.is_sample) == (
        "Gedung Sri Mulyo",
        EDITION,
        "34694",
        False,
    )
    assert village.search_key == "gedungsrimulyo"


def test_again_changes_nothing_and_writes_no_event(load):
    load(HEADER, FIRST, SECOND)
    events = Event.objects.count()
    assert events == 5  # kabupaten, two kecamatan, two desa
    assert load(HEADER, FIRST, SECOND) == ["2 desa: 0 ditambahkan, 0 diubah, 2 tidak berubah; 0 baris diabaikan."]
    assert Event.objects.count() == events


def test_a_new_edition_changes_names_with_an_event_each(load):
    load(HEADER, FIRST, SECOND)
    messages = load(HEADER, FIRST.replace("Wiralaga I", "Wiralaga Satu"), SECOND.replace("Mesuji Timur", "Timur"))
    assert messages == ["2 desa: 0 ditambahkan, 1 diubah, 1 tidak berubah; 0 baris diabaikan."]
    village = Village.objects.get(code="18.11.01.2001")
    assert (village.name, village.version) == ("Wiralaga Satu", 2)
    event = village.events.first()
    assert (event.verb, event.by, event.changes) == ("change", None, {"nama": ["Wiralaga I", "Wiralaga Satu"]})
    subdistrict = Subdistrict.objects.get(code="18.11.02")
    assert Event.objects.of(subdistrict).first().changes == {"nama": ["Mesuji Timur", "Timur"]}


def test_what_people_entered_besides_stays(load):
    load(HEADER, FIRST)
    Village.objects.update(households=400, people=1300, figures_year=2024)
    load(HEADER, FIRST.replace("34697", "34600"))
    village = Village.objects.get()
    assert (village.postal_code, village.households, village.people) == ("34600", 400, 1300)


def test_semicolons_bom_windows_lines_blank_lines_and_twins(load):
    text = "\ufeff" + "\r\n".join([HEADER, FIRST, "", FIRST, SECOND]).replace(",", ";") + "\r\n"
    assert load(raw=text.encode()) == [
        "2 desa: 2 ditambahkan, 0 diubah, 0 tidak berubah; 2 baris diabaikan.",
        "  Baris 3: kosong.",
        "  Baris 4: sama dengan baris 2.",
    ]


def test_the_postal_code_may_be_missing_and_spaces_are_joined(load):
    load("Kode , KECAMATAN_KODE,kecamatan,desa", " 18.11.01.2001,18.11.01,Mesuji,  Wiralaga   I ")
    village = Village.objects.get()
    assert (village.name, village.postal_code) == ("Wiralaga I", "")


def test_villages_that_the_file_leaves_out_are_told_and_kept(load):
    load(HEADER, FIRST, SECOND)
    factories.VillageFactory(subdistrict=Subdistrict.objects.get(code="18.11.01"), code="18.11.01.9001", is_sample=True)
    assert load(HEADER, FIRST)[1:] == [
        "Tercatat di portal, tetapi tidak ada dalam berkas (dibiarkan):",
        "  18.11.02.2001 Tanjung Fajar",
    ]
    assert Village.objects.count() == 3


@pytest.mark.parametrize(
    ("line", "messages"),
    [
        ("18.11.1.2001,18.11.01,Mesuji,A,", 'kode desa "18.11.1.2001" salah. Tulis seperti 18.11.01.2001.'),
        ("18.11.01.9001,18.11.01,Mesuji,A,", 'kode desa "18.11.01.9001" salah. Tulis seperti 18.11.01.2001.'),
        ("١٨.11.01.2001,18.11.01,Mesuji,A,", 'kode desa "١٨.11.01.2001" salah. Tulis seperti 18.11.01.2001.'),
        ("18.11.01.2002,18.11,Mesuji,A,", 'kode kecamatan "18.11" salah. Tulis seperti 18.11.01.'),
        ("18.11.01.2002,18.11.02,Mesuji,A,", "desa 18.11.01.2002 tidak termasuk kecamatan 18.11.02."),
        ("18.11.01.2002,18.11.01,Mesuji,,", "nama desa kosong."),
        ("18.11.01.2002,18.11.01, ,A,", "nama kecamatan kosong."),
        (f"18.11.01.2002,18.11.01,Mesuji,{'A' * 81},", "nama desa lebih panjang dari 80 huruf."),
        ("18.11.01.2002,18.11.01,Mesuji,A,3469", 'kode pos "3469" salah. Tulis lima angka, atau kosongkan.'),
        ("18.11.01.2002,18.11.01,Mesuji", "ada 3 kolom, seharusnya 5."),
        ("18.11.01.2001,18.11.01,Mesuji,A,", "kode 18.11.01.2001 sudah dipakai pada baris 2 dengan isi lain."),
        ("18.05.01.2001,18.05.01,Lain,A,", "18.05.01.2001 termasuk kabupaten lain daripada baris 2."),
        ("18.11.01.2002,18.11.01,Lain,A,", "kecamatan 18.11.01 bernama Lain, pada baris 2 Mesuji."),
    ],
)
def test_one_bad_line_saves_nothing(load, line, messages):
    assert refused(load, HEADER, FIRST, line) == [f"Baris 3: {messages}"]


def test_many_bad_lines_are_told_up_to_twenty(load):
    messages = refused(load, HEADER, *[f"x{n},18.11.01,Mesuji,A," for n in range(25)])
    assert (len(messages), messages[-1]) == (21, "… dan 5 kesalahan lain.")


@pytest.mark.parametrize(
    ("raw", "messages"),
    [
        (b"", "Kolom kode, kecamatan_kode, kecamatan, desa tidak ada."),
        (b"kode,desa\n", "Kolom kecamatan_kode, kecamatan tidak ada."),
        (b"kode,kode,kecamatan_kode,kecamatan,desa\n", "Ada nama kolom yang tertulis dua kali pada baris pertama."),
        (HEADER.encode(), "Berkas tidak memuat satu desa pun."),
        (f"{HEADER}\n{FIRST}".encode("utf-16"), "Berkas tidak tersimpan sebagai UTF-8."),
        (f"{HEADER}\n{FIRST.replace('W', 'É')}".encode("latin-1"), "Berkas tidak tersimpan sebagai UTF-8."),
        (b"PK\x03\x04\x00\x00", "Berkas bukan teks CSV."),
        (f"{HEADER}\n{'x' * 200_000}".encode(), "Baris 2: bukan CSV yang utuh"),
        (b"x" * 5_000_001, "Berkas lebih besar dari 5 MB."),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(load, raw, messages):
    found = refused(load, raw=raw)
    assert len(found) == 1
    assert found[0].startswith(messages)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("import_villages", tmp_path / "tidak-ada.csv", kabupaten="Mesuji", edisi=EDITION)


def test_another_name_or_province_for_a_known_code_is_refused(load):
    load(HEADER, FIRST)
    assert refused(load, HEADER, FIRST, SECOND, kabupaten="Masuji") == [
        "Kode 18.11 adalah Kabupaten Mesuji, bukan Kabupaten Masuji. Periksa berkas dan namanya."
    ]
    assert refused(load, HEADER, FIRST, SECOND, provinsi="Banten") == [
        "Kabupaten Mesuji terdaftar di Provinsi Lampung, bukan Banten."
    ]


def test_an_unknown_province_is_asked_for(load):
    line = "36.01.01.2001,36.01.01,Uji,Uji,"
    assert refused(load, HEADER, line, kabupaten="Uji") == [
        "Provinsi dari kode 36 tidak dikenal. Tulis dengan --provinsi."
    ]
    load(HEADER, line, kabupaten="Uji", provinsi="Banten")
    assert District.objects.get(code="36.01").province == "Banten"


@pytest.mark.parametrize("options", [{"kabupaten": " "}, {"edisi": ""}, {"edisi": "x" * 81}, {"kabupaten": "x" * 81}])
def test_names_must_be_given_and_fit(load, options):
    with pytest.raises(CommandError, match="paling panjang 80 huruf"):
        load(HEADER, FIRST, **options)
