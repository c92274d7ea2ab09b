"""Forms of the lists of the installation: bidang and sumber dana."""

from accounts.installation_lists import ListForm
from plans.models import FundingSource, WorkArea
from records.fields import field_of_column


class WorkAreaForm(ListForm):
    class Meta:
        model = WorkArea
        fields = ["code", "label", "order"]
        formfield_callback = staticmethod(field_of_column)
        help_texts = {
            "code": "Huruf di depan bidang, misalnya A. Tercetak pada rencana kerja.",
            "order": "Bidang tersusun dari angka kecil ke besar.",
        }
        error_messages = {"code": {"unique": "Kode ini sudah dipakai bidang lain. Pilih kode lain."}}


class FundingSourceForm(ListForm):
    class Meta:
        model = FundingSource
        fields = ["code", "label", "order", "in_kind", "is_fee"]
        formfield_callback = staticmethod(field_of_column)
        labels = {"in_kind": "Tenaga atau bahan (in-kind)"}
        help_texts = {
            "code": "Kata pendek yang tidak berubah, misalnya apbdes.",
            "order": "Sumber dana tersusun dari angka kecil ke besar.",
            "in_kind": "Sumbangan warga yang bukan uang.",
            "is_fee": "Iuran pelanggan; dihitung dalam pemeriksaan kecukupan iuran.",
        }
        error_messages = {"code": {"unique": "Kode ini sudah dipakai sumber dana lain. Pilih kode lain."}}
