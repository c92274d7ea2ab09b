from datetime import date

import pytest
from django.core.exceptions import ValidationError

from documents import registry
from documents.rendering import printing
from documents.trainings import invitation
from tests import factories
from tests.documents.samples import make_training, pages_of, paper_of, table_of, words_of
from trainings.queries.proposals import proposals, reminders

pytestmark = pytest.mark.django_db


def test_one_letter_asks_for_people_and_lists_villages_and_names(office):
    training = make_training(villages=3, cohort_year=2017)
    training.invitations.update(posts="KET BEN TEK")
    factories.NarrativeFactory(training=training, bring="Fotokopi SK KPSPAMS dan buku kas.")
    factories.SpjItemFactory(training=training, number="005/12/DPMU/2018", dated_on=date(2018, 11, 20))
    snapshot, content = paper_of("invitation", training)
    text = words_of(content)
    for line in (
        "DINAS PERUMAHAN DAN PERMUKIMAN",
        "Mesuji, 20 November 2018",
        "Nomor : 005/12/DPMU/2018",
        "Lampiran : 1 (satu) berkas",
        "Hal : Undangan Peserta Pelatihan",
        "Yth. Sdr. Kepala Desa (terlampir) di Tempat",
        "kelompok pengelola SPAMS desa penerima Program Pamsimas III Tahun 2017",
        "menugaskan 3 (tiga) orang pengurus KPSPAMS (Ketua, Bendahara, Seksi Teknik; "
        "sekurang-kurangnya 1 orang perempuan)",
        "untuk mengikuti Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2018 pada:",
        "hari/tanggal : Selasa s.d. Kamis, 4 s.d. 6 Desember 2018",
        "pukul : 08.00 WIB s.d. selesai",
        "tempat : Balai Uji, Brabasan",
        "Peserta membawa fotokopi SK KPSPAMS dan buku kas.",
        "Ketua DPMU Kabupaten Mesuji,",
        "NIP. 19700101 200003 1 001",
        "Tembusan: 1. Camat Uji Tengah",
    ):
        assert line in text, line
    villages = table_of(snapshot, "Desa yang diundang")
    assert [row[1] for row in villages["rows"]] == ["Uji Desa 1", "Uji Desa 2", "Uji Desa 3"]
    assert villages["footer"] == [["", "Jumlah", "", "9", ""]]
    names = [row[1] for row in table_of(snapshot, "Nama yang diundang")["rows"]]
    assert names == [p.person.name for p in training.participants.order_by("number")]
    assert all(name in text for name in names)


def test_the_letter_names_the_programme_of_the_awards(office):
    training = make_training(villages=2, cohort_year=2017)
    later = factories.ProgrammeFactory(code="P22", name="Pamsimas (sejak 2022)", printed_name="Program Pamsimas")
    for row in training.invitations.all():
        factories.GrantAwardFactory(village=row.village, programme=later, fiscal_year=2017)
    text = words_of(paper_of("invitation", training)[1])
    assert "SPAMS desa penerima Program Pamsimas Tahun 2017" in text
    assert "sejak 2022" not in text.lower()


def test_what_is_not_known_prints_dots_and_nobody_is_invented(db):
    training = make_training(villages=1, venue="")
    text = words_of(paper_of("invitation", training)[1])
    assert "Nomor : ....." in text
    assert "tempat : ....." in text
    assert "(....." in text
    assert "membawa" not in text


def test_villages_with_other_quotas_are_told_by_the_list(office):
    training = make_training(villages=2)
    first = training.invitations.first()
    first.quota = 5
    first.save()
    snapshot, content = paper_of("invitation", training)
    assert "menugaskan peserta sebagaimana daftar terlampir untuk" in words_of(content)
    assert [row[3] for row in table_of(snapshot, "Desa yang diundang")["rows"]] == ["5", "3"]


def test_one_letter_a_village_names_only_its_own_people(office):
    training = make_training(villages=3)
    pages = pages_of(paper_of("invitation", training, letter="village", signer="office_head")[1])
    assert len(pages) == 3
    for number, page in enumerate(pages):
        flat = " ".join(page.split())
        assert f"Yth. Sdr. Kepala Desa Uji Desa {number + 1} di Tempat" in flat
        assert "Kepala Dinas," in flat
        own = [f"Peserta Nomor {n}" for n in range(number * 3 + 1, number * 3 + 4)]
        assert [name for name in (f"Peserta Nomor {n}" for n in range(1, 10)) if name in flat] == own
        assert "Halaman" not in flat  # each is sent separately


def test_a_meeting_invites_without_talking_of_a_training(office):
    training = make_training(villages=1, kind="rapat", title="Rapat Koordinasi Pamsimas")
    text = words_of(paper_of("invitation", training)[1])
    assert "Hal : Undangan rapat koordinasi" in text
    assert "mengharapkan kehadiran Saudara pada:" in text
    assert "acara : Rapat Koordinasi Pamsimas" in text
    assert "pelatihan" not in text.lower()


