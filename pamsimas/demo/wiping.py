"""Takes DATA CONTOH out again: all sample rows with their parts, history and files, and nothing else."""

from collections import defaultdict
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from accounts.models import DistrictSettings, Subdistrict, User
from documents.models import DocumentSetting, DocumentTemplate, LetterText
from monitoring.models import Boundary
from monitoring.services.boundaries import EVENT_LABEL as BOUNDARY_EVENT
from pamsimas.demo.seeding import table
from records.chunks import chunks
from records.models import Event, SampleWipe, StoredFile
from reports.models import Report, ReportBundle
from villages.models import Target, Village

# Parts whose key to the whole protects it in daily work. The others say it by PART_OF or by CASCADE.
PROTECTING_PARTS = {
    "plans.PlanStep": ["plan"],
    "villages.CheckPhoto": ["check_row"],
    "plans.DamageStep": ["report"],
    "trainings.Attendance": ["participant"],
    "trainings.TestResult": ["participant"],
    "trainings.EvaluationSheet": ["training"],
    "reports.ReportBundle": ["district", "training", "village"],
    "reports.Report": ["training", "day", "session", "work_plan", "group", "village", "district", "damage", "schedule"],
    "reports.Schedule": ["owner"],
    "reports.SignedCopy": ["report"],
    "fieldwork.Visit": ["village", "by"],
}
# What a real row may lose: its author among the demo accounts, and the profile, whose text the document has anyway.
RELEASED = [("reports.Report", "office_profile")]
MAX_REASONS = 20
PUBLIC_PAGE = str(DistrictSettings._meta.get_field("public_page").verbose_name)

Found = dict[type[models.Model], set[int]]


class HangingRows(Exception):
    """Real rows refer to sample rows; `reasons` names them."""

    def __init__(self, reasons: list[str]):
        self.reasons = reasons
        super().__init__(f"{len(reasons)} real rows hang on sample rows")


def project_models() -> list[type[models.Model]]:
    """Every model of the portal, many-to-many tables included."""
    return [
        model
        for app in settings.PORTAL_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]


