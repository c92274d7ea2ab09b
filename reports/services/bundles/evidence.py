"""Evidence in a Berkas pemeriksaan besides the new documents: issued documents as they are, scans and photos."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from documents.choices import Format, IssueStatus
from fieldwork.models import EntryPhoto, VisitPhoto
from kpspams.models import LegalDocument
from plans.models import DamagePhoto, PlanScan, ProgressPhoto
from records.formats import date_id
from records.models import StoredFile
from reports.models import Report, ReportBundle, SignedCopy
from trainings.models import Training
from villages.models import CheckPhoto, Village

CHANGED = "data berubah sejak dokumen ini dibuat"  # of an issued document, in the contents of the ZIP


@dataclass(frozen=True)
class Scan:
    """A stored file and its subject."""

    title: str
    file: StoredFile
    position: int = 0  # in the order of the accounts file
    is_photo: bool = False


def of_training(training: Training) -> Q:
    return Q(training=training) | Q(day__training=training) | Q(session__day__training=training)


def of_village(village: Village) -> Q:
    return (
        Q(village=village)
        | Q(group__village=village)
        | Q(work_plan__group__village=village)
        | Q(damage__facility__village=village)
    )


def in_force(about: Q) -> QuerySet[Report]:
    """The issued documents that have not been replaced: an auditor gets the same bytes."""
    return Report.objects.filter(about, issue_status=IssueStatus.IN_FORCE, state=Report.State.READY, format=Format.PDF)


def kept(bundle: ReportBundle, reader: User | None = None) -> list[Report]:
    """The issued documents that the bundle includes as they are; with `reader` those that this user may read."""
    rows = Report.objects.visible_to(reader) if reader else Report.objects.all()
    rows = rows.filter(pk__in=bundle.parameters.get("kept", []))
    return list(rows.with_subjects().select_related("group__village", "work_plan__group__village").order_by("pk"))


def files(bundle: ReportBundle) -> list[Scan]:
    """The scans and photos about the subject of a Berkas pemeriksaan, each file once; none for other bundles."""
    if bundle.kind == ReportBundle.Kind.TRAINING_AUDIT and bundle.training:
        found = _of_training(bundle.training)
    elif bundle.kind == ReportBundle.Kind.VILLAGE_AUDIT and bundle.village:
        found = _of_village(bundle.village)
    else:
        return []
    return list({scan.file.pk: scan for scan in reversed(found)}.values())[::-1]


def _of_training(training: Training) -> list[Scan]:
    items = training.spj_items.select_related("file")
    own = training.files.select_related("file", "session")
    letters = training.speaker_letters.select_related("file", "resource_person__person")
    return [
        *(Scan(str(item), item.file) for item in items if item.file),
        *(Scan(f"{row.get_kind_display()} {row.session or row}", row.file) for row in own),
        *(Scan(f"Surat tugas {row.resource_person}", row.file) for row in letters if row.file),
        *_signed(of_training(training)),
    ]


def _of_village(village: Village) -> list[Scan]:
    decrees = LegalDocument.objects.filter(group__village=village).select_related("scan", "group")
    plans = PlanScan.objects.filter(plan__group__village=village).select_related("file", "plan__group")
    steps = village.timeline.select_related("file")
    tests = village.water_tests.select_related("file")
    checks = CheckPhoto.objects.filter(check_row__facility__village=village)
    damages = DamagePhoto.objects.filter(report__facility__village=village)
    progress = ProgressPhoto.objects.filter(progress__activity__plan__group__village=village)
    entries = EntryPhoto.objects.filter(entry__village=village).select_related("file", "entry")
    visits = VisitPhoto.objects.filter(visit__village=village).select_related("file", "visit")
    return [
        *(Scan(f"{row} {row.group.name}", row.scan) for row in decrees if row.scan),
        *(Scan(f"Rencana kerja {row.plan.year} {row.plan.group.name} bertanda tangan", row.file) for row in plans),
        *_signed(of_village(village)),
        *(Scan(f"{row} {date_id(row.on)}", row.file) for row in steps if row.file),
        *(Scan(f"Uji air {row}", row.file) for row in tests if row.file),
        *(
            Scan(f"Pemeriksaan {row.check_row.facility} {date_id(row.check_row.checked_on)}", row.file)
            for row in checks.select_related("file", "check_row__facility")
        ),
        *(
            Scan(f"Kerusakan {row.report.facility}", row.file)
            for row in damages.select_related("file", "report__facility")
        ),
        *(
            Scan(f"Pelaksanaan {row.progress.activity.title}", row.file)
            for row in progress.select_related("file", "progress__activity")
        ),
        *(Scan(str(row.visit), row.file) for row in visits),
        *(Scan(f"Titip entri {row.entry}", row.file) for row in entries),
    ]


def _signed(about: Q) -> list[Scan]:
    copies = SignedCopy.objects.filter(report__in=Report.objects.filter(about)).select_related("file")
    return [
        Scan(f"{copy.get_kind_display()} {copy.report.title}", copy.file)
        for copy in copies.select_related("report").order_by("pk")
    ]
