"""First steps of an import: upload, choose sheets and columns. Only the office imports."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.generic import ListView

from accounts.lists import ExportMixin
from accounts.models import District
from accounts.rights import Right
from accounts.scoping import RightMixin, require
from imports import registry
from imports.exports import IMPORT_COLUMNS
from imports.forms.columns import ColumnsForm
from imports.forms.runs import SheetsForm, UploadForm
from imports.models import ImportRun
from imports.services import lifecycle
from imports.tables import contents
from records import exports
from records.models import SentByAnother, SentOther
from records.resending import conflict_of
from records.saved_drafts import note_saved

PAGE = 25
TONES = {
    ImportRun.Step.READ: "amber",
    ImportRun.Step.MAP: "amber",
    ImportRun.Step.CHECK: "amber",
    ImportRun.Step.PREVIEW: "amber",
    ImportRun.Step.APPLY: "amber",
    ImportRun.Step.DONE: "green",
    ImportRun.Step.UNDO: "amber",
    ImportRun.Step.UNDONE: "grey",
    ImportRun.Step.CANCELLED: "grey",
}


def visible(user):
    """Imports of the kabupaten of this user. Raises PermissionDenied without the right."""
    require(user, Right.EDIT_REGISTRY)
    return ImportRun.objects.filter(place__in=District.objects.visible_to(user).values("code"))


def crumbs(*more) -> list[tuple[str, str]]:
    home = ("Beranda", reverse("monitoring:home"))
    return [home, ("Desa", reverse("villages:village_list")), ("Impor", reverse("imports:import_list")), *more]


def crumbs_of(run: ImportRun, *more) -> list[tuple[str, str]]:
    return crumbs((f"Impor no. {run.pk}", reverse("imports:import_detail", args=[run.pk])), *more)


def sent(request):
    """The posted data, also when it is empty."""
    return request.POST if request.method == "POST" else None


def label_of(kind: str) -> str:
    return registry.adapter(kind).label


class ImportList(ExportMixin, RightMixin, ListView):
    """Page of the kinds of import, and the imports so far."""

    right = Right.EDIT_REGISTRY
    template_name = "imports/import_list.html"
    paginate_by = PAGE
    export_title, export_columns = "Daftar impor", IMPORT_COLUMNS

    def get_queryset(self):
        return visible(self.request.user).select_related("by").order_by("-pk")

    def export_rows(self):
        runs = self.get_queryset()
        return [self.with_labels(run) for run in runs[: exports.MAX_ROWS + 1]]

    def export_facts(self):
        return []

    def with_labels(self, run: ImportRun) -> ImportRun:
        run.label, run.tone = label_of(run.kind), tone(run)
        return run

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for run in context["object_list"]:
            self.with_labels(run)
        return context | {"kinds": registry.adapters(), "crumbs": [*crumbs()[:-1], ("Impor", "")]}


def tone(run: ImportRun) -> str:
    return "red" if run.state == ImportRun.State.FAILED else TONES[ImportRun.Step(run.step)]


ANOTHER_IMPORT = "Unggah sebagai impor lain"


@require_http_methods(["GET", "POST"])
def import_create(request):
    require(request.user, Right.EDIT_REGISTRY)
    form = UploadForm(
        sent(request),
        request.FILES or None,
        user=request.user,
        initial={"kind": request.GET.get("jenis", "")},
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                run = form.save()
            except ValidationError as error:
                form.add_error(None, error)
            except (SentOther, SentByAnother) as error:
                return _import_page(request, form, 409, conflict_of(form, error, another=ANOTHER_IMPORT))
            else:
                note_saved(request)
                return redirect("imports:import_columns", pk=run.pk)
        status = 422
    return _import_page(request, form, status)


def _import_page(request, form, status, conflict=None):
    context = {
        "form": form,
        "conflict": conflict,
        "heading": "Impor berkas",
        "intro": "Berkas diperiksa dahulu. Belum ada yang disimpan sampai Anda menyetujui pratinjaunya.",
        "submit_label": ANOTHER_IMPORT if conflict else "Unggah dan lanjutkan",
        "cancel_url": reverse("imports:import_list"),
        "crumbs": crumbs(("Impor berkas", "")),
        "extra": "imports/_templates.html",
        "kinds": chosen_kinds(form["kind"].value()),
    }
    return render(request, "partials/form_page.html", context, status=status)


def chosen_kinds(kind: str):
    """The chosen kind of import alone, or all of them."""
    kinds = list(registry.adapters())
    return [adapter for adapter in kinds if adapter.kind == kind] or kinds


@require_GET
def import_template(request, kind):
    """Download of an empty table with our titles, and a sheet that explains each."""
    require(request.user, Right.EDIT_REGISTRY)
    try:
        adapter = registry.adapter(kind)
    except KeyError:
        raise Http404 from None
    table = exports.Table(
        f"Templat impor: {adapter.label}", template_columns(adapter), [], 0, [("Syarat", adapter.needs)]
    )
    return exports.response(table, "xlsx", f"templat-{kind}.xlsx")


def template_columns(adapter) -> list[exports.Column]:
    def concept(column) -> str:
        words = ["Wajib diisi." if column.required else "Boleh kosong.", column.help]
        words.append(f"Contoh: {column.example}" if column.example != "" else "")
        return " ".join(word for word in words if word)

    return [
        exports.Column(column.label, lambda row: None, concept(column), source="Berkas kantor Anda")
        for column in adapter.columns
    ]


@require_http_methods(["GET", "POST"])
def import_sheets(request, pk):
    run = get_object_or_404(visible(request.user), pk=pk)
    if (answer := past(run, *ImportRun.UNSAVED)) is not None:
        return answer
    try:
        sheets = contents.sheets_of(run)
    except ValidationError as error:
        return show_error(request, run, error)
    form = SheetsForm(sent(request), run=run, sheets=sheets)
    if request.method == "POST" and form.is_valid():
        try:
            lifecycle.choose_sheets(run, form.chosen())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            note_saved(request)
            return redirect("imports:import_columns", pk=run.pk)
    context = {
        "form": form,
        "heading": "Lembar dan baris judul",
        "intro": "Pilih lembar yang memuat data, dan baris yang memuat judul kolomnya (nomor seperti di Excel).",
        "submit_label": "Lanjut ke kolom",
        "cancel_url": reverse("imports:import_columns", args=[run.pk]),
        "crumbs": crumbs_of(run, ("Lembar", "")),
    }
    return render(request, "partials/form_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def import_columns(request, pk):
    run = get_object_or_404(visible(request.user), pk=pk)
    if run.step == ImportRun.Step.READ and run.is_under_way:
        return _reading_page(request, run)
    if (answer := past(run, *ImportRun.UNSAVED)) is not None:
        return answer
    try:
        sheets = contents.sheets_of(run)
    except ValidationError as error:
        return show_error(request, run, error)
    run.mapping.pop(request.GET.get("tanpa", ""), None)  # only shown; stored when the user sends the form
    titles, places = contents.marked_titles(run, sheets), contents.places(run, sheets)
    is_wide = any(sheet.beyond for sheet in contents.chosen(run, sheets))
    form = ColumnsForm(sent(request), run=run, places=places, titles=titles, is_wide=is_wide)
    if request.method == "POST" and form.is_valid():
        try:
            lifecycle.map_columns(run, form.mapping(), by=request.user, without_optional=form.without_optional)
        except ValidationError as error:
            form.refuse(error)
        else:
            note_saved(request)
            return redirect("imports:import_detail", pk=run.pk)
    context = {
        "form": form,
        "run": run,
        "label": label_of(run.kind),
        **contents.remarks(run, sheets),
        "better": run.contents.get("better"),
        "heading": "Padankan kolom",
        "submit_label": "Periksa berkas",
        "cancel_url": reverse("imports:import_detail", args=[run.pk]),
        "cancel_label": "Kembali",
        "crumbs": crumbs_of(run, ("Kolom", "")),
    }
    return render(request, "imports/import_columns.html", context, status=422 if form.errors else 200)


@require_POST
def import_kind(request, pk):
    """Reads the same file as another kind of data."""
    run = get_object_or_404(visible(request.user), pk=pk)
    kind = request.POST.get("jenis", "")
    try:
        if kind not in [adapter.kind for adapter in registry.adapters()]:
            raise ValidationError("Pilih jenis data yang ada di daftar.")
        lifecycle.change_kind(run, kind)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("imports:import_columns", pk=run.pk)


def _reading_page(request, run: ImportRun):
    """Page shown while the file is read; it turns into the form of the columns by script or on reload."""
    context = {
        "run": run,
        "label": label_of(run.kind),
        "heading": "Padankan kolom",
        "crumbs": crumbs_of(run, ("Kolom", "")),
    }
    return render(request, "imports/import_reading.html", context)


def past(run: ImportRun, *steps: str):
    """Redirect to the page of the run when it is past this step."""
    if run.step in steps and not run.is_under_way:
        return None
    return redirect("imports:import_detail", pk=run.pk)


def show_error(request, run: ImportRun, error: ValidationError):
    messages.error(request, " ".join(error.messages))
    return redirect("imports:import_detail", pk=run.pk)
