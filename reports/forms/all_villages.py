"""Form of "Semua desa": one kind of document for many villages at once."""

from typing import Any
from urllib.parse import urlencode

from django import forms

from accounts.models import District
from plans.forms.years import offer_years
from plans.models import WorkPlan
from records.fields import choice_field, label_rows, row_field
from reports.services.bundles import all_villages
from trainings.models import Training
from villages.forms.places import PlaceFilter
from villages.models import Village


class AllVillagesForm(PlaceFilter):
    """One kind of document for all villages in scope: the kind, its training or year, and the villages."""

    dokumen = forms.ChoiceField(label="Dokumen")
    pelatihan = forms.ModelChoiceField(
        Training.objects.none(),
        label="Pelatihan",
        required=False,
        empty_label="Pilih pelatihan",
        help_text="Untuk daftar hadir dan sertifikat: satu dokumen untuk setiap desa yang diundang.",
    )
    tahun = forms.ChoiceField(
        label="Tahun", required=False, help_text="Untuk rencana kerja dan laporan pelaksanaannya."
    )
    triwulan = forms.ChoiceField(
        label="Sampai dengan",
        required=False,
        choices=[("", "Setahun (triwulan IV)"), ("1", "Triwulan I"), ("2", "Triwulan II"), ("3", "Triwulan III")],
        help_text="Untuk laporan pelaksanaan.",
    )
    kabupaten = forms.ModelChoiceField(District.objects.none(), required=False, empty_label="Pilih kabupaten")

    field_order = ["dokumen", "pelatihan", "tahun", "triwulan", "kabupaten", "kecamatan", "ta"]

    def __init__(self, data: Any, *, user: Any):
        super().__init__(data, user=user, searchable=False)

    def fields_for_people(self) -> None:
        super().fields_for_people()
        visible = [(code, choice.offer.label) for code, choice in all_villages.choices().items()]
        choice_field(self, "dokumen").choices = [("", "Pilih dokumen"), *visible]
        trainings = Training.objects.visible_to(self.user).filter(invitations__isnull=False).distinct()
        row_field(self, "pelatihan").queryset = trainings.order_by("-fiscal_year", "title", "pk")
        label_rows(row_field(self, "pelatihan"), lambda row: f"{row}, TA {row.fiscal_year}")
        plans = WorkPlan.objects.visible_to(self.user)
        self.this_year = offer_years(self, plans.values_list("year", flat=True).distinct())
        self.districts = list(District.objects.visible_to(self.user))
        if len(self.districts) < 2:
            self.fields.pop("kabupaten", None)
        else:
            row_field(self, "kabupaten").queryset = District.objects.visible_to(self.user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        choice = all_villages.choices().get(cleaned.get("dokumen") or "")
        if choice and choice.is_of_training and not cleaned.get("pelatihan"):
            self.add_error("pelatihan", f"Pilih pelatihan untuk {choice.offer.label.lower()}.")
        elif choice and not choice.is_of_training and "kabupaten" in self.fields and not cleaned.get("kabupaten"):
            self.add_error("kabupaten", "Pilih kabupaten: satu berkas memuat desa satu kabupaten.")
        return cleaned

    @property
    def query(self) -> str:
        """The choices as a query string."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})

    def selection(self) -> all_villages.Selection:
        """The request of a valid form."""
        data = self.cleaned_data
        choice = all_villages.choices()[data["dokumen"]]
        training = data["pelatihan"] if choice.is_of_training else None
        district = training.district if training else data.get("kabupaten") or self.districts[0]
        villages = Village.objects.visible_to(self.user).filter(subdistrict__district=district)
        labels = []
        if data.get("kecamatan"):
            villages = self.narrow_kecamatan(villages, data["kecamatan"])
            labels.append(str(data["kecamatan"]))
        if data.get("ta"):
            villages = self.narrow_ta(villages, data["ta"])
            labels.append(f"desa penerima TA {data['ta']}")
        return all_villages.Selection(
            choice=choice,
            district=district,
            villages=list(villages.select_related("subdistrict").order_by("code")),
            year=int(data.get("tahun") or self.this_year) if choice.is_of_plan else None,
            quarter=(data.get("triwulan") or "4") if choice.has_quarter else "",
            training=training,
            filter_label=", ".join(labels),
        )
