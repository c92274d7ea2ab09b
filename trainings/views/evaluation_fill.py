"""Public page of the evaluation on a participant's phone, under the link of the day. It stores no identity."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from accounts import throttle
from trainings.forms.evaluation_links import MARK_LABELS, MAX_LENGTH, EvaluationFillForm
from trainings.models import EvaluationLink
from trainings.queries.evaluation_links import closed_text, form_questions_on
from trainings.services.evaluation_links import SentOtherwise, fill_sheet, read_token

SENT_OTHERWISE = "Evaluasi dari halaman ini sudah terkirim. Isian yang pertama yang dihitung; yang ini tidak dikirim."


def _link_of(request, token: str) -> EvaluationLink:
    """The link of this token. Only wrong tokens count for the throttle. Raises Http404 and throttle.TooFast."""
    throttle.take_network(request, "codes")
    link = EvaluationLink.objects.select_related("day__training").filter(token=read_token(token)).first()
    if link is None:
        raise Http404("no evaluation link has this token")
    throttle.give_back_network(request, "codes")
    return link


def _wait(request, error: throttle.TooFast):
    text = f"Terlalu banyak percobaan dari jaringan ini. Coba lagi sesudah {throttle.wait_in_words(error.wait)}."
    answer = render(
        request, "trainings/evaluation_filled.html", {"heading": "Tunggu sebentar", "text": text}, status=429
    )
    answer["Retry-After"] = str(error.wait)
    return answer


@login_not_required
@never_cache
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_fill(request, token):
    try:
        link = _link_of(request, token)
    except throttle.TooFast as error:
        return _wait(request, error)
    questions = form_questions_on(link.day)
    if request.method == "POST":
        return _receive(request, link, EvaluationFillForm(questions, request.POST))
    if reason := closed_text(link, timezone.now()):
        heading = "Evaluasi belum dibuka atau sudah ditutup"
        return render(request, "trainings/evaluation_filled.html", {"heading": heading, "text": reason, "link": link})
    return _page(request, link, EvaluationFillForm(questions))


def _receive(request, link: EvaluationLink, form: EvaluationFillForm):
    if form.errors:
        return _page(request, link, form, "Belum terkirim. Periksa isian bertanda merah.", 422)
    try:
        throttle.take_network(request, "evaluation")
    except throttle.TooFast as error:
        text = f"Belum terkirim: terlalu banyak kiriman dari jaringan ini. Kirim lagi sesudah {error.wait} detik."
        return _page(request, link, form, text, 429)
    try:
        fill_sheet(link, form.values, form.request_key, now=timezone.now())
    except SentOtherwise:
        return _page(request, link, form, SENT_OTHERWISE, 409)
    except ValidationError as error:
        return _page(request, link, form, error.messages[0], 422)
    throttle.give_back_network(request, "evaluation")
    return redirect("trainings:evaluation_filled", link.token)


def _page(request, link: EvaluationLink, form: EvaluationFillForm, problem: str = "", status: int = 200):
    context = {"link": link, "form": form, "problem": problem, "marks": MARK_LABELS, "max_length": MAX_LENGTH}
    return render(request, "trainings/evaluation_fill.html", context, status=status)


@login_not_required
@never_cache
@require_safe
def evaluation_filled(request, token):
    try:
        link = _link_of(request, token)
    except throttle.TooFast as error:
        return _wait(request, error)
    again = not closed_text(link, timezone.now())
    text = "Lembar Anda sudah masuk, tanpa nama. Isian Anda dipakai untuk memperbaiki pelatihan berikutnya."
    context = {"heading": "Terima kasih", "text": text, "link": link, "sent": True, "again": again}
    return render(request, "trainings/evaluation_filled.html", context)
