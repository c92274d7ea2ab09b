"""Menyiapkan portal: the steps of a new kabupaten, on Beranda until all are done and on a page of their own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from accounts.models import SkippedStep
from accounts.rights import Right, may
from accounts.scoping import RightMixin, require
from accounts.setup import restore, setup_of, skip, step_of


class SetupPage(RightMixin, TemplateView):
    right = Right.EDIT_REGISTRY
    template_name = "monitoring/setup.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"setup": setup_of(self.request.user)}


def own_district(user):
    """An account of all kabupaten has no list of its own."""
    require(user, Right.EDIT_REGISTRY)
    if user.district is None:
        raise Http404("An account of all kabupaten sets none of them up")
    return user.district


@require_POST
def setup_skip(request):
    """Leaves one step out; without a step, hides the list."""
    district, key = own_district(request.user), request.POST.get("langkah", "")
    if not key:
        require(request.user, Right.MANAGE_SETTINGS)
        skip(district, SkippedStep.WHOLE_LIST, "seluruh daftar", by=request.user)
        messages.success(
            request, "Daftar Menyiapkan portal disembunyikan. Menampilkannya lagi: halaman Pengaturan kabupaten."
        )
        return redirect("monitoring:home")
    step = step_of(key)
    if step is None:
        raise Http404(f"No step {key}")
    if not (step.may_skip and may(request.user, step.right)):
        raise PermissionDenied(f"{request.user.pk} may not skip {key}")
    skip(district, step.key, step.label, by=request.user)
    messages.success(request, f"Langkah “{step.label}” dilewati.")
    return redirect("monitoring:home")


@require_POST
def setup_restore(request):
    district = own_district(request.user)
    require(request.user, Right.MANAGE_SETTINGS)
    restore(district, by=request.user)
    messages.success(request, "Semua langkah Menyiapkan portal ditampilkan lagi.")
    return redirect("monitoring:setup")