def foreign_keys(model) -> list[models.ForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def whole_keys(model) -> list[models.ForeignKey]:
    """The keys to the whole of a row, with which it is deleted."""
    if hasattr(model, "is_sample"):
        return []  # a root row has the mark itself
    named = PROTECTING_PARTS.get(model._meta.label, [])
    return [
        field
        for field in foreign_keys(model)
        if field.remote_field.on_delete is models.CASCADE
        or field.name in named
        or field.name == getattr(model, "PART_OF", "")
    ]


def is_released(model, field) -> bool:
    if (model._meta.label, field.name) in RELEASED:
        return True
    return field.null and field.remote_field.model is User


def survey() -> Found:
    """The sample rows of each model: marked ones, the sample kecamatan, and all their parts."""
    found: Found = defaultdict(set)
    every = [model for model in project_models() if model is not Event]
    for model in every:
        if hasattr(model, "is_sample"):
            found[model] |= set(model._base_manager.filter(is_sample=True).values_list("pk", flat=True))
    invented = {row["kecamatan_kode"] for row in table("villages")}
    found[Subdistrict] |= set(Subdistrict.objects.filter(code__in=invented).values_list("pk", flat=True))
    for model, pks in _of_kabupaten(found[User]).items():
        found[model] |= pks
    grown = True
    while grown:
        grown = False
        for model in every:
            for field in whole_keys(model):
                fresh = set(_pointing(model, field, found)) - found[model]
                found[model] |= fresh
                grown = grown or bool(fresh)
    found[StoredFile] |= _files_of(found)
    return {model: pks for model, pks in found.items() if pks}


def _of_kabupaten(users: set[int]) -> Found:
    """What sample accounts made for a whole kabupaten, where no mark says so: its documents, outlines, targets,
    settings, wording and forms of letters. What a real account changed afterwards stays, but documents and outlines.
    """
    found: Found = defaultdict(set)
    found[Report] = set(Report.objects.filter(by__in=users).exclude(district=None).values_list("pk", flat=True))
    bundles = ReportBundle.objects.filter(by__in=users, training=None, village=None)
    found[ReportBundle] = set(bundles.values_list("pk", flat=True))
    for model in (Target, DistrictSettings, DocumentSetting, LetterText, DocumentTemplate):
        found[model] = _added_by(users, model)
    found[Boundary] = _outlines_of(users)
    in_use = Village.objects.filter(is_sample=False).values("subdistrict")
    added = Subdistrict.objects.filter(pk__in=_added_by(users, Subdistrict)).exclude(pk__in=in_use)
    found[Subdistrict] = set(added.exclude(users__is_sample=False).values_list("pk", flat=True))
    return found


def _added_by(users: set[int], model) -> set[int]:
    events = Event._base_manager.filter(kind=model._meta.label_lower)
    added = set(events.filter(verb=Event.Verb.ADD, by__in=users).values_list("object_id", flat=True))
    real = events.exclude(by=None).exclude(by__in=users).values_list("object_id", flat=True)
    return added - set(real)


def _outlines_of(users: set[int]) -> set[int]:
    """Outlines carry no author: their import is the first event of an account at or after their own time."""
    imports = Event._base_manager.filter(kind=User._meta.label_lower, label__startswith=f"{BOUNDARY_EVENT}:")
    made = list(imports.order_by("at", "pk").values_list("at", "by"))
    found = set()
    for pk, imported_at in Boundary.objects.values_list("pk", "imported_at"):
        by = next((by for at, by in made if at >= imported_at), None)
        if by in users:
            found.add(pk)
    return found


def _close_public_pages(users: set[int]):
    """A public page that a sample account opened in the settings of a real one is closed: its figures are gone."""
    for row in DistrictSettings.objects.filter(public_page=True):
        events = Event._base_manager.filter(kind=row._meta.label_lower, object_id=row.pk)
        last = events.filter(changes__has_key=PUBLIC_PAGE).order_by("-pk").first() or events.order_by("pk").first()
        if last and last.by_id in users:
            DistrictSettings.objects.filter(pk=row.pk).update(public_page=False, public_functioning=False)


def _files_of(found: Found) -> set[int]:
    """Stored files that only sample rows refer to."""
    used: dict[bool, set[int]] = {True: set(), False: set()}
    for model in project_models():
        for field in foreign_keys(model):
            if field.remote_field.model is not StoredFile:
                continue
            pointing = model._base_manager.exclude(**{field.name: None}).values_list("pk", field.attname)
            for pk, file in pointing:
                used[pk in found.get(model, ())].add(file)
    return used[True] - used[False]


def hanging(found: Found) -> list[str]:
    """Real rows that refer to sample rows: the portal refuses to create them, a direct entry might."""
    reasons = []
    for model in project_models():
        for field in foreign_keys(model):
            if model is Event or is_released(model, field):
                continue
            for pk in sorted(set(_pointing(model, field, found)) - found.get(model, set())):
                row = model._base_manager.get(pk=pk)
                label = f"{model._meta.verbose_name} no. {pk} “{row}”"
                reasons.append(f"{label} memakai {field.verbose_name} contoh “{getattr(row, field.name)}”")
    return reasons


@transaction.atomic
def wipe() -> dict[str, int]:
    """Deletes every sample row; returns how many of each kind, with the labels of the pages.

    Raises HangingRows, and deletes nothing, when a real row refers to a sample row. Foreign keys are checked at
    the end of the transaction, so the order of the tables does not matter.
    """
    found = survey()
    reasons = hanging(found)
    if reasons:
        raise HangingRows(reasons)
    if not found:
        return {}
    files = _files(found)
    _close_public_pages(found.get(User, set()))
    _release(found)
    counts = {}
    events = 0
    for model, pks in found.items():
        for part in chunks(sorted(pks)):
            events += Event._base_manager.filter(kind=model._meta.label_lower, object_id__in=part)._raw_delete(_alias())
            model._base_manager.filter(pk__in=part)._raw_delete(_alias())
        if not model._meta.auto_created:
            counts[str(model._meta.verbose_name_plural)] = len(pks)
    SampleWipe.objects.create()
    if events:
        counts[str(Event._meta.verbose_name_plural)] = events
    transaction.on_commit(lambda: _delete_unused(files))
    return counts


def counted() -> dict[str, int]:
    """How many sample rows of each kind there are, without their history."""
    return {
        str(model._meta.verbose_name_plural): len(pks)
        for model, pks in survey().items()
        if not model._meta.auto_created
    }


def _alias() -> str:
    return transaction.get_connection().alias


def _pointing(model, field, found: Found) -> Iterator[int]:
    """Keys of the rows whose `field` refers to a sample row."""
    for part in chunks(sorted(found.get(field.remote_field.model, ()))):
        yield from model._base_manager.filter(**{f"{field.attname}__in": part}).values_list("pk", flat=True)


def _release(found: Found):
    """Clears the demo account as author of real rows; nothing else of them changes."""
    for model in project_models():
        for field in foreign_keys(model):
            if not is_released(model, field):
                continue
            for part in chunks(sorted(found.get(field.remote_field.model, ()))):
                model._base_manager.filter(**{f"{field.attname}__in": part}).update(**{field.name: None})


def _file_fields(model) -> list[models.FileField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.FileField)]


def _files(found: Found) -> list[tuple]:
    """(field, name) of every stored file to delete."""
    return [
        (field, name)
        for model, pks in found.items()
        for field in _file_fields(model)
        for part in chunks(sorted(pks))
        for name in model._base_manager.filter(pk__in=part).values_list(field.name, flat=True)
        if name
    ]


def _delete_unused(files):
    """Deletes a file when no document shares it any more."""
    for field, name in files:
        if not field.model._base_manager.filter(**{field.name: name}).exists():
            field.storage.delete(name)
