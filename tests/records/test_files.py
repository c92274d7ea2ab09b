import io
from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from records import files
from records.models import Conflict, StoredFile
from tests import factories
from tests.files import PDF_BYTES, pdf, picture
from villages.models import TimelineEntry


class EntryForm(files.FileForm):
    class Meta:
        model = TimelineEntry
        fields = ["village", "step", "on", "note"]


def entry_form(row=None, user=None, upload=None, key="", **data):
    row = row or TimelineEntry(village=factories.VillageFactory())
    typed = {"village": row.village_id, "step": "Konstruksi", "on": "2017-03-01", "request_key": key}
    typed |= {"version": row.version or ""} | data
    return EntryForm(typed, {"upload": upload} if upload else {}, instance=row, user=user or factories.UserFactory())


def saved(form):
    assert form.is_valid(), form.errors
    return form.save_by(form.user)


def test_a_pdf_is_kept_as_it_is():
    judged = files.judge(pdf("C:\\Pindai\\SK  Kepala\nDesa.PDF"))
    assert (judged.content, judged.type, judged.name) == (PDF_BYTES, "application/pdf", "SK KepalaDesa.pdf")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_as_jpeg_of_at_most_1600_pixels(kind):
    judged = files.judge(picture("menara.png", kind, taken="2026:03:01 10:00:00"), pictures_only=True)
    with Image.open(io.BytesIO(judged.content)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (1600, 800), {})
    assert b"Pembuat Rahasia" not in judged.content
    assert (judged.type, judged.name, judged.shot.day) == ("image/jpeg", "menara.jpg", date(2026, 3, 1))


def test_a_transparent_picture_stands_on_white():
    judged = files.judge(picture(kind="PNG", mode="RGBA", size=(40, 30)))
    with Image.open(io.BytesIO(judged.content)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "2999:01:01 00:00:00", "1980:01:01 00:00:00", "kemarin"])
def test_a_camera_with_a_wrong_clock_tells_no_day(taken):
    assert files.judge(picture(taken=taken, size=(20, 20)), pictures_only=True).shot.day is None


PLACE = {1: "S", 2: (3.0, 58.0, 12.0), 3: "E", 4: (105.0, 24.0, 36.0)}


@pytest.mark.django_db
def test_time_and_place_of_a_photo_are_kept_beside_it_and_not_in_it(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    judged = files.judge(picture(taken="2026:03:01 10:05:30", place=PLACE), pictures_only=True)
    stored = judged.keep()
    stored.refresh_from_db()
    assert (stored.taken_at, stored.taken_time) == (date(2026, 3, 1), time(10, 5, 30))
    assert (stored.lat, stored.lng) == (Decimal("-3.97000"), Decimal("105.41000"))
    with Image.open(io.BytesIO(judged.content)) as image:
        assert dict(image.getexif()) == {}


def test_the_scan_of_a_document_keeps_neither_time_nor_place():
    assert files.judge(picture(taken="2026:03:01 10:05:30", place=PLACE)).shot == files.EMPTY_SHOT


@pytest.mark.parametrize(
    "place",
    [
        {},
        {2: (3.0, 58.0, 12.0)},
        {1: "S", 2: (99.0, 0.0, 0.0), 3: "E", 4: (105.0, 0.0, 0.0)},
        {1: "S", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "S", 2: (3.0,), 3: "E", 4: (105.0, 0.0, 0.0)},
    ],
)
def test_a_place_that_cannot_be_is_no_place(place):
    shot = files.judge(picture(taken="2026:03:01 10:05:30", place=place, size=(20, 20)), pictures_only=True).shot
    assert (shot.day, shot.lat, shot.lng) == (date(2026, 3, 1), None, None)


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("surat.pdf", b"<html><script>alert(1)</script>"), "bukan PDF dan bukan foto"),
        (SimpleUploadedFile("foto.jpg", b"\xff\xd8\xff rusak"), "bukan gambar PNG, JPEG, atau WEBP yang dapat dibaca"),
        (pdf(content=b"%PDF-1.4 terpotong"), "tidak utuh"),
        (pdf(content=PDF_BYTES + b"0" * 4096), "tidak utuh"),  # the end of a first part, as fast web view writes it
        (pdf(content=b"%PDF-1.4\n<html></html>\n%%EOF"), "tidak utuh"),
        (pdf(content=PDF_BYTES.replace(b"<<>>", b"<</Encrypt 4 0 R>>")), "terkunci"),
        (pdf(content=PDF_BYTES.replace(b"<<>>", b"<</S/JavaScript/JS(x)>>")), "memuat program"),
        (SimpleUploadedFile("besar.pdf", b"%PDF-" + b"0" * files.MAX_BYTES), "lebih besar dari 10 MB"),
        (SimpleUploadedFile("gambar.svg", b"<svg onload='alert(1)'/>"), "bukan PDF dan bukan foto"),
        (SimpleUploadedFile("data.xlsx", b"PK\x03\x04"), "bukan PDF dan bukan foto"),
        (SimpleUploadedFile("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0"), "Foto HEIC dari iPhone .* Ubah ke JPEG"),
        (SimpleUploadedFile("IMG_2.jpg", b"\0\0\0\x18ftypmif1\0\0\0\0"), "Foto HEIC dari iPhone .* Ubah ke JPEG"),
    ],
)
def test_what_is_no_pdf_and_no_picture_is_refused_with_a_sentence(upload, sentence):
    with pytest.raises(ValidationError, match=sentence):
        files.judge(upload)