def test_people_of_no_village_are_invited_by_the_list(office):
    training = make_training(villages=0)
    person = factories.PersonFactory(village=None, district=training.district, institution="Dinas PMD")
    factories.ParticipantFactory(training=training, person=person, affiliation="OPD")
    snapshot, content = paper_of("invitation", training)
    assert "Yth. Sdr. nama terlampir di Tempat" in words_of(content)
    assert table_of(snapshot, "Nama yang diundang")["rows"] == [["1", person.name, person.sex, "OPD", "Dinas PMD"]]


def test_typed_copies_take_the_place_of_the_camat(office):
    training = make_training(villages=1)
    factories.NarrativeFactory(training=training, copies_to="Bupati Mesuji\n\nCamat setempat")
    assert "Tembusan: 1. Bupati Mesuji 2. Camat setempat" in words_of(paper_of("invitation", training)[1])


def test_a_letter_to_one_village_keeps_its_own_camat(office):
    training = make_training(villages=1)
    factories.NarrativeFactory(training=training, copies_to="Bupati Mesuji\nCamat Lain")
    text = words_of(paper_of("invitation", training, letter="village")[1])
    assert "Tembusan: 1. Camat Uji Tengah 2. Bupati Mesuji" in text
    assert "Camat Lain" not in text


def test_several_lines_to_bring_become_a_list(office):
    training = make_training(villages=1)
    factories.NarrativeFactory(training=training, bring="Fotokopi SK;\nAD/ART\n\nBuku kas.")
    assert "Peserta membawa: 1. Fotokopi SK 2. AD/ART 3. Buku kas" in words_of(paper_of("invitation", training)[1])


def test_the_word_file_says_what_the_page_says(office):
    training = make_training(villages=2)
    snapshot, _ = paper_of("invitation", training)
    content = printing.print_document(registry.document("invitation"), training.pk, snapshot, "docx").content
    assert content[:2] == b"PK"


@pytest.mark.parametrize("letter", ["one", "village"])
def test_nobody_invited_is_refused_in_words(office, letter):
    with pytest.raises(ValidationError, match=r"Belum ada .* diundang"):
        invitation.InvitationLetter().clean(make_training(villages=0), {"letter": letter})


def test_unknown_choices_are_refused(office):
    with pytest.raises(ValidationError, match="tidak dikenal"):
        invitation.InvitationLetter().clean(make_training(villages=1), {"letter": "ngawur"})


@pytest.mark.parametrize("villages", [1, 8])
def test_queries_do_not_grow_with_villages(office, django_assert_num_queries, villages):
    training = make_training(villages=villages)
    with django_assert_num_queries(15):
        invitation.InvitationLetter().collect(training, {"letter": "village", "signer": "dpmu_head"}, None)


def named(training, **options):
    snapshot, _ = paper_of("invitation", training, **options)
    return [row[1] for row in table_of(snapshot, "Nama yang diundang")["rows"]]


def test_invited_are_neither_walk_ins_nor_substitutes_and_replaced_people_stay(office):
    training = make_training(villages=1, per_village=3)
    first, second, third = training.participants.order_by("number")
    village = first.village
    second.state = "digantikan"
    second.save()
    third.state = "batal"
    third.save()
    factories.ParticipantFactory(
        training=training, person=factories.PersonFactory(village=village, name="Pengganti"), number=4, replaces=second
    )
    factories.ParticipantFactory(
        training=training, person=factories.PersonFactory(village=village, name="Tamu"), number=5, walk_in=True
    )
    expected = [first.person.name, second.person.name]
    assert named(training) == named(training, letter="village") == expected
    assert [row.person.name for row in training.participants.invited()] == expected


def test_a_training_of_walk_ins_alone_has_nobody_to_invite(office):
    training = make_training(villages=1, per_village=2)
    training.invitations.all().delete()
    training.participants.update(walk_in=True)
    with pytest.raises(ValidationError, match="Belum ada yang diundang"):
        invitation.InvitationLetter().clean(training, {})


def test_a_village_with_a_walk_in_alone_proposed_nobody(office):
    training = make_training(villages=2, per_village=1)
    training.participants.filter(number=1).update(walk_in=True)
    assert [row.registered for row in proposals(training)] == [0, 1]
    assert [[str(village) for village in row.villages] for row in reminders(training)] == [["Desa Uji Desa 1"]]


OFFICES = ["Camat Uji", "Kepala Dinas PMD", "Kepala Dinas Kesehatan", "Kepala Bappeda", "Inspektur", "Kepala BPKAD"]


