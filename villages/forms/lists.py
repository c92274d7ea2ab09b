"""The list of programmes."""

from accounts.installation_lists import ListForm
from records.fields import field_of_column
from villages.models import Programme


class ProgrammeForm(ListForm):
    class Meta:
        model = Programme
        fields = ["code", "name", "printed_name"]
        formfield_callback = staticmethod(field_of_column)
        help_texts = {
            "code": "Kata pendek yang tidak berubah, misalnya PAMSIMAS-III.",
            "name": "Seperti dalam daftar, pilihan, dan berkas impor, misalnya Pamsimas (sejak 2022).",
            "printed_name": "Seperti tercetak pada surat dan dokumen, misalnya Program Pamsimas. Bila kosong, dokumen "
            "mencetak nama di atas.",
        }
        error_messages = {"code": {"unique": "Kode ini sudah dipakai program lain. Pilih kode lain."}}
