"""Forms with which an admin edits accounts."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import localdate

from accounts import roles
from accounts.forms.login import check_own_password, password_field
from accounts.lists import FilterForm
from accounts.models import District, Subdistrict, User
from accounts.services import access
from accounts.services import users as services
from records.constraints import sentence_of
from records.editing import EditForm
from records.fields import PhoneField, choice_field, row_field

PHONE_HELP = "Dilihat pemilik akun serta admin dan staf DPMU, untuk menyiapkan pesan WhatsApp."


class UserForm(EditForm):
    """`user` is the admin; the account is the instance. An admin of one kabupaten makes accounts of that one only."""

    phone = PhoneField(label="Nomor HP", required=False, help_text=PHONE_HELP)

    class Meta:
        model = User
        fields = [
            "name",
            "username",
            "role",
            "facilitator_type",
            "district",
            "subdistrict",
            "all_districts",
            "may_approve",
            "ends_on",
            "email",
            "phone",
        ]
        help_texts = {
            "username": "Dipakai untuk masuk, misalnya siti.aminah.",
            "facilitator_type": "Hanya untuk peran Fasilitator.",
            "subdistrict": "Hanya untuk peran Camat.",
            "all_districts": "Melihat dan, sesuai perannya, mengubah data semua kabupaten di portal ini.",
            "may_approve": "Rencana kerja yang ditulis sendiri tetap disetujui orang lain.",
            "email": "Dipakai hanya untuk pengingat, bila pemilik akun memintanya.",
            "ends_on": "Hari terakhir akun ini dapat masuk. Kosongkan bila tanpa batas.",
        }

    def fields_for_people(self):
        choice_field(self, "role").choices = [("", "Pilih peran"), *roles.choices()]
        self.fields["role"].help_text = roles.described()
        choice_field(self, "facilitator_type").choices = [("", "Bukan fasilitator"), *User.FacilitatorType.choices]
        self._subdistricts()
        if self.user.all_districts:
            row_field(self, "district").empty_label = "Pilih kabupaten"
            self.fields["district"].help_text = "Kosongkan bila akun ini untuk semua kabupaten."
            return
        del self.fields["all_districts"]
        row_field(self, "district").queryset = District.objects.filter(pk=self.user.district_id)
        self.fields["district"].widget = forms.HiddenInput()
        self.fields["district"].disabled = True
        self.initial["district"] = self.user.district_id

    def _subdistricts(self):
        """Offers the kecamatan of one kabupaten; a list of the whole country would be useless."""
        field, place = row_field(self, "subdistrict"), self._chosen_district()
        of_place = Q(district=place) if place else Q(pk=None)
        of_place |= Q(pk=self.instance.subdistrict_id)  # kept in the form, so that a change of role clears it
        field.queryset = Subdistrict.objects.visible_to(self.user).filter(of_place)
        field.empty_label = "Bukan camat"
        if not place:
            field.help_text = (
                "Hanya untuk peran Camat. Pilih kabupatennya dan simpan: daftar kecamatannya tampil sesudah itu."
            )

    def _chosen_district(self) -> District | None:
        if not self.user.all_districts:
            return self.user.district
        if not self.is_bound:
            return self.instance.district
        try:
            return self.fields["district"].clean(self.data.get(self.add_prefix("district")))
        except ValidationError:
            return None

    def clean_username(self):
        name = self.cleaned_data["username"]
        if "username" in self.changed_data and User.objects.filter(username=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                "Nama pengguna ini sudah dipakai. Pilih nama lain, misalnya dengan angka di belakang."
            )
        return name

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day and "ends_on" in self.changed_data and day < localdate():
            raise ValidationError(
                "Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya; "
                "untuk menghentikan akun sekarang juga, pakai Nonaktifkan."
            )
        return day

    def clean(self):
        data = super().clean()
        if data.get("facilitator_type") and data.get("role") not in (None, roles.Role.FACILITATOR):
            self.add_error("facilitator_type", "Kosongkan: jenis fasilitator hanya diisi untuk peran Fasilitator.")
        if data.get("may_approve") and data.get("role") and not roles.definition(data["role"]).may_approve:
            self.add_error("may_approve", sentence_of(User, "user_camat_approves_nothing"))
        self._clean_subdistrict(data)
        if "all_districts" in self.fields:
            if data.get("all_districts") and data.get("district"):
                self.add_error("district", "Kosongkan kabupaten, atau hapus centang semua kabupaten.")
            elif not data.get("all_districts") and not data.get("district") and "district" not in self.errors:
                self.add_error("district", sentence_of(User, "user_one_district_or_all"))
        if self.instance.pk and "district" in self.changed_data and self.instance.assignments.current().exists():
            self.add_error(
                "district",
                "Akun ini masih ditugaskan di desa. Akhiri penugasannya dahulu, lalu pindahkan kabupatennya.",
            )
        return data

    def _clean_subdistrict(self, data):
        """Clears the kecamatan of a role that has none."""
        if data.get("role") != roles.Role.CAMAT:
            self.errors.pop("subdistrict", None)
            data["subdistrict"] = None
        elif data.get("all_districts"):
            self.add_error("all_districts", "Hapus centang ini: camat mempunyai satu kabupaten dan satu kecamatan.")
        elif not data.get("subdistrict") and "subdistrict" not in self.errors:
            self.add_error("subdistrict", "Pilih kecamatan: camat melihat desa kecamatannya saja.")
        elif data.get("subdistrict") and data.get("district"):
            try:
                services.check_subdistrict(data["subdistrict"], data["district"])
            except ValidationError as error:
                self.add_error("subdistrict", error)

    def save_by(self, user):
        if not self.instance.pk:
            self.instance = services.create_user(self.instance, by=user, key=self.cleaned_data.get("request_key"))
            return self.instance
        self.instance.version = self.cleaned_data.get("version") or 0
        self.changes = services.change_user(self.instance, by=user)
        return self.instance


class ContactForm(EditForm):
    """The user's own e-mail and telephone number. A new e-mail requires the password: reminders are sent there."""

    phone = PhoneField(label="Nomor HP", required=False, help_text=PHONE_HELP)
    current_password = password_field(
        "Kata sandi sekarang", "current-password", "Hanya bila pos-el diubah.", required=False
    )

    field_order = ["email", "phone", "current_password"]

    class Meta:
        model = User
        fields = ["email", "phone"]

    def clean(self):
        data = super().clean()
        if "email" in self.changed_data and "email" not in self.errors:
            try:
                check_own_password(self.user, data.get("current_password") or "")
            except ValidationError as error:
                self.add_error("current_password", error)
        return data


class UserFilter(FilterForm):
    peran = forms.ChoiceField(label="Peran", required=False)
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[
            ("", "Semua"),
            ("aktif", "Aktif"),
            ("berakhir", "Berakhir atau nonaktif"),
            ("konfirmasi", "Penyetuju yang menunggu konfirmasi"),
        ],
    )
    kabupaten = forms.ModelChoiceField(
        label="Kabupaten", required=False, queryset=District.objects.none(), empty_label="Semua kabupaten"
    )

    def fields_for_people(self):
        choice_field(self, "peran").choices = [("", "Semua peran"), *roles.choices()]
        if self.user.all_districts:
            row_field(self, "kabupaten").queryset = District.objects.visible_to(self.user)
        else:
            del self.fields["kabupaten"]

    def narrow_peran(self, rows, value):
        return rows.filter(role=value)

    def narrow_keadaan(self, rows, value):
        if value == "konfirmasi":
            return rows.filter(pk__in=access.unconfirmed(self.user).values("pk"), may_approve=True)
        current = User.objects.current().values("pk")
        return rows.filter(pk__in=current) if value == "aktif" else rows.exclude(pk__in=current)

    def narrow_kabupaten(self, rows, value):
        return rows.filter(district=value)
