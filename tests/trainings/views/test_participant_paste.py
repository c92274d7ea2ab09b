from django.urls import reverse

from tests import factories as f


def page(dataset):
    return reverse("trainings:participant_paste", args=[dataset.training.pk])


def test_preview_keeps_text_and_choices_until_all_is_right(dataset, as_user):
    one, two = (f.PersonFactory(village=dataset.satu, name="Made") for _ in range(2))
    client = as_user(dataset.staff)
    wrong = "Made\tP\tA\nSiti\tX\tA"
    response = client.post(page(dataset), {"teks": wrong, "simpan": "1", "pilih-1": str(two.pk)})
    text = response.content.decode()
    assert response.status_code == 200
    assert "Masih ada baris yang belum benar" in text
    assert "Siti\tX\tA</textarea>" in text
    assert [(o[0], o[2]) for o in response.context["rows"][0]["options"]] == [(str(one.pk), False), (str(two.pk), True)]
    right = {"teks": "Made\tP\tA\nSiti\tP\tA", "simpan": "1", "pilih-1": str(two.pk)}
    shown = client.post(page(dataset), right, follow=True)
    assert [str(m) for m in shown.context["messages"]] == ["2 orang didaftarkan."]
    assert [p.person.name for p in dataset.training.participants.all()] == ["Made", "Siti"]


def test_preview_alone_writes_nothing(dataset, as_user):
    response = as_user(dataset.staff).post(page(dataset), {"teks": "Siti\tP\tA"})
    assert (response.context["counts"]["new"], dataset.training.participants.count()) == (1, 0)
    assert "Orang baru" in response.content.decode()


def test_nonsense_is_told(dataset, as_user):
    client = as_user(dataset.staff)
    for text in ("", "\x00", "\t\t", "x" * 200_000, '"', "a\tb\tc\td\te\tf\tg"):
        response = client.post(page(dataset), {"teks": text, "simpan": "1", "pilih-1": "\x00", "pilih-x": "1"})
        assert response.status_code == 200
        assert response.context["error"] or response.context["rows"]


def test_the_preview_says_who_is_recognised_and_saving_keeps_the_promise(dataset, as_user):
    client = as_user(dataset.staff)
    text = "Ketua A\tL\tA\nWagirun\tL\tA\nWagirun\tL\tA"
    response = client.post(page(dataset), {"teks": text})
    html = response.content.decode()
    assert "Dikenali sebagai Ketua A (L)" in html
    assert '<input type="hidden" name="dikenali-2" value="new">' in html
    later = f.PersonFactory(village=dataset.satu, name="Wagirun", sex="L")
    sent = {"teks": text, "simpan": "1", "dikenali-2": "new", "pilih-3": "b2"}
    response = client.post(page(dataset), sent)
    assert "Sesudah pratinjau dibuat, data orang dengan nama ini berubah." in response.content.decode()
    assert dataset.training.participants.count() == 0
    shown = client.post(page(dataset), sent | {"pilih-2": "new", "pilih-3": str(later.pk)}, follow=True)
    assert [str(message) for message in shown.context["messages"]] == ["3 orang didaftarkan."]


def test_a_doubtful_post_is_chosen_on_the_page_and_kept_until_saved(dataset, as_user):
    client = as_user(dataset.facilitator)
    text = "Siti, P, A, Sie\nBudi, L, A, Kader AMPL"
    html = client.post(page(dataset), {"teks": text}).content.decode()
    assert 'name="jabatan-1" value="KES"' in html
    assert "Kolom dipisah menurut koma." in html
    again = client.post(page(dataset), {"teks": text, "jabatan-1": "KES"})
    assert '<input type="hidden" name="jabatan-1" value="KES">' in again.content.decode()
    client.post(page(dataset), {"teks": text, "jabatan-1": "KES", "simpan": "1"})
    shown = [(row.person.name, row.post, row.affiliation) for row in dataset.training.participants.order_by("number")]
    assert shown == [("Siti", "KES", ""), ("Budi", "", "Kader AMPL")]


SIDEWAYS = "Desa\tKetua\tL/P\tBendahara\tL/P\tIuran\nA\tSiti\tP\tBudi\tL\t5000\nB\tRahmat\tL\t-\t\t5000"


def test_a_list_written_sideways_is_told_and_gives_a_row_for_each_person(dataset, as_user):
    client = as_user(dataset.staff)
    response = client.post(page(dataset), {"teks": SIDEWAYS})
    shown = [(row["place"], row["name"], row["sex"], row["village"]) for row in response.context["rows"]]
    assert shown == [
        ("2, kolom B", "Siti", "P", "A"),
        ("2, kolom D", "Budi", "L", "A"),
        ("3, kolom B", "Rahmat", "L", "B"),
    ]
    assert response.context["notes"][-2:] == [
        "Tempelan ini dibaca mendatar: satu baris per desa, jabatan di judul kolom (Ketua, Bendahara). Tiap nama "
        "menjadi satu baris.",
        "Kolom yang tidak dipakai: “Iuran”.",
    ]
    client.post(page(dataset), {"teks": SIDEWAYS, "simpan": "1"})
    found = dataset.training.participants.order_by("number")
    assert [(p.person.name, p.village.name) for p in found] == [("Siti", "A"), ("Budi", "A"), ("Rahmat", "B")]


def test_reading_sideways_is_switched_off_and_nothing_is_saved_by_that(dataset, as_user):
    client = as_user(dataset.staff)
    off = {"teks": SIDEWAYS, "satu-per-baris": "1", "simpan": "1", "pilih-1": "new"}
    response = client.post(page(dataset), off)
    assert "Tempelan ini dibaca mendatar" not in response.text
    assert 'name="satu-per-baris" value="1" checked' in response.text
    assert dataset.training.participants.count() == 0
    on = {"teks": SIDEWAYS, "dibaca-per-baris": "1", "simpan": "1"}
    assert len(client.post(page(dataset), on).context["rows"]) == 3
    assert dataset.training.participants.count() == 0
