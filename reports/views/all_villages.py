"""Pages of "Dokumen semua desa": choose a kind of document, see which villages get it and which cannot, request it."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.rights import Right
from accounts.scoping import require
from reports.forms.all_villages import AllVillagesForm
from reports.forms.requests import KeyForm
from reports.services.bundles import all_villages as batches


@require_safe
def all_villages(request):
    """The choice by GET; with a choice, its documents village by village."""
    require(request.user, Right.REQUEST_REPORTS)
    form = AllVillagesForm(request.GET, user=request.user)
    chosen = bool(request.GET.get("dokumen"))
    context = {"form": form, "chosen": chosen, "key": uuid.uuid4()}
    if chosen and form.is_valid():
        selection = form.selection()
        if not batches.may_request(selection, request.user):
            raise PermissionDenied(f"{request.user.pk} may not request {selection.choice.document.kind}")
        context |= {"selection": selection, "found": batches.available(selection)}
    elif not chosen:
        form.errors.clear()
    return render(request, "reports/bundle_all_villages.html", context)


@require_POST
def all_villages_request(request):
    require(request.user, Right.REQUEST_REPORTS)
    form, key = AllVillagesForm(request.POST, user=request.user), KeyForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Permintaan tidak lengkap. Pilih dokumen dan desanya sekali lagi.")
        return redirect("reports:all_villages")
    try:
        bundle = batches.request_bundle(
            form.selection(), request.user, key=key.cleaned_data["key"] if key.is_valid() else None
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(f"{reverse('reports:all_villages')}?{form.query}")
    if bundle.is_under_way:
        messages.success(
            request,
            f"{bundle.total} dokumen sedang dibuat. Anda boleh membuka halaman lain; hasilnya tersimpan di sini.",
        )
    return redirect(bundle)