@pytest.mark.parametrize("damage", [b"\xff\x01\xff\x8a", b"\xff\xc0\x00\x04"])
def test_a_jpeg_damaged_in_its_middle_is_refused(damage):
    """Its decoder would draw the rest grey without an error."""
    whole = picture("foto.jpg", size=(300, 200)).read()
    files.judge(SimpleUploadedFile("foto.jpg", whole + b"PK\x03\x04"))  # data appended by a phone is ignored
    middle = len(whole) - 200
    for content in (whole[:middle] + damage + whole[middle + 4 :], whole[:middle] + bytes(200)):
        with pytest.raises(ValidationError, match="yang dapat dibaca"):
            files.judge(SimpleUploadedFile("foto.jpg", content))


@pytest.mark.parametrize(
    ("keeps", "kept"),
    [("nothing", (None, None)), ("day", (date(2026, 3, 1), None)), ("place and time", (date(2026, 3, 1), "-3.97000"))],
)
def test_a_photo_keeps_of_its_camera_what_its_form_asks_for(keeps, kept):
    photo = picture(taken="2026:03:01 10:05:30", place=PLACE, size=(20, 20))
    shot = files.PhotosField(keeps=keeps).clean([photo])[0].shot
    assert (shot.day, shot.lat and str(shot.lat)) == kept


def test_a_pdf_is_no_photo():
    with pytest.raises(ValidationError, match="bukan foto"):
        files.judge(pdf(), pictures_only=True)


def test_photos_are_judged_all_at_once():
    field = files.PhotosField(required=False)
    assert field.clean(None) == []
    assert [judged.name for judged in field.clean([picture("a.jpg"), picture("b.jpg")])] == ["a.jpg", "b.jpg"]
    with pytest.raises(ValidationError) as refused:
        field.clean([pdf("a.pdf"), picture(), SimpleUploadedFile("c.jpg", b"x")])
    assert [sentence.split(":")[0] for sentence in refused.value.messages] == ["a.pdf", "c.jpg"]
    with pytest.raises(ValidationError, match="Paling banyak 6 foto"):
        field.clean([picture()] * 7)


def test_a_row_is_saved_with_its_file(db):
    row = saved(entry_form(upload=pdf()))
    stored = row.file
    assert (stored.name, stored.bytes, stored.type) == ("SK.pdf", len(PDF_BYTES), "application/pdf")
    assert stored.file.open("rb").read() == PDF_BYTES
    assert "SK" not in stored.file.name


def test_the_same_form_twice_keeps_one_file(db):
    village, key = factories.VillageFactory(), "6f2f0000-0000-4000-8000-000000000001"
    rows = [saved(entry_form(TimelineEntry(village=village), upload=pdf(), key=key)) for _ in range(2)]
    assert rows[0] == rows[1]
    assert StoredFile.objects.count() == 1


def test_a_better_scan_takes_the_place_of_the_old(db, django_capture_on_commit_callbacks):
    row = saved(entry_form(upload=pdf("lama.pdf")))
    old = row.file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        saved(entry_form(row, upload=picture("baru.jpg")))
    row.refresh_from_db()
    assert [stored.name for stored in StoredFile.objects.all()] == [row.file.name] == ["baru.jpg"]
    assert not default_storage.exists(old)
    assert row.events.first().changes["lampiran"] == ["lama.pdf", "baru.jpg"]


