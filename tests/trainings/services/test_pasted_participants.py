"""Rows pasted from a spreadsheet."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories as f
from trainings.parsers.participant_table import MAX_ROWS, read_table
from trainings.services.pasted_participants import COLUMNS, NO_POST, Reader, save
from villages.models import Person, PersonMatch


def raws_of(text):
    return read_table(text, COLUMNS, ["Contoh Satu", "Contoh Dua"].__contains__).raws


def read(dataset, text, by=None, choices=None):
    return Reader(dataset.training, by or dataset.staff).read(text, choices or {})


def verdicts(rows):
    return [
        (
            row.row.label,
            row.error_texts or ("asks" if row.row.needs_choice else "new" if not row.person.pk else "known"),
        )
        for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siti\tP\tA\tKetua\t0812", [{"name": "Siti", "sex": "P", "village": "A", "role": "Ketua", "phone": "0812"}]),
        ("Siti; P; A", [{"name": "Siti", "sex": "P", "village": "A"}]),
        ("1\tSiti\tP\n2\tBudi, S.Pd.\tL", [{"name": "Siti", "sex": "P"}, {"name": "Budi, S.Pd.", "sex": "L"}]),
        (
            "No\tDesa\tNama Peserta\tL/P\n\n1\tA\tSiti\tP\n2\t\tBudi\tL",
            [{"name": "Siti", "sex": "P", "village": "A"}, {"name": "Budi", "sex": "L"}],  # without a desa
        ),
        ("'Siti\"\tP", [{"name": "'Siti\"", "sex": "P"}]),
    ],
)
def test_rows_are_read_with_and_without_titles(text, expected):
    assert raws_of(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Belum ada baris"),
        (" \n\t\n", "Belum ada baris"),
        ("Nama\tDesa", "Di bawah baris judul"),
        ("Siti\tP\n" * (MAX_ROWS + 1), "Paling banyak"),
        ("x" * 100_001, "terlalu panjang"),
    ],
)
def test_what_holds_no_rows_is_told(text, words):
    with pytest.raises(ValidationError, match=words):
        raws_of(text)


def test_all_that_is_wrong_is_told_at_once(dataset):
    rows = read(dataset, "Siti\tX\tA\n\tL\tA\nBudi\tL\tZ\nTono\t\tA\nKetua A\tL\tA\nketua a\tL\tA")
    found = verdicts(rows)
    assert [bool(words) and not isinstance(words, str) for _, words in found] == [True, True, True, True, False, False]
    assert (found[5][1], rows[5].row.recognised) == (
        "asks",
        {"id": "", "text": "Nama ini sudah ada pada baris 5. Pilih orang yang sama, atau Orang baru bila orang lain."},
    )


def test_known_people_are_matched_and_new_ones_made(dataset):
    rows = read(dataset, "H. KETUA A\tL\tA\tKetua\nTamu Baru\tP\tB\tKader AMPL\t0812 3456 7890")
    assert verdicts(rows) == [("H. KETUA A", "known"), ("Tamu Baru", "new")]
    found = save(dataset.training, rows, by=dataset.staff)
    shown = [(p.person.name, p.group, p.post, p.affiliation) for p in found.added]
    group = dataset.boards[dataset.satu.pk]["KET"].group
    assert shown == [("Ketua A", group, "KET", ""), ("Tamu Baru", None, "", "Kader AMPL")]
    assert Person.objects.get(name="Tamu Baru").phone == "+6281234567890"
    again = save(dataset.training, read(dataset, "Ketua A\tL\tA\nTamu Baru\tP\tB"), by=dataset.staff)
    assert (len(again.already), Person.objects.filter(name="Tamu Baru").count()) == (2, 1)


def test_two_of_a_name_are_asked_and_the_choice_is_remembered(dataset):
    one, two = (f.PersonFactory(village=dataset.satu, name="Made") for _ in range(2))
    text = "Made\tP\tA"
    (row,) = read(dataset, text)
    assert (row.row.needs_choice, [option["id"] for option in row.row.options]) == (True, [str(one.pk), str(two.pk)])
    with pytest.raises(ValidationError, match="belum benar"):
        save(dataset.training, [row], by=dataset.staff)
    save(dataset.training, read(dataset, text, choices={1: str(two.pk)}), by=dataset.staff)
    assert {match.person for match in PersonMatch.objects.all()} == {two}
    (again,) = read(dataset, text)
    assert (again.person, again.participant.number) == (two, 1)


def test_fasilitator_pastes_own_villages_only(dataset):
    rows = read(dataset, "Siti\tP\tA\nBudi\tL\tB\nTamu\tL\t\tBPD", by=dataset.facilitator)
    assert [row.good for row in rows] == [True, False, False]


def test_reading_asks_the_same_number_of_queries_for_1_and_5(dataset, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        read(dataset, "Siti\tP\tA")
    with django_assert_num_queries(len(queries)):
        read(dataset, "\n".join(f"Siti {n}\tP\tA" for n in range(5)))


def test_a_new_name_twice_is_asked_about_and_both_answers_hold(dataset):
    text = "Jumingan\tL\tA\nJumingan\tL\tA"
    rows = read(dataset, text)
    assert verdicts(rows) == [("Jumingan", "new"), ("Jumingan", "asks")]
    same = save(dataset.training, read(dataset, text, choices={2: "b1"}), by=dataset.staff)
    assert [p.person.name for p in same.added] == ["Jumingan"]
    again = read(dataset, text)
    assert [row.participant.number for row in again] == [1, 1]
    found = save(dataset.training, read(dataset, text, choices={2: "new"}), by=dataset.staff)
    assert (len(found.added), Person.objects.filter(name="Jumingan").count()) == (1, 2)
    assert [row.participant.number for row in read(dataset, text)] == [1, 2]


def test_couples_and_names_with_remarks_are_two_people(dataset):
    text = "Budi\tL\tA\t\t0812 3456 7890\nSiti (istri Budi)\tP\tA\t\t0812 3456 7890\nSiti (istri Andi)\tP\tA"
    save(dataset.training, read(dataset, text), by=dataset.staff)
    assert set(dataset.training.participants.values_list("person__name", flat=True)) == {
        "Budi",
        "Siti (istri Budi)",
        "Siti (istri Andi)",
    }
    assert verdicts(read(dataset, "Budi\tP\tA")) == [("Budi", "asks")]


def test_who_was_recorded_after_the_preview_is_asked_about(dataset):
    text = "Wagirun\tL\tA"
    f.PersonFactory(village=dataset.satu, name="Wagirun", sex="L")
    (row,) = Reader(dataset.training, dataset.staff).read(text, {}, {1: "new"})
    assert (row.row.needs_choice, row.row.recognised["promised"]) == (True, "new")


def test_who_is_recorded_while_it_is_saved_stops_the_saving(dataset):
    rows = read(dataset, "Wagirun\tL\tA")
    f.PersonFactory(village=dataset.satu, name="Wagirun", sex="L")
    with pytest.raises(ValidationError, match="baru saja berubah"):
        save(dataset.training, rows, by=dataset.staff)
    assert (Person.objects.filter(name="Wagirun").count(), dataset.training.participants.count()) == (1, 0)


def test_a_row_that_breaks_is_named_and_spares_the_others(dataset, monkeypatch):
    real = Person.prepare

    def prepare(person):
        if person.name == "Rusak":
            raise KeyError("nobody foresaw this")
        real(person)

    monkeypatch.setattr(Person, "prepare", prepare)
    rows = read(dataset, "Budi\tL\tA\nRusak\tL\tA")
    with pytest.raises(ValidationError, match=r"Baris 2 \(Rusak\) gagal disimpan"):
        save(dataset.training, rows, by=dataset.staff)
    assert not Person.objects.filter(name="Budi").exists()
    monkeypatch.setattr(Reader, "_understood", lambda self, row: {}["missing"])
    assert read(dataset, "Budi\tL\tA")[0].error_texts[0].startswith("Portal gagal mengolah baris 1;")


def test_a_namesake_out_of_sight_does_not_stop_the_saving(dataset):
    f.PersonFactory(village=dataset.dua, name="Wagirun", sex="L")
    save(dataset.training, read(dataset, "Wagirun\tL\tA", by=dataset.facilitator), by=dataset.facilitator)
    assert Person.objects.filter(name="Wagirun").count() == 2


SATU = {"name": "Budi", "sex": "L", "village": "Contoh Satu"}
DUA = {"name": "Siti", "village": "Contoh Dua"}


@pytest.mark.parametrize(
    ("text", "expected", "note"),
    [
        ("Budi, L, Contoh Satu", [SATU], "Kolom dipisah menurut koma."),
        ("Budi - L - Contoh Satu", [SATU], "Kolom dipisah menurut tanda hubung."),
        ("Budi | L | Contoh Satu", [SATU], "Kolom dipisah menurut garis tegak."),
        ("Budi   L   Contoh Satu", [SATU], "Kolom dipisah menurut beberapa spasi."),
        ("H. Budi, S.Pd., M.M., L, Contoh Satu", [SATU | {"name": "H. Budi, S.Pd., M.M."}], "koma"),
        ("1. Budi; L; Contoh Satu", [SATU], "nama, L/P, desa"),
        ("2) Budi (L), Contoh Satu", [SATU], "nama, desa"),
        ("- Budi, L, Contoh Satu", [SATU], "koma"),
        ("Contoh Satu; Budi; L", [SATU], "Urutan kolom yang dibaca: desa, nama, L/P. Bila keliru, tempel beserta"),
        ("Ketua\tBudi\tContoh Satu\tL", [SATU | {"role": "Ketua"}], "jabatan atau unsur, nama, desa, L/P"),
        ("Daftar hadir:\nBudi, L, Contoh Satu", [SATU], "1 baris dilewati karena bukan peserta: “Daftar hadir:”."),
        ("Budi\tL\tContoh Satu\tKetua\t\t99", [SATU | {"role": "Ketua"}], "Kolom yang tidak dipakai: ke-6 (“99”)."),
        ("Nama\tL/P\tDesa\tKTP\nBudi\tL\tContoh Satu\t99", [SATU], "Kolom yang tidak dipakai: “KTP”."),
        (
            "*Desa Contoh Satu*\n1. Budi (L)\n2. Siti (P)\nContoh Dua:\n1. Andi (L)",
            [SATU, SATU | {"name": "Siti", "sex": "P"}, SATU | {"name": "Andi", "village": "Contoh Dua"}],
            "Baris “Desa Contoh Satu” dibaca sebagai desa orang-orang di bawahnya.",
        ),
        (
            "Desa Contoh Satu\nBudi (L) - 0812 3456 7890/91\nDesa Entah\nSiti (P) - tidak ada\nPanitia:\nAndi (L) - -",
            [
                SATU | {"phone": "0812 3456 7890/91"},
                {"name": "Siti", "sex": "P", "village": "Entah", "phone": "tidak ada"},
                {"name": "Andi", "sex": "L", "phone": "-"},
            ],
            "Baris “Desa Entah” dibaca sebagai desa orang-orang di bawahnya.",
        ),
        ("Nama: Budi\nL/P: L\nDesa: Contoh Satu\n\nNama: Siti\nDesa: Contoh Dua", [SATU, DUA], ""),
        ("Budi\tL\tContoh Satu\nSiti; P; Contoh Satu", [SATU, SATU | {"name": "Siti", "sex": "P"}], ""),
        (
            "Budi \t  L\t Contoh Satu\nSiti, S.Pd., P, Contoh Satu",
            [SATU, SATU | {"name": "Siti, S.Pd.", "sex": "P"}],
            "",
        ),
        ("Budi\u00a0\u200b\tL\tContoh\u00a0 Satu", [SATU], ""),
        ("Budi, istri Andi\nSiti, S.Pd.", [{"name": "Budi, istri Andi"}, {"name": "Siti, S.Pd."}], ""),
    ],
)
def test_lists_of_messages_are_read_and_told(text, expected, note):
    found = read_table(text, COLUMNS, lambda name: name.removeprefix("Desa ") in ("Contoh Satu", "Contoh Dua"))
    plain = [raw | {"village": raw["village"].removeprefix("Desa ")} if "village" in raw else raw for raw in found.raws]
    assert plain == expected
    assert note in " ".join(found.notes)


@given(st.text("\t;,|-/:()*\n BudLP1.0Ketu", max_size=80) | st.text(max_size=60))
@settings(max_examples=80)
def test_any_text_is_a_table_or_refused_with_a_sentence(text):
    try:
        rows = read_table(text, COLUMNS, lambda name: name == "Budi").raws
    except ValidationError as error:
        rows = [{"said": error.messages[0]}]
    assert rows
    assert all(row.get("said", ".").endswith(".") for row in rows)


@pytest.mark.parametrize(
    ("word", "posts"),
    [
        ("Sie", ["TEK", "KES", "PEL", "PSM"]),
        ("Ketua II", ["WKL", "KET"]),
        ("Bendahra", ["BEN"]),
        ("Ketua I", []),
        ("Kader AMPL", []),
    ],
)
def test_a_doubtful_post_is_asked_about_and_answered(dataset, word, posts):
    text = f"Budi\tL\tA\t{word}"
    (row,) = read(dataset, text)
    assert [code for code, _ in row.posts] == posts
    assert row.good is not bool(posts)
    if not posts:
        assert row.role_text == {"Ketua I": "Ketua", "Kader AMPL": "Kader AMPL (unsur)"}[word]
        return
    assert row.error_texts[0].startswith(f"Jabatan/unsur: “{word}” dapat berarti ")
    answered = [
        Reader(dataset.training, dataset.staff).read(text, {}, posts={1: answer})[0] for answer in (posts[0], NO_POST)
    ]
    assert [(row.entry.post, row.entry.affiliation) for row in answered] == [(posts[0], ""), ("", word)]
    (stranger,) = Reader(dataset.training, dataset.staff).read("Budi\tL\tA\tKader", {}, posts={1: "KET"})
    assert stranger.entry.affiliation == "Kader"


def test_a_post_where_several_groups_stand_is_told_as_unsur(dataset):
    f.GroupFactory(village=dataset.satu)
    (row,) = read(dataset, "Budi\tL\tA\tKetua")
    assert (row.entry.post, row.entry.affiliation) == ("", "Ketua")
    assert row.remark == "Di Desa A ada 2 KPSPAMS, jadi “Ketua” dicatat sebagai unsur. Ubah di halaman peserta."
