"""Page of a form whose CSRF token or login had expired: its values are shown and can be sent again.

Posted values beside a fresh token must not let a foreign page post in the name of the user. They do not: only a POST
whose Origin (or, without one, Referer) is this host is shown, and a foreign page can set neither; nothing is sent
automatically: the user reads address and values, and presses the button.
"""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.shortcuts import redirect, render, resolve_url
from django.urls import Resolver404, resolve

from records.formats import iso_date_id
from records.saved_drafts import FIELD as DRAFT_KEY
from records.sent_content import ABOUT_SENDING

SECRETS = ("password", "sandi")  # parts of names whose values are never shown or sent again
MAX_SHOWN, MAX_TEXT = 200, 2_000  # rows shown, and characters of each; all of them are sent
EXPIRED = (
    "Kiriman Anda belum diterima dan tidak ada yang diubah. Biasanya ini terjadi bila halaman terbuka terlalu lama, "
    "atau Anda masuk lagi di tab lain."
)
LOGGED_OUT = (
    "Kiriman Anda belum diterima dan tidak ada yang diubah, karena Anda sudah tidak masuk. Masuk dahulu di tab baru, "
    "lalu kembali ke halaman ini dan kirim lagi."
)

UNDONE = "belum"  # in the address of the login: what was pressed before it was not done


def csrf_failure(request, reason=""):
    """Django's page for a token that is missing or too old (settings.CSRF_FAILURE_VIEW)."""
    if is_button(request) and not request.user.is_authenticated:
        return login_after_press(request)
    if is_from_own_page(request) and not holds_secrets(request.POST) and words_of(request):
        return resend_page(request, heading="Formulir ini sudah kedaluwarsa", text=EXPIRED, status=403)
    return render(request, "403_csrf.html", status=403)


def logged_out_page(request):
    """Page for a POST after the session ended; its token was checked before."""
    return resend_page(
        request,
        heading="Anda sudah tidak masuk",
        text=LOGGED_OUT,
        login_url=resolve_url(settings.LOGIN_URL),
        status=401,
    )


def login_after_press(request, login_url: str = ""):
    """Redirects a button pressed without a session to the login, and that to the page of the button.

    The address says that nothing was done, not the session: a visitor without an account stores no row.
    """
    page = own_referer(request)
    query = urlencode({"next": page, UNDONE: 1} if page else {UNDONE: 1}, safe="/")
    return redirect(f"{resolve_url(login_url or settings.LOGIN_URL)}?{query}")


def is_from_own_page(request) -> bool:
    sender = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    return (sender.scheme, sender.netloc) == (request.scheme, request.get_host())


def own_referer(request) -> str:
    """The path of the page of this host that the request came from, or ""."""
    sender = urlsplit(request.headers.get("Referer", ""))
    if (sender.scheme, sender.netloc) != (request.scheme, request.get_host()):
        return ""
    return f"{sender.path}?{sender.query}" if sender.query else sender.path


def is_button(request) -> bool:
    """A form is sent to its own address, a button to another one than that of our page on which it stands."""
    page = own_referer(request)
    return bool(page) and DRAFT_KEY not in request.POST and urlsplit(page).path != request.path


def page_above(path: str) -> str:
    """The nearest address above `path` that is one of the portal's: a button's page stands above it."""
    while path := path.rstrip("/").rpartition("/")[0]:
        try:
            resolve(f"{path}/")
        except Resolver404:
            continue
        return f"{path}/"
    return "/"


def holds_secrets(data) -> bool:
    return any(part in name.lower() for name in data for part in SECRETS)


def words_of(request) -> list[dict]:
    """The posted values for display: label and text."""
    labels = _labels(request.path)
    rows = []
    for name, values in request.POST.lists():
        text = ", ".join(filter(None, values)).strip()
        if text and name.rpartition("-")[2] not in ABOUT_SENDING:
            label, choices = labels.get(name, (name.replace("_", " ").replace("-", " "), {}))
            rows.append({"label": label, "text": choices.get(text, iso_date_id(text))[:MAX_TEXT]})
    return rows


def _labels(path: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Label and choices of the fields of the form at this URL, where its class has them."""
    try:
        form_class = getattr(getattr(resolve(path).func, "view_class", None), "form_class", None)
    except Resolver404:
        form_class = None
    fields = getattr(form_class, "base_fields", {})
    return {name: (str(field.label or name), _choices(field)) for name, field in fields.items()}


def _choices(field) -> dict[str, str]:
    listed = getattr(field, "choices", ()) if not hasattr(field, "queryset") else ()
    return {str(value): str(label) for value, label in listed if isinstance(label, str)}


def resend_page(request, *, heading: str, text: str, status: int, login_url: str = ""):
    labels = _labels(request.path)
    words = words_of(request)
    page = own_referer(request)
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "heading": heading,
        "text": text,
        "login_url": login_url,
        "not_taken": True,
        "page": page if urlsplit(page).path != request.path else "",
        "address": request.get_full_path(),
        "words": words[:MAX_SHOWN],
        "unshown": max(0, len(words) - MAX_SHOWN),
        "fields": [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"],
        "uploads": [
            {
                "name": name,
                "label": labels.get(name, (name, {}))[0],
                "files": ", ".join(file.name for file in files),
                "several": len(files) > 1,
            }
            for name, files in request.FILES.lists()
        ],
    }
    return render(request, "resend_form.html", context, status=status)