def test_a_file_that_another_row_uses_stays(db):
    row = saved(entry_form(upload=pdf()))
    other = factories.TimelineEntryFactory(village=row.village, file=row.file)
    saved(entry_form(row, upload_remove="on"))
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.file, other.file.name) == (None, "SK.pdf")


def test_removing_and_sending_at_once_is_asked_back(db):
    form = entry_form(saved(entry_form(upload=pdf())), upload=pdf(), upload_remove="on")
    assert not form.is_valid()
    assert form.errors["upload_remove"] == ["Hapus centang ini: berkas baru sudah menggantikan yang lama."]


def test_a_form_with_another_error_asks_for_the_file_again(db):
    form = entry_form(upload=pdf(), step="")
    assert not form.is_valid()
    assert form.errors["upload"] == [files.AGAIN]


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (files.PhotosField(), "foto.jpg: Foto tidak ikut terkirim. Pilih lagi fotonya, lalu simpan."),
        (files.UploadField(), "Berkas tidak ikut terkirim. Pilih lagi berkasnya, lalu simpan."),
    ],
)
def test_an_upload_of_zero_bytes_is_said_to_be_lost_on_the_way(field, sentence):
    empty = SimpleUploadedFile("foto.jpg", b"", "image/jpeg")
    with pytest.raises(ValidationError) as refused:
        field.clean([empty] if isinstance(field, files.PhotosField) else empty)
    assert refused.value.messages == [sentence]


def test_a_conflict_leaves_no_file_behind(db):
    row = saved(entry_form())
    form = entry_form(TimelineEntry.objects.get(pk=row.pk), upload=pdf(), note="dua")
    saved(entry_form(row, note="satu"))
    assert form.is_valid()
    with pytest.raises(Conflict):
        form.save_by(form.user)
    assert StoredFile.objects.count() == 0
    assert form.errors["upload"] == [files.AGAIN]


def test_serve_gives_pictures_to_look_at_and_pdfs_to_save(db, rf):
    photo = files.judge(picture('foto "a".jpg', size=(900, 600))).keep()
    answer = files.serve(rf.get("/"), photo, "/")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == 'inline; filename="foto \\"a\\".jpg"'
    assert answer["Cache-Control"] == "private, no-store"
    assert Image.open(io.BytesIO(answer.content)).size == (900, 600)
    small = files.serve(rf.get("/?kecil"), photo, "/")
    assert Image.open(io.BytesIO(small.content)).size == (320, 213)
    paper = files.serve(rf.get("/"), files.judge(pdf()).keep(), "/")
    assert (paper["Content-Type"], paper["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="SK.pdf"',
    )


def test_a_file_changed_on_disk_is_not_given_out(db, rf, monkeypatch):
    messages = []
    monkeypatch.setattr(files.messages, "error", lambda request, sentence: messages.append(sentence))
    stored = files.judge(pdf()).keep()
    with open(stored.file.path, "ab") as file:
        file.write(b"lain")
    assert files.serve(rf.get("/"), stored, "/desa/").url == "/desa/"
    default_storage.delete(stored.file.name)
    assert files.serve(rf.get("/"), stored, "/desa/").url == "/desa/"
    assert messages == ["Berkas “SK.pdf” hilang atau rusak di server. Unggahlah sekali lagi."] * 2


def keep_and_fail():
    with transaction.atomic():
        files.judge(pdf()).keep()
    raise RuntimeError


def fail_around(step):
    with transaction.atomic():
        step()


@pytest.mark.django_db(transaction=True)
def test_a_file_stays_with_its_row_and_goes_with_it(settings, tmp_path):
    """A failure after storing, at any transaction depth, leaves neither row nor bytes."""
    settings.MEDIA_ROOT = tmp_path

    def on_disk():
        return sum(path.is_file() for path in tmp_path.rglob("*"))

    with transaction.atomic():
        files.judge(pdf()).keep()
        with pytest.raises(RuntimeError):
            fail_around(keep_and_fail)
        assert on_disk() == 1
    with pytest.raises(RuntimeError):
        fail_around(keep_and_fail)
    assert (StoredFile.objects.count(), on_disk()) == (1, 1)
    files.judge(pdf()).keep()
    assert (StoredFile.objects.count(), on_disk()) == (2, 2)
