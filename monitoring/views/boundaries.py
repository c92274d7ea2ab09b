"""Pages of outlines for the map (Batas wilayah): upload, preview, save; for users who set the portal up."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rights import Right
from accounts.scoping import require
from monitoring.forms.boundaries import BoundaryChoice, BoundaryUpload
from monitoring.services import boundaries
from records.confirming import confirm
from records.editing import warn_of_letters
from records.saved_drafts import note_saved


def crumbs(*more):
    home = [("Beranda", reverse("monitoring:home")), ("Peta", reverse("monitoring:map"))]
    return [*home, ("Batas wilayah", reverse("monitoring:boundary_list") if more else ""), *more]


@require_safe
def boundary_list(request):
    """The stored outlines with their sources."""
    require(request.user, Right.MANAGE_SETTINGS)
    known = boundaries.known_places(request.user)
    rows = boundaries.visible_boundaries(request.user).defer("geometry")
    shown = [{"place": known[row.code], "row": row} for row in rows]
    context = {"rows": shown, "without": len(known) - len(shown), "crumbs": crumbs()}
    return render(request, "monitoring/boundaries.html", context)


@require_http_methods(["GET", "POST"])
def boundary_import(request):
    require(request.user, Right.MANAGE_SETTINGS)
    form = BoundaryUpload(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = BoundaryUpload(request.POST, request.FILES)
        if form.is_valid():
            token = boundaries.put_aside(form.cleaned_data["file"])
            note_saved(request)
            return redirect("monitoring:boundary_check", token=token)
    context = {
        "form": form,
        "heading": "Impor batas wilayah",
        "intro": "Berkas diperiksa dahulu. Belum ada yang disimpan sampai Anda melihat apa yang terbaca.",
        "submit_label": "Unggah dan lanjutkan",
        "cancel_url": reverse("monitoring:boundary_list"),
        "crumbs": crumbs(("Impor", "")),
    }
    return render(request, "partials/form_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def boundary_check(request, token):
    """Preview of the outlines, before anything is saved."""
    require(request.user, Right.MANAGE_SETTINGS)
    try:
        features = boundaries.taken_up(token)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("monitoring:boundary_import")
    known = boundaries.known_places(request.user)
    matches = boundaries.matches(features, known)
    form = BoundaryChoice(request.POST if request.method == "POST" else None, matches=matches)
    if request.method == "POST" and form.is_valid():
        try:
            count = boundaries.save(features, form.cleaned_data["name"], form.cleaned_data["source"], request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            boundaries.forget(token)
            messages.success(request, f"{count} batas wilayah tersimpan.")
            warn_of_letters(request, form)
            return redirect("monitoring:map")
    context = {
        "form": form,
        "matches": matches,
        "count": len(features),
        "points": sum(len(ring) for feature in features for ring in feature.rings),
        "names": {name: None for feature in features[:50] for name in feature.properties},
        "submit_label": "Simpan batas wilayah",
        "cancel_url": reverse("monitoring:boundary_list"),
        "crumbs": crumbs(("Periksa", "")),
    }
    return render(request, "monitoring/boundary_check.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def boundary_delete(request):
    require(request.user, Right.MANAGE_SETTINGS)
    count = boundaries.visible_boundaries(request.user).count()
    return confirm(
        request,
        lambda: f"{boundaries.remove_all(request.user)} batas wilayah dihapus.",
        question="Hapus semua batas wilayah?",
        loss=f"{count} batas hilang dari peta. Titik desa tetap ada.",
        submit_label="Hapus semua batas",
        cancel_url=reverse("monitoring:boundary_list"),
        crumbs=crumbs(("Hapus", "")),
    )
