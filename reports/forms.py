"""The filters of /laporan/ and the request that a button sends."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.lists import FilterForm
from accounts.models import District
from documents import registry
from documents.choices import Format, IssueStatus
from documents.plans.plan_progress import PlanProgressDocument
from kpspams.models import KpspamsGroup
from monitoring.forms.area import AreaFilter
from plans.models import DamageReport, WorkPlan
from records.fields import WholeField
from records.file_forms import NewFileForm
from records.models import StoredFile
from reports.bundles import all_villages
from reports.models import Report, ReportBundle, SignedCopy
from reports.models.subjects import SUBJECTS
from trainings.models import Training, TrainingDay, TrainingSession
from villages.forms.places import PlaceFilter
from villages.models import Village

EVERYBODY = "semua"


class ReportFilter(FilterForm):
    kind = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua jenis"), *registry.choices()])
    state = forms.ChoiceField(label="Keadaan", required=False, choices=[("", "Semua keadaan"), *Report.State.choices])
    standing = forms.ChoiceField(
        label="Kedudukan", required=False, choices=[("", "Semua kedudukan"), *IssueStatus.choices]
    )
    parts = forms.ChoiceField(
        label="Bagian berkas", required=False, choices=[("", "Tidak ditampilkan"), ("ya", "Ditampilkan")]
    )
    # One's own papers unless all are asked for; the page shows the two as tabs.
    whose = forms.ChoiceField(required=False, choices=[("", ""), (EVERYBODY, "")], widget=forms.HiddenInput)

    def narrow_kind(self, rows, value):
        return rows.filter(kind=value)

    def narrow_state(self, rows, value):
        return rows.filter(state=value)

    def narrow_standing(self, rows, value):
        return rows.filter(standing=value)

    def narrow_parts(self, rows, value):
        return rows

    def narrow_whose(self, rows, value):
        return rows

    def narrow(self, rows):
        rows = super().narrow(rows)
        if not self.of_everybody:
            rows = rows.filter(by=self.user)
        return rows if self.cleaned_data.get("parts") else rows.filter(bundle=None)

    @property
    def of_everybody(self) -> bool:
        return self.cleaned_data.get("whose") == EVERYBODY

    @property
    def is_plain(self) -> bool:
        """Whether nothing is asked but whose papers."""
        return not any(value for name, value in self.cleaned_data.items() if name != "whose")


class ReportRequestForm(forms.Form):
    """What `report_button` sends. The subject is looked for among the rows that the person sees."""

    kind = forms.ChoiceField()
    subject = forms.ChoiceField(choices=[(name, name) for name in SUBJECTS])
    subject_id = WholeField(min_value=1)
    format = forms.ChoiceField(required=False, choices=[("", ""), *Format.choices])
    key = forms.UUIDField(required=False)

    def __init__(self, data: Any, *, user: Any):
        super().__init__(data)
        self.user = user
        self.fields["kind"].choices = registry.choices()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, subject = cleaned.get("kind"), cleaned.get("subject")
        if kind and subject and SUBJECTS[subject] not in registry.document(kind).subjects:
            raise ValidationError("Jenis laporan ini tidak ada untuk data itu.")
        if kind:
            for name, choices in registry.document(kind).options.items():
                if self.data.get(name) and self.data[name] not in choices:
                    raise ValidationError("Pilihan untuk laporan ini tidak dikenal.")
        return cleaned

    def rows(self) -> Any:
        """The rows, in scope, among which the subject is looked for."""
        trainings = Training.objects.visible_to(self.user)
        return {
            "training": trainings,
            "day": TrainingDay.objects.filter(training__in=trainings),
            "session": TrainingSession.objects.filter(day__training__in=trainings),
            "work_plan": WorkPlan.objects.visible_to(self.user),
            "group": KpspamsGroup.objects.visible_to(self.user),
            "village": Village.objects.visible_to(self.user),
            "district": District.objects.visible_to(self.user),
            "damage": DamageReport.objects.visible_to(self.user),
        }[self.cleaned_data["subject"]]

    def parameters(self) -> dict[str, Any]:
        """The options of this kind of paper that were sent, and which villages it is asked of, where it asks that."""
        document = registry.document(self.cleaned_data["kind"])
        found = {name: self.data[name] for name in document.options if self.data.get(name)}
        if document.takes_filter:
            found["filter"] = AreaFilter(self.data, user=self.user, searchable=False).carried
        return found


class BundleFilter(FilterForm):
    jenis = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua jenis"), *ReportBundle.Kind.choices])
    keadaan = forms.ChoiceField(
        label="Keadaan", required=False, choices=[("", "Semua keadaan"), *ReportBundle.State.choices]
    )

    def narrow_jenis(self, rows, value):
        return rows.filter(kind=value)

    def narrow_keadaan(self, rows, value):
        return rows.filter(state=value)


class KeyForm(forms.Form):
    """The press that asks for several papers at once; the same key twice asks once."""

    key = forms.UUIDField(required=False)


class AllVillagesForm(PlaceFilter):
    """One kind of paper for all villages that somebody sees: what, of which training or year, of which villages."""

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
        visible = [(word, paper.word) for word, paper in all_villages.PAPERS.items()]
        self.fields["dokumen"].choices = [("", "Pilih dokumen"), *visible]
        trainings = Training.objects.visible_to(self.user).filter(invitations__isnull=False).distinct()
        self.fields["pelatihan"].queryset = trainings.order_by("-fiscal_year", "title", "pk")
        self.fields["pelatihan"].label_from_instance = lambda row: f"{row}, TA {row.fiscal_year}"
        self.this_year = localdate().year
        years = set(WorkPlan.objects.visible_to(self.user).values_list("year", flat=True).distinct())
        others = sorted(years - {self.this_year}, reverse=True)
        self.fields["tahun"].choices = [
            ("", f"{self.this_year} (tahun ini)"),
            *((str(year), str(year)) for year in others),
        ]
        self.districts = list(District.objects.visible_to(self.user))
        if len(self.districts) < 2:
            self.fields.pop("kabupaten", None)
        else:
            self.fields["kabupaten"].queryset = District.objects.visible_to(self.user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        paper = all_villages.PAPERS.get(cleaned.get("dokumen") or "")
        if paper and paper.of == "training" and not cleaned.get("pelatihan"):
            self.add_error("pelatihan", f"Pilih pelatihan untuk {paper.word.lower()}.")
        elif paper and paper.of != "training" and "kabupaten" in self.fields and not cleaned.get("kabupaten"):
            self.add_error("kabupaten", "Pilih kabupaten: satu berkas memuat desa satu kabupaten.")
        return cleaned

    @property
    def query(self) -> str:
        """The choice as the end of an address."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})

    def asked(self) -> all_villages.Request:
        """What a valid form asks for."""
        data = self.cleaned_data
        paper = all_villages.PAPERS[data["dokumen"]]
        training = data["pelatihan"] if paper.of == "training" else None
        district = training.district if training else data.get("kabupaten") or self.districts[0]
        villages = Village.objects.visible_to(self.user).filter(subdistrict__district=district)
        told = []
        if data.get("kecamatan"):
            villages = self.narrow_kecamatan(villages, data["kecamatan"])
            told.append(str(data["kecamatan"]))
        if data.get("ta"):
            villages = self.narrow_ta(villages, data["ta"])
            told.append(f"desa penerima TA {data['ta']}")
        return all_villages.Request(
            paper=paper,
            district=district,
            villages=list(villages.select_related("subdistrict").order_by("code")),
            year=int(data.get("tahun") or self.this_year) if paper.of == "plan" else None,
            quarter=(data.get("triwulan") or "4") if paper.kind == PlanProgressDocument.kind else "",
            training=training,
            told=", ".join(told),
        )


class SignedCopyForm(NewFileForm):
    """What came back signed."""

    fixed = ("report",)

    class Meta:
        model = SignedCopy
        fields = ["report", "kind", "signed_on", "note"]

    def clean(self):
        data = super().clean() or self.cleaned_data
        upload = data.get("upload")
        if data.get("kind") == SignedCopy.Kind.BSRE and upload and upload.type != StoredFile.Type.PDF:
            self.add_error("upload", "Salinan bertanda tangan elektronik adalah PDF dari BSrE, bukan foto.")
        return data

    def save_by(self, user):
        self.instance.recorded_by = user
        return super().save_by(user)
