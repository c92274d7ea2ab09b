"""Pages of Verifikasi Dokumen: the document of a verification code, for everybody, without login."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from accounts import throttle
from documents.layout import footer
from reports.queries import verification as verifying
from reports.queries import verified_files
from reports.services.issuing import read_code


@login_not_required
@require_safe
def verification_form(request):
    """Form for a code, which redirects to its page."""
    if typed := request.GET.get("kode", "").strip():
        if verifying.read_reference(typed):
            return verification(request, typed)
        return redirect("reports:verification", verified_files.read_sha256(typed) or read_code(typed) or "salah-tulis")
    return _answer(request, {})


@login_not_required
@require_safe
def verification(request, code):
    """One code. Only wrong codes count towards the limit of a network; an office may check all of its documents."""
    try:
        throttle.take_network(request, "codes")
    except throttle.TooFast as error:
        answer = _answer(request, {"wait": throttle.wait_in_words(error.wait)}, status=429)
        answer["Retry-After"] = str(error.wait)
        return answer
    if reference := verifying.read_reference(code):
        return _reference(request, verifying.find_reference(reference))
    sha256 = verified_files.read_sha256(code)
    found = verified_files.find_file(sha256) if sha256 else verifying.find(code)
    if found is None:
        return _answer(request, {"unknown_file" if sha256 else "unknown": True}, status=404)
    throttle.give_back_network(request, "codes")
    return _answer(request, {"found": found})


def _reference(request, reference):
    """An unknown kode dokumen is not a forgery: documents that were not issued are deleted after some time."""
    if reference.is_known:
        throttle.give_back_network(request, "codes")
    return _answer(request, {"reference": reference})


def _answer(request, context, status=200):
    answer = render(request, "reports/verification.html", context | {"what": footer.NO_SIGNATURE}, status=status)
    add_never_cache_headers(answer)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
