"""Pengaturan: the office of a kabupaten, its signatories and its rules."""

from datetime import date

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.views.generic import CreateView, DetailView, TemplateView, UpdateView

from accounts.forms.settings import DistrictSettingsForm, OfficeProfileForm, SignatoryForm
from accounts.models import District, DistrictSettings, OfficeProfile, Signatory
from accounts.rights import Right
from accounts.scoping import EditableMixin, PartMixin, RightMixin, require
from records.editing import SaveMixin

BOUNDS = ("south", "north", "west", "east")


def marked(rows, today) -> list:
    """Dated rows of one place, newest first, each with `state`: the newest that has begun is the one that holds."""
    holds = next((row for row in rows if row.valid_from <= today), None)
    for row in rows:
        row.state = "Berlaku" if row is holds else "Belum berlaku" if row.valid_from > today else "Digantikan"
    return rows


def sections(district) -> dict:
    """Context of the page of one kabupaten. Three queries."""
    today = localdate()
    people = list(district.signatories.all())
    rules = district.rules
    shown = [
        field for field in DistrictSettings._meta.concrete_fields if field.name in DistrictSettingsForm.Meta.fields
    ]
    return {
        "district": district,
        "offices": marked(list(district.office_profiles.all()), today),
        "slots": [
            (slot, label, marked([person for person in people if person.slot == slot], today))
            for slot, label in Signatory.Slot.choices
        ],
        "rules": [
            {"label": capfirst(field.verbose_name), "value": _in_words(getattr(rules, field.name))}
            for field in shown
            if field.name not in ("district", *BOUNDS)
        ]
        + [{"label": "Batas titik peta", "value": str(rules.bounds or "belum diatur")}],
        "rules_are_defaults": rules.pk is None,
    }


def _in_words(value) -> str:
    if value is None:
        return "tidak ditentukan"
    return {True: "ya", False: "tidak"}[value] if isinstance(value, bool) else str(value)


class SettingsHome(RightMixin, TemplateView):
    """With one kabupaten its page; with several the choice among them."""

    right = Right.MANAGE_SETTINGS

    def get_template_names(self):
        return ["accounts/settings_district.html" if len(self.districts) == 1 else "accounts/settings_home.html"]

    def get_context_data(self, **kwargs):
        districts = District.objects.editable_by(self.request.user).select_related("settings_row")
        self.districts = list(districts)
        extra = sections(self.districts[0]) if len(self.districts) == 1 else {"districts": self.districts}
        return super().get_context_data(**kwargs) | extra


class SettingsDistrict(EditableMixin, DetailView):
    right = Right.MANAGE_SETTINGS
    model = District
    queryset = District.objects.select_related("settings_row")
    template_name = "accounts/settings_district.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | sections(self.object)


class SettingsForm(SaveMixin):
    """A form that belongs to one kabupaten."""

    right = Right.MANAGE_SETTINGS
    heading = ""

    def get_success_url(self):
        return self.object.district.get_absolute_url()

    def get_context_data(self, **kwargs):
        district = self.get_form_kwargs()["instance"].district
        home = reverse("accounts:settings_home")
        return super().get_context_data(**kwargs) | {
            "heading": self.heading,
            "cancel_url": district.get_absolute_url(),
            "crumbs": [
                ("Beranda", reverse("monitoring:home")),
                ("Pengaturan", home),
                (str(district), district.get_absolute_url()),
                (self.heading, ""),
            ],
        }


class PartOfDistrict(PartMixin):
    whole = District
    part_of = "district"


class OfficeCreate(SettingsForm, PartOfDistrict, CreateView):
    model = OfficeProfile
    form_class = OfficeProfileForm
    heading = "Tambah profil kantor"
    submit_label = "Simpan profil kantor"

    def get_initial(self):
        """A new profile starts as a copy of the previous one: mostly only a name or an address changes."""
        last = self.parent.office_profiles.order_by("-valid_from").first()
        if last is None:
            first = {"government_line": f"Pemerintah {self.parent}", "valid_from": date(localdate().year, 1, 1)}
            return super().get_initial() | first
        names = [name for name in OfficeProfileForm.Meta.fields if name not in ("district", "valid_from")]
        return super().get_initial() | ({name: getattr(last, name) for name in names})


class OfficeUpdate(SettingsForm, EditableMixin, UpdateView):
    model = OfficeProfile
    queryset = OfficeProfile.objects.select_related("district")
    template_name = "accounts/office_form.html"
    form_class = OfficeProfileForm
    heading = "Ubah profil kantor"
    submit_label = "Simpan profil kantor"


class SignatoryCreate(SettingsForm, PartOfDistrict, CreateView):
    model = Signatory
    form_class = SignatoryForm
    heading = "Tambah penanda tangan"
    submit_label = "Simpan penanda tangan"

    def get_initial(self):
        slot = self.request.GET.get("tempat")
        return super().get_initial() | ({"slot": slot} if slot in Signatory.Slot.values else {})


class SignatoryUpdate(SettingsForm, EditableMixin, UpdateView):
    model = Signatory
    queryset = Signatory.objects.select_related("district")
    form_class = SignatoryForm
    heading = "Ubah penanda tangan"
    submit_label = "Simpan penanda tangan"


class RulesUpdate(SettingsForm, RightMixin, UpdateView):
    """The row is created when an admin saves it first; until then the defaults apply."""

    form_class = DistrictSettingsForm
    heading = "Ubah aturan kabupaten"
    submit_label = "Simpan aturan"

    def get_object(self, queryset=None):
        districts = District.objects.editable_by(self.request.user).select_related("settings_row")
        return get_object_or_404(districts, pk=self.kwargs["pk"]).rules


def office_emblem(request, pk):
    """The emblem as it was stored, for those who may change it; never a public address."""
    require(request.user, Right.MANAGE_SETTINGS)
    office = get_object_or_404(OfficeProfile.objects.editable_by(request.user).exclude(emblem=""), pk=pk)
    try:
        return FileResponse(office.emblem.open("rb"), content_type="image/png")
    except FileNotFoundError:
        raise Http404("The file of the emblem is gone.") from None
