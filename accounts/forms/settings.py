"""Settings of one kabupaten: its office, its signatories, its rules."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.timezone import localdate

from accounts.models import DistrictSettings, OfficeProfile, Signatory
from records.editing import EditForm
from records.fields import CoordinateField, SeenField
from records.parsers.degrees import LAT, LNG
from records.pictures import redrawn_png

EMBLEM_SIDE = 800  # pixels: 2.4 cm on paper at 300 dots an inch need 284


class OfficeProfileForm(EditForm):
    emblem_upload = forms.FileField(
        label="Lambang daerah",
        required=False,
        help_text="PNG, JPEG, atau WEBP, paling besar 5 MB. Dicetak pada kop. Kosongkan bila tidak diganti.",
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"}),
    )
    emblem_remove = forms.BooleanField(label="Hapus lambang yang tersimpan", required=False)
    fixed = ("district",)

    class Meta:
        model = OfficeProfile
        fields = [
            "district",
            "valid_from",
            "government_line",
            "office_name",
            "short_name",
            "address",
            "postal_code",
            "phone",
            "website",
            "email",
            "place",
            "paper",
            "secretariat_address",
            "regent_address",
            "word_village",
            "word_village_head",
            "word_dpmu",
            "word_dinas",
        ]
        help_texts = {
            "valid_from": "Dokumen bertanggal sejak hari ini memakai profil ini, sampai profil berikutnya berlaku.",
            "word_village": "Misalnya Desa, Tiyuh, atau Pekon.",
            "place": "Kota di depan tanggal surat, misalnya Mesuji.",
        }

    def fields_for_people(self):
        if not self.instance.emblem:
            del self.fields["emblem_remove"]

    def clean_emblem_upload(self):
        upload = self.cleaned_data["emblem_upload"]
        return redrawn_png(upload, max_side=EMBLEM_SIDE) if upload else None

    def clean(self):
        data = super().clean()
        if data.get("emblem_upload") and data.get("emblem_remove"):
            self.add_error("emblem_remove", "Hapus centang ini: lambang baru sudah menggantikan yang lama.")
        return data

    def save_by(self, user):
        # The old file stays on disk: earlier documents print it.
        if picture := self.cleaned_data.get("emblem_upload"):
            picture.name = "lambang.png"
            self.instance.emblem = picture
        elif self.cleaned_data.get("emblem_remove"):
            self.instance.emblem = ""
        return super().save_by(user)


class SignatoryForm(EditForm):
    nip = SeenField(
        label="NIP",
        required=False,
        max_length=30,  # typed in groups as it is printed; spaces are removed, the model requires 18 digits
        help_text="18 angka. Kosongkan bila tidak dicetak.",
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    fixed = ("district",)

    class Meta:
        model = Signatory
        fields = ["district", "slot", "valid_from", "title_line", "name", "rank", "nip"]
        help_texts = {
            "valid_from": "Dokumen bertanggal sejak hari ini ditandatangani pejabat ini, sampai yang berikutnya.",
            "title_line": "Seperti tercetak di atas tanda tangan; boleh memakai a.n., Plt., Plh.",
            "name": "Dengan gelar, seperti tercetak. Kosongkan agar dokumen mencetak titik-titik.",
        }

    def clean_nip(self):
        return self.cleaned_data["nip"].replace(" ", "")


class DistrictSettingsForm(EditForm):
    fixed = ("district",)

    south = CoordinateField(
        axis=LAT,
        label="Batas lintang selatan",
        required=False,
        max_digits=6,
        decimal_places=3,
        help_text="Titik desa dan sarana di luar keempat batas ini ditolak. Contoh: -4.23",
    )
    north = CoordinateField(
        axis=LAT, label="Batas lintang utara", required=False, max_digits=6, decimal_places=3, help_text="Contoh: -3.72"
    )
    west = CoordinateField(
        axis=LNG, label="Batas bujur barat", required=False, max_digits=6, decimal_places=3, help_text="Contoh: 105.04"
    )
    east = CoordinateField(
        axis=LNG, label="Batas bujur timur", required=False, max_digits=6, decimal_places=3, help_text="Contoh: 105.77"
    )

    class Meta:
        model = DistrictSettings
        fields = [
            "district",
            "plan_proposal_deadline",
            "plan_deadline",
            "recorded_since",
            "women_share",
            "certificate_share",
            "certificate_test_mark",
            "pass_mark",
            "honor_minutes",
            "spj_days",
            "grace_days",
            "phone_on_sheet",
            "walk_in_rows",
            "plan_dpmu_label",
            "plan_approved_word",
            "plan_checked",
            "public_page",
            "public_functioning",
            "retention_years",
            "south",
            "north",
            "west",
            "east",
        ]
        help_texts = {
            "plan_proposal_deadline": "Tanggal-bulan, misalnya 30-06.",
            "plan_deadline": "Tanggal-bulan, misalnya 31-01. Sesudahnya desa tanpa rencana kerja tampil merah.",
            "recorded_since": "Yang terjadi sebelum tahun ini tampil sebagai belum ada data, bukan sebagai kegagalan.",
            "phone_on_sheet": "Nomor HP adalah data pribadi: centang hanya bila pertanggungjawaban memintanya.",
            "certificate_share": "Sekian persen JP diikuti memberi sertifikat. 0 berarti semua yang hadir.",
            "pass_mark": "Nilai 0 sampai 100. Dipakai untuk bagian peserta yang lulus pada rekap nilai.",
            "spj_days": "Dihitung dari hari terakhir pelatihan; sesudahnya kelengkapan SPJ tampil terlambat.",
            "walk_in_rows": "Baris bernomor tanpa nama di bawah daftar, bagi yang datang langsung. Bila kosong, baris "
            "memenuhi halaman terakhir.",
            "plan_approved_word": "Kata yang tampil dan tercetak, misalnya Diverifikasi atau Disetujui.",
            "women_share": "Hanya ditampilkan, tidak menghalangi apa pun.",
        }

    def fields_for_people(self):
        self.helper.layout = Layout(
            Fieldset(
                "Pelatihan",
                "certificate_share",
                "certificate_test_mark",
                "pass_mark",
                "honor_minutes",
                "spj_days",
                "walk_in_rows",
                "phone_on_sheet",
                "women_share",
            ),
            Fieldset(
                "Rencana kerja",
                "plan_proposal_deadline",
                "plan_deadline",
                "plan_approved_word",
                "plan_checked",
                "plan_dpmu_label",
            ),
            Fieldset("Halaman umum", "public_page", "public_functioning"),
            Fieldset("Data dan wilayah", "recorded_since", "grace_days", "retention_years"),
            Fieldset("Batas titik peta", "south", "north", "west", "east"),
        )
        self.helper.render_unmentioned_fields = True

    def clean_recorded_since(self):
        year = self.cleaned_data["recorded_since"]
        if not 2000 <= year <= localdate().year + 1:
            raise forms.ValidationError(f"Isi tahun antara 2000 dan {localdate().year + 1}.")
        return year
