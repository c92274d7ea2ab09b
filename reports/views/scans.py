"""Pages of Pindaian: scans of signed sheets of one training, sorted by their Kode lembar and filed together."""

import io

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rights import Right
from accounts.scoping import require
from jobs.queue import enqueue
from records.confirming import confirm
from records.formats import number_id
from records.saved_drafts import note_saved
from reports.forms.scans import ScansForm
from reports.models import ScanReading
from reports.services.scans import filing, reading, sorting
from trainings.models import Training, TrainingFile

QUARTERS = ("0", "90", "180", "270")  # degrees of a turn
THUMB_DPI = 60


def _training(request, pk: int) -> Training:
    """Looks up the row first, then checks the right."""
    training = get_object_or_404(Training.objects.visible_to(request.user), pk=pk)
    require(request.user, Right.EDIT_TRAININGS)
    return training


def _scan(request, pk: int) -> TrainingFile:
    trainings = Training.objects.visible_to(request.user)
    rows = TrainingFile.objects.filter(kind=TrainingFile.Kind.UNSORTED, training__in=trainings)
    scan = get_object_or_404(rows.select_related("file", "training__district"), pk=pk)
    require(request.user, Right.EDIT_TRAININGS)
    return scan


def _page(request, training: Training, form: ScansForm, chosen: dict[str, str] | None = None):
    scans = sorting.unsorted(training)
    readings = list(ScanReading.objects.open_of(training))
    places = sorting.targets(training)
    pages = sorting.pages_of(training, scans)
    for page in pages:
        if chosen is not None:
            page.target = chosen.get(page.name, "")
        if page.target in places:
            places[page.target].pages.append(page)
    crumbs = [
        ("Beranda", reverse("monitoring:home")),
        ("Pelatihan", reverse("trainings:training_list")),
        (str(training), training.get_absolute_url()),
        ("Dokumen dan SPJ", reverse("trainings:spj_item_list", args=[training.pk])),
        ("Pindaian", ""),
    ]
    context = {
        "training": training,
        "form": form,
        "scans": scans,
        "readings": readings,
        "under_way": any(job.is_under_way for job in readings),
        "pages": pages,
        "targets": list(places.values()),
        "proposed": [target for target in places.values() if target.pages],
        "left": sum(not page.target for page in pages),
        "crumbs": crumbs,
    }
    return render(request, "reports/scan_list.html", context)


@require_safe
def scan_list(request, pk):
    """Upload, and the place of each page."""
    return _page(request, _training(request, pk), ScansForm())


@require_POST
def scan_upload(request, pk):
    training = _training(request, pk)
    form = ScansForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, training, form)
    try:
        count = filing.hand_in(training, form.cleaned_data["scans"], by=request.user)
    except ValidationError as error:
        form.add_error("scans", error)
        return _page(request, training, form)
    if count:
        messages.success(
            request, f"{number_id(count)} pindaian diterima dan sedang dibaca. Anda boleh membuka halaman lain."
        )
    else:
        messages.info(request, "Pindaian ini sudah ada di bawah.")
    return redirect("reports:scan_list", pk=training.pk)


@require_POST
def scan_file(request, pk):
    """Files the pages as chosen; pages without a place stay."""
    training = _training(request, pk)
    chosen = {name: value for name, value in request.POST.items() if name.startswith("halaman-")}
    replace = set(request.POST.getlist("ganti"))
    try:
        found = filing.file_pages(training, chosen, replace, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _page(request, training, ScansForm(), chosen)
    note_saved(request)
    for target in found:
        messages.success(request, f"{target.label}: {target.sources} tersimpan.")
    if not found:
        messages.warning(request, "Belum ada halaman yang dipilihkan tempat; semuanya tetap di sini.")
    elif not sorting.unsorted(training):
        return redirect("trainings:spj_item_list", training.pk)
    return redirect("reports:scan_list", pk=training.pk)


@require_POST
def scan_turn(request, pk, page):
    """Turns one page; the places chosen on the page so far stay. The angle is sent, so that two clicks turn once."""
    scan = _scan(request, pk)
    turn = request.POST.get("putar", "")
    if page not in [entry["page"] for entry in scan.page_codes] or page == reading.WHOLE or turn not in QUARTERS:
        raise Http404(f"scan {pk} has no page {page} to turn")
    filing.turn_page(scan, page, int(turn))
    return _turned(request, scan)


@require_POST
def scan_turn_uncoded(request, pk):
    """Turns all waiting pages of one scan that have no code: a stack that was put in sideways."""
    scan = _scan(request, pk)
    turn = request.POST.get("putar", "")
    if turn not in QUARTERS or any(entry["page"] == reading.WHOLE for entry in scan.page_codes):
        raise Http404(f"scan {pk} has no pages to turn")
    filing.turn_uncoded(scan, int(turn))
    return _turned(request, scan)


def _turned(request, scan: TrainingFile):
    chosen = {name: value for name, value in request.POST.items() if name.startswith("halaman-")}
    return _page(request, scan.training, ScansForm(), chosen)


@require_POST
def scan_retry(request, pk):
    scan = _scan(request, pk)
    job = get_object_or_404(ScanReading, scan=scan)
    if job.retry():
        enqueue(ScanReading, job.pk)
        messages.success(request, f"Pindaian “{scan.file.name}” dibaca lagi.")
    else:
        messages.info(request, f"Pindaian “{scan.file.name}” tidak perlu dibaca lagi.")
    return redirect("reports:scan_list", pk=scan.training_id)


@require_safe
def scan_page(request, pk, page):
    """A small image of one page, so that the user recognizes it."""
    scan = _scan(request, pk)
    turns = {entry["page"]: entry.get("turn", 0) for entry in scan.page_codes}
    if page not in turns:
        raise Http404(f"scan {pk} has no page {page}")
    try:
        with scan.file.file.open("rb") as file:
            content = file.read()
        picture = next(reading.pages(content, scan.file.type, only=max(page, 1), dpi=THUMB_DPI))
    except (OSError, ValidationError):
        raise Http404(f"scan {pk} cannot be read") from None
    picture = picture.rotate(-turns[page], expand=True)
    picture.thumbnail((700, 700))
    out = io.BytesIO()
    picture.save(out, "PNG")
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(out.getvalue(), content_type="image/png", headers=headers)


@require_http_methods(["GET", "POST"])
def scan_remove(request, pk):
    scan = _scan(request, pk)
    back = reverse("reports:scan_list", args=[scan.training_id])
    job = ScanReading.objects.filter(scan=scan).first()
    waiting = sum(not entry["filed"] for entry in scan.page_codes) or (job.total if job else 0)

    def remove() -> str:
        name = scan.file.name
        filing.remove_scan(scan, by=request.user)
        return f"Pindaian “{name}” dihapus."

    return confirm(
        request,
        remove,
        question=f"Hapus pindaian “{scan.file.name}”?",
        loss=f"{number_id(waiting)} halaman yang belum disimpan hilang dari portal dan tidak dapat dikembalikan. "
        "Halaman yang sudah disimpan tidak berubah.",
        submit_label="Hapus pindaian",
        cancel_url=back,
        crumbs=[("Beranda", reverse("monitoring:home")), ("Pindaian", back), ("Hapus", "")],
    )
