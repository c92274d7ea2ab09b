"""Pages of Pengaturan dokumen: letterhead, signers and code of each kind of document, and the wording of letters."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import CreateView, DetailView, TemplateView, UpdateView

from accounts.models import District
from accounts.rights import Right, may
from accounts.scoping import EditableMixin, RightMixin, VisibleMixin
from documents import letters, registry, signers
from documents.base import Document
from documents.choices import Letterhead
from documents.letter_parts import LetterPart
from documents.models import DocumentSetting, DocumentTemplate, LetterText
from records.editing import SaveMixin
from records.history import MAX_SHOWN
from records.models import Event
from reports.forms.settings import DocumentSettingForm, LetterTextForm

HEADING = "Dokumen dan surat"
OWN = "bawaan jenis dokumen ini"


def document_settings_url(district) -> str:
    return reverse("reports:document_settings", args=[district.pk])


def texts_url(district, kind) -> str:
    return reverse("reports:letter_texts", args=[district.pk, kind])


def crumbs(district, *more) -> list[tuple[str, str]]:
    return [
        ("Beranda", reverse("monitoring:home")),
        ("Laporan", reverse("reports:report_list")),
        (HEADING, document_settings_url(district)),
        *more,
    ]


def document_of(kind: str) -> Document[Any, Any]:
    """The document for the kind in the URL. Raises Http404 for one that the portal does not print."""
    if kind not in registry.DOCUMENTS:
        raise Http404(f"no such kind: {kind}")
    return registry.document(kind)


def document_rows(district) -> list[dict]:
    """One line for each kind with its current settings. Three queries."""
    chosen = {row.kind: row for row in DocumentSetting.objects.filter(district=district)}
    texts = set(LetterText.objects.filter(district=district).values_list("kind", flat=True))
    own = DocumentTemplate.objects.kinds_on(district, localdate())
    return [
        _document_row(district, document, chosen.get(kind), kind in texts) | {"has_template": kind in own}
        for kind, document in registry.DOCUMENTS.items()
    ]


def _document_row(district, document: Document[Any, Any], row: DocumentSetting | None, has_texts: bool) -> dict:
    letterhead = row.letterhead if row else document.letterhead
    own = [vars(signer) for signer in document.default_signers(district)]
    chosen = signers.describe(row.signers if row and row.signers else own)
    parts = [label for label in (document.other_signers, chosen) if label]
    return {
        "document": document,
        "letterhead": Letterhead(letterhead).label if letterhead else "Tanpa kop",
        "signers": "; ".join(parts) or "Tidak ditandatangani",
        "own": row is None,
        "coded": (row or DocumentSetting()).coded,
        "may_be_coded": document.is_issued(),
        "is_letter": bool(document.letter_parts),
        "has_texts": has_texts,
    }


class DocumentHome(RightMixin, TemplateView):
    """With one kabupaten its page, otherwise a choice of kabupaten."""

    right = Right.ISSUE_REPORTS
    template_name = "reports/settings/home.html"

    def get(self, request, *args, **kwargs):
        self.districts = list(District.objects.visible_to(request.user))
        if len(self.districts) == 1:
            return redirect(document_settings_url(self.districts[0]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"districts": self.districts}


class DocumentSettings(VisibleMixin, DetailView):
    right = Right.ISSUE_REPORTS
    model = District
    queryset = District.objects.select_related("settings_row")
    template_name = "reports/settings/documents.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "rows": document_rows(self.object),
            "may_edit": may(self.request.user, Right.MANAGE_SETTINGS),
        }


class DocumentSettingUpdate(SaveMixin, RightMixin, UpdateView):
    """The row is created when an admin saves for the first time; until then the defaults of the kind apply."""

    right = Right.MANAGE_SETTINGS
    form_class = DocumentSettingForm
    template_name = "reports/settings/document_form.html"
    submit_label = "Simpan setelan"

    def get_object(self, queryset=None):
        document = document_of(self.kwargs["kind"])
        districts = District.objects.editable_by(self.request.user).select_related("settings_row")
        return DocumentSetting.of(get_object_or_404(districts, pk=self.kwargs["pk"]), document.kind)

    def get_success_url(self):
        return document_settings_url(self.object.district)

    get_cancel_url = get_success_url

    def conflict_rows(self, form, current):
        """The signers are no field of the form, so conflicts in them are shown beside the fields."""
        rows = super().conflict_rows(form, current)
        mine, theirs = (signers.describe(row.signers) or OWN for row in (form.instance, current))
        if mine != theirs:
            rows.append({"label": "Penanda tangan", "mine": mine, "theirs": theirs})
        return rows

    def is_first_saving(self, form, current, rows):
        """The submitted values are recorded without the signers, so the stored ones decide."""
        return not rows and str(current.request_key) == self.request.POST.get("request_key")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | document_form_context(self.object)


def document_form_context(row: DocumentSetting) -> dict:
    label = row.get_kind_display()
    document = registry.document(row.kind)
    return {
        "heading": f"Setelan {label.lower()}",
        "crumbs": crumbs(row.district, (label, "")),
        "document": document,
        "is_letter": bool(document.letter_parts),
        "texts_url": texts_url(row.district, row.kind),
        "preview_url": reverse("reports:document_preview", args=[row.district_id, row.kind]),
        "previewed": document.has_settings,
        "action": reverse("reports:document_setting", args=[row.district_id, row.kind]),
        "events": row.events[:MAX_SHOWN] if row.pk else (),
    }


class LetterTexts(VisibleMixin, DetailView):
    """The parts of one letter: current, future and past wordings."""

    right = Right.ISSUE_REPORTS
    model = District
    template_name = "reports/settings/texts.html"

    def get_context_data(self, **kwargs):
        document = letter_of(self.kwargs["kind"])
        rows = LetterText.objects.filter(district=self.object, kind=document.kind).order_by("part", "-valid_from")
        by_part: dict[str, list[LetterText]] = {}
        for row in rows:
            by_part.setdefault(row.part, []).append(row)
        today = localdate()
        events = Event.objects.filter(kind="documents.lettertext", object_id__in=[row.pk for row in rows])
        return super().get_context_data(**kwargs) | {
            "document": document,
            "crumbs": crumbs(self.object, (f"Naskah {document.title.lower()}", "")),
            "parts": [_part(part, by_part.get(part.name, []), today) for part in document.letter_parts.values()],
            "may_edit": may(self.request.user, Right.MANAGE_SETTINGS),
            "events": events.select_related("by").order_by("-pk")[:MAX_SHOWN],
        }


def _part(part: LetterPart, rows: list[LetterText], today) -> dict:
    holds = next((row for row in rows if row.valid_from <= today), None)
    for row in rows:
        row.state = "Berlaku" if row is holds else "Belum berlaku" if row.valid_from > today else "Digantikan"
    return {"part": part, "rows": rows, "holds": holds, "text": holds.body if holds else part.text}


def letter_of(kind: str) -> Document[Any, Any]:
    document = document_of(kind)
    if not document.letter_parts:
        raise Http404(f"{kind} has no wording to choose")
    return document


class TextForm(SaveMixin):
    right = Right.MANAGE_SETTINGS
    form_class = LetterTextForm
    template_name = "reports/settings/text_form.html"
    submit_label = "Simpan naskah"

    def get_success_url(self):
        return texts_url(self.object.district, self.object.kind)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | text_form_context(self.get_form_kwargs()["instance"])


def text_form_context(row: LetterText) -> dict:
    part = registry.document(row.kind).letter_parts[row.part]
    label = row.get_kind_display().lower()
    back = texts_url(row.district, row.kind)
    address = (
        reverse("reports:letter_text_update", args=[row.pk])
        if row.pk
        else reverse("reports:letter_text_create", args=[row.district_id, row.kind, row.part])
    )
    return {
        "heading": f"{part.label}: naskah {label}",
        "crumbs": crumbs(row.district, (f"Naskah {label}", back), (part.label, "")),
        "part": part,
        "cancel_url": back,
        "preview_url": reverse("reports:text_preview", args=[row.district_id, row.kind, row.part]),
        "action": address,
        "events": row.events[:MAX_SHOWN] if row.pk else (),
    }


class LetterTextCreate(TextForm, RightMixin, CreateView):
    """Starts with the current wording; with `?bawaan=1` with the portal's own, to go back to it."""

    model = LetterText

    def get_form_kwargs(self):
        row = new_text(self.request, self.kwargs)
        return super().get_form_kwargs() | {"instance": row}

    def get_initial(self):
        row = new_text(self.request, self.kwargs)
        document = registry.document(row.kind)
        own = document.letter_parts[row.part].text
        held = letters.Letter(document, row.district, localdate()).bodies.get(row.part, own)
        return super().get_initial() | {"body": own if self.request.GET.get("bawaan") else held}


def new_text(request, parts) -> LetterText:
    """An unsaved row of the part in the URL. Raises Http404."""
    district = get_object_or_404(District.objects.editable_by(request.user), pk=parts["pk"])
    document = letter_of(parts["kind"])
    if parts["part"] not in document.letter_parts:
        raise Http404(f"no such part: {parts['part']}")
    return LetterText(district=district, kind=document.kind, part=parts["part"])


class LetterTextUpdate(TextForm, EditableMixin, UpdateView):
    model = LetterText
    queryset = LetterText.objects.select_related("district")
