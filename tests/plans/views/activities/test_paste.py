import pytest

from tests.factories import ActivityFactory
from tests.plans.plans import grid, row
from tests.plans.views.activities.grids import lines, seen, url

pytestmark = pytest.mark.django_db


def test_pasted_rows_are_appended_unsaved_beside_what_is_typed(client, plan, writer):
    ActivityFactory(plan=plan, line=1, title="Lama")
    text = "Bidang\tKegiatan\tVolume\tSatuan\tHarga\tSumber dana\tBulan\nC\tRapat\t12\tkali\t150.000\tIuran\tJan-Des\n"
    text += "\tBeli pipa\tbanyak\tm\tRp65.000\tHibah\tkapan saja\n"
    data = grid(row("l1", title="Sedang diubah"), **seen(plan)) | {"susun": "tempel", "tempelan": text}
    answer = client.post(url(plan), data)
    assert answer.status_code == 200
    assert lines(plan)[0][2] == "Lama"
    for words in ("Sedang diubah", 'value="Rapat"', 'value="Beli pipa"', "2 baris dibaca dan ditambahkan, belum"):
        assert words in answer.text
    # All errors at once: values that do not fit their column, and those that validation refuses.
    assert "Baris tempelan 3 (Beli pipa): sumber dana “Hibah” tidak dikenal." in answer.text
    assert "Baris tempelan 3 (Beli pipa): Bulan “kapan saja” tidak dikenal." in answer.text
    assert "Baris tempelan 3 (Beli pipa): bidang belum disebut; dimasukkan ke bidang A." in answer.text
    # By bidang, as on the page: the pipe is second, the meeting third.
    assert '<a href="#n2-volume">Baris 2, Volume: Tulis angka, misalnya 12 atau 2,5.</a>' in answer.text
    assert "data-posted" in answer.text


def test_nothing_legible_pasted_keeps_the_text(client, plan, writer):
    answer = client.post(url(plan), grid(**seen(plan)) | {"susun": "tempel", "tempelan": " \n <x> "})
    assert (
        "Tidak ada baris yang dapat dibaca."
        in client.post(url(plan), grid(**seen(plan)) | {"susun": "tempel", "tempelan": " \n "}).text
    )
    assert answer.status_code == 200


def test_as_many_rows_are_pasted_as_a_plan_takes_and_none_of_more(client, plan, writer):
    def paste(count):
        text = "Kegiatan\tVolume\tSatuan\tHarga\n" + "".join(f"K{n}\t1\tkali\t1000\n" for n in range(count))
        return client.post(url(plan), grid(row("n1"), **seen(plan)) | {"susun": "tempel", "tempelan": text})

    assert len(paste(299).context["grid"].rows) == 300
    answer = paste(300)
    assert [row.texts["title"] for row in answer.context["grid"].rows] == ["Perawatan pompa"]
    assert answer.context["grid"].pasted.problems == [
        "Satu rencana kerja memuat paling banyak 300 kegiatan. Di atas ada 1 dan tempelan ini memuat 300, jadi"
        " belum ada yang ditambahkan. Kurangi barisnya, lalu baca lagi."
    ]
    assert "K299\t1\tkali" in answer.text  # the text stays in its field


def test_pasted_text_that_was_not_added_is_not_lost_by_saving(client, plan, writer):
    answer = client.post(url(plan), grid(row("n1")) | {"tempelan": "Listrik\t12"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Baris tempelan belum ditambahkan" in text
    assert "Listrik\t12</textarea>" in text
    assert not plan.activities.exists()


def test_rows_that_were_left_out_are_shown_and_added_when_asked(client, plan, writer):
    text = "Bidang\tKegiatan\tVolume\tSatuan\tHarga\nC\tRapat\t12\tkali\t150.000\n\tJumlah\t\t\t1.800.000\n"
    answer = client.post(url(plan), grid(**seen(plan)) | {"susun": "tempel", "tempelan": text})
    assert "1 baris dilewati</strong> karena tampaknya bukan kegiatan:" in answer.text
    assert "<li>baris 3 (jumlah): Jumlah 1.800.000</li>" in answer.text
    left = answer.context["grid"].pasted.left_text
    again = client.post(url(plan), grid(**seen(plan)) | {"susun": "tempel-dilewati", "dilewati": left})
    assert [row.texts["title"] for row in again.context["grid"].rows] == ["Jumlah"]
