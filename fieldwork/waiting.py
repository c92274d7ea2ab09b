"""Open matters of Titip entri: forms to type in, and refused ones of the sender."""

from accounts.waiting import WaitingRows, register
from fieldwork.models import EntryRequest

register(
    WaitingRows(
        order=20,
        kind="entry",
        rows=lambda user: EntryRequest.objects.editable_by(user).open(),
        label="titipan formulir belum diketik",
        list_name="fieldwork:entry_list",
        query={"keadaan": "terbuka"},
    )
)
register(
    WaitingRows(
        order=30,
        kind="entry",
        rows=lambda user: EntryRequest.objects.visible_to(user).refused_to(user),
        label="titipan Anda ditolak: baca alasannya, lalu kirim lagi atau tutup",
        list_name="fieldwork:entry_list",
        query={"keadaan": "kirim-ulang"},
    )
)