def meeting_of(recipients, villages=0):
    return make_training(villages=villages, days=1, kind="rapat", title="Rapat Iuran", recipients="\n".join(recipients))


def test_offices_are_invited_without_a_village_or_a_person(office):
    text = words_of(paper_of("invitation", meeting_of(OFFICES))[1])
    assert "Yth. 1. Camat Uji 2. Kepala Dinas PMD" in text
    assert "6. Kepala BPKAD di Tempat" in text
    assert "Lampiran : -" in text
    assert "Yth. Camat Uji di Tempat" in words_of(paper_of("invitation", meeting_of(OFFICES[:1]))[1])


def test_many_offices_stand_in_a_list_behind_the_letter(office):
    snapshot, content = paper_of("invitation", meeting_of([*OFFICES, "Kepala BPS"], villages=1))
    text = words_of(content)
    assert "Yth. (daftar terlampir) di Tempat" in text
    assert "Lampiran : 1 (satu) berkas" in text
    assert "DAFTAR PENERIMA UNDANGAN" in text
    names = [row[1] for row in table_of(snapshot, "Penerima undangan")["rows"]]
    assert names == [*OFFICES, "Kepala BPS", "Sdr. Kepala Desa (daftar berikut)"]


def test_nobody_is_lost_where_offices_and_villages_together_are_too_many(office):
    snapshot, content = paper_of("invitation", meeting_of(OFFICES, villages=1))
    assert "Yth. (daftar terlampir) di Tempat" in words_of(content)
    assert len(table_of(snapshot, "Penerima undangan")["rows"]) == 7


def test_offices_and_villages_are_named_together_or_in_a_letter_each(office):
    training = meeting_of(OFFICES[:2], villages=1)
    assert "Yth. 1. Camat Uji 2. Kepala Dinas PMD 3. Sdr. Kepala Desa (terlampir) di Tempat" in words_of(
        paper_of("invitation", training)[1]
    )
    pages = pages_of(paper_of("invitation", training, letter="village")[1])
    heads = ["Yth. Camat Uji di", "Yth. Kepala Dinas PMD di", "Yth. Sdr. Kepala Desa Uji Desa 1 di"]
    assert all(head in " ".join(page.split()) for head, page in zip(heads, pages, strict=True))


def test_letter_annexes_and_kak_count_the_same_people(office):
    """Asked for 3 each: one village named 4, one nobody, and a guest belongs to none."""
    training = make_training(villages=2, per_village=3)
    first, second = training.invitations.order_by("village__code")
    extra = factories.PersonFactory(village=first.village, name="Keempat")
    factories.ParticipantFactory(training=training, person=extra, village=first.village, number=20)
    training.participants.filter(village=second.village).delete()
    guest = factories.PersonFactory(village=None, district=training.district, institution="PMI")
    factories.ParticipantFactory(training=training, person=guest, village=None, number=21)
    snapshot, content = paper_of("invitation", training)
    villages, names = table_of(snapshot, "Desa yang diundang"), table_of(snapshot, "Nama yang diundang")
    assert [row[3] for row in villages["rows"]] == ["4", "3"]
    assert [row[3] for row in villages["footer"]] == ["1", "8"]
    assert len(names["rows"]) == 5
    assert "Masih diajukan 3 nama lagi: Uji Desa 2 3 orang." in words_of(content)
    for kind, options in (("terms_of_reference", {}), ("memo", {"purpose": "plan"})):
        text = words_of(paper_of(kind, training, **options)[1])
        assert "8 (delapan) orang, 7 (tujuh) di antaranya dari 2 (dua) desa" in text, kind
    report = words_of(paper_of("training_report", training)[1])
    assert "Diundang 8 orang, 7 di antaranya dari 2 desa." in report


@pytest.mark.parametrize("given", [True, False])
def test_a_meeting_lists_its_agenda_with_the_hours_that_were_given(given, office):
    training = meeting_of(OFFICES)
    day = training.days.get()
    day.items.all().delete()
    for starts, ends, topic in (
        ("08:00", "08:20" if given else "10:00", "Pembukaan"),
        ("", "12:00", "Tunggakan iuran"),
    ):
        starts = starts or ("08:20" if given else "10:00")
        factories.AgendaItemFactory(session=day.sessions.get(), starts=starts, ends=ends, topic=topic, lesson_hours=0)
    text = words_of(paper_of("invitation", training)[1])
    if given:
        assert "Susunan acara: 1. 08.00 s.d. 08.20 WIB: Pembukaan 2. 08.20 s.d. 12.00 WIB: Tunggakan iuran" in text
    else:
        assert "Susunan acara: 1. Pembukaan 2. Tunggakan iuran" in text
    assert "Susunan acara" not in words_of(paper_of("invitation", make_training(villages=1))[1])
