"""The address of one's own calendar: its page, and the public file that calendar programs read under it."""

from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import TemplateView

from accounts import throttle
from accounts.backends import AccountBackend
from accounts.models import User
from monitoring.queries.calendar import Entry, entries_between
from monitoring.rules.icalendar import CONTENT_TYPE, CalendarEvent, calendar_text
from monitoring.services import calendar_feeds as services
from monitoring.views.calendar import calendar_crumbs
from records.confirming import confirm_page

IN_SESSION = "calendar_token"  # a new address is shown until its session ends
DAYS_BACK, DAYS_AHEAD = 92, 366
MAX_IN_FILE = 2000  # trainings and visits each, the newest
PAGE = "monitoring:calendar_feed"


class CalendarFeedPage(TemplateView):
    template_name = "monitoring/calendar_feed.html"

    def get_context_data(self, **kwargs):
        feed = services.feed_of(self.request.user)
        token = self.request.session.get(IN_SESSION, "")
        fresh = bool(feed and token and services.hash_of(token) == feed.token_hash)
        address = urljoin(settings.PORTAL_URL, reverse("monitoring:calendar_file", args=[token])) if fresh else ""
        crumbs = calendar_crumbs(("Langganan", ""))
        return super().get_context_data(**kwargs) | {"feed": feed, "address": address, "crumbs": crumbs}


def _made(request, token: str, done: str):
    """A second click finds the address made: the page shows that of the first."""
    if token:
        request.session[IN_SESSION] = token
        messages.success(request, done)
    return redirect(PAGE)


@require_POST
@sensitive_variables("token")
def calendar_feed_create(request):
    token = services.create_feed(request.user)
    return _made(request, token, "Alamat kalender dibuat. Salin sekarang; sesudah Anda keluar tidak ditampilkan lagi.")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def calendar_feed_renew(request, issue):
    """`issue`: which address is replaced; a second click finds it replaced already."""
    if request.method != "POST":
        return confirm_page(
            request,
            question="Ganti alamat kalender Anda?",
            loss="Alamat lama tidak berlaku lagi. Kalender di ponsel atau komputer Anda perlu diberi alamat yang baru.",
            submit_label="Ganti alamat",
            cancel_url=reverse(PAGE),
            crumbs=calendar_crumbs(("Langganan", reverse(PAGE)), ("Ganti alamat", "")),
        )
    token = services.renew_feed(request.user, issue)
    return _made(request, token, "Alamat kalender diganti. Salin sekarang; sesudah Anda keluar tidak ditampilkan lagi.")


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed_remove(request):
    if request.method != "POST":
        return confirm_page(
            request,
            question="Matikan alamat kalender Anda?",
            loss="Kalender di ponsel atau komputer Anda tidak diperbarui lagi. Alamat baru dapat dibuat kapan saja.",
            submit_label="Matikan alamat",
            cancel_url=reverse(PAGE),
            crumbs=calendar_crumbs(("Langganan", reverse(PAGE)), ("Matikan alamat", "")),
        )
    request.session.pop(IN_SESSION, None)
    if services.remove_feed(request.user):
        messages.success(request, "Alamat kalender dimatikan.")
    return redirect(PAGE)


@login_not_required
@require_safe
@sensitive_variables("token")
def calendar_file(request, token):
    """An unknown token, and one of an account that may not log in, are the same 404. Only such cost the network."""
    try:
        throttle.take_network(request, "codes")
        user = _reader(token)
        throttle.give_back_network(request, "codes")
        throttle.take_user(user, "calendar")
    except throttle.TooFast as error:
        text = f"Terlalu sering dibaca. Coba lagi sesudah {throttle.wait_in_words(error.wait)}."
        answer = HttpResponse(text, content_type="text/plain; charset=utf-8", status=429)
        answer["Retry-After"] = str(error.wait)
        return _private(answer)
    today = timezone.localdate()
    first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    entries, _ = entries_between(user, first, last, limit=MAX_IN_FILE)
    text = calendar_text("Kegiatan Pamsimas", map(_event, entries), timezone.now())
    answer = HttpResponse(text.encode(), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = 'inline; filename="kegiatan-pamsimas.ics"'
    return _private(answer)


def _reader(token: str) -> User:
    feed = services.feed_of_token(token)
    user = AccountBackend().get_user(feed.user_id) if feed else None
    if user is None or user.has_temporary_password:
        raise Http404("no calendar has this address")
    return user


def _event(entry: Entry) -> CalendarEvent:
    starts, ends = entry.moments
    sample = "[CONTOH] " if entry.sample else ""
    who = f" ({entry.people})" if entry.people else ""
    return CalendarEvent(
        uid=f"{entry.uid}@{urlsplit(settings.PORTAL_URL).hostname}",
        summary=f"{sample}{'DIBATALKAN: ' if entry.cancelled else ''}{entry.title}{who}",
        day=entry.day,
        starts=starts,
        ends=ends,
        location=entry.place,
        url=urljoin(settings.PORTAL_URL, entry.url),
        cancelled=entry.cancelled,
    )


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
