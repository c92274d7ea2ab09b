"""Pages of an office's own templates for a kind of document: current, future and past ones; upload, and the file."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import CreateView, DetailView, UpdateView

from accounts.models import District
from accounts.rights import Right
from accounts.scoping import EditableMixin, RightMixin, VisibleMixin, require
from documents.base import AnyDocument
from documents.choices import CONTENT_TYPES, Format, OwnTemplate
from documents.layout import word_template
from documents.models import DocumentTemplate
from records.editing import SaveMixin
from records.history import MAX_SHOWN
from records.models import Event
from reports.forms.templates import DocumentTemplateForm
from reports.views.reports import attachment
from reports.views.settings import crumbs, document_of

NOUNS = {OwnTemplate.BACKGROUND: "Latar", OwnTemplate.DOCX: "Berkas Word"}


def templates_url(district, kind) -> str:
    return reverse("reports:document_templates", args=[district.pk, kind])


def templated(kind: str) -> AnyDocument:
    """The document for the URL. Raises Http404 for a kind without own templates."""
    document = document_of(kind)
    if not document.own_template:
        raise Http404(f"{kind} takes no own template")
    return document


def heading(document: AnyDocument) -> str:
    return f"{NOUNS[document.own_template]} {uncapitalised(document.title)}"


def uncapitalised(text: str) -> str:
    """The text inside a sentence: names and abbreviations keep their capitals."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


class DocumentTemplates(VisibleMixin, DetailView):
    right = Right.ISSUE_REPORTS
    model = District
    template_name = "reports/settings/templates.html"

    def get_context_data(self, **kwargs):
        document = templated(self.kwargs["kind"])
        rows = list(DocumentTemplate.objects.filter(district=self.object, kind=document.kind).order_by("-valid_from"))
        today = localdate()
        holds = next((row for row in rows if row.valid_from <= today), None)
        for row in rows:
            row.state = "Berlaku" if row is holds else "Belum berlaku" if row.valid_from > today else "Digantikan"
        events = Event.objects.filter(kind="documents.documenttemplate", object_id__in=[row.pk for row in rows])
        return super().get_context_data(**kwargs) | {
            "document": document,
            "heading": heading(document),
            "crumbs": crumbs(self.object, (heading(document), "")),
            "is_background": document.own_template == OwnTemplate.BACKGROUND,
            "fields": document.word_form.values.items() if document.word_form else [],
            "lists": document.word_form.lists.items() if document.word_form else [],
            "each": sorted(document.word_form.each) if document.word_form else [],
            "rows": rows,
            "holds": holds if holds and holds.file else None,
            "events": events.select_related("by").order_by("-pk")[:MAX_SHOWN],
        }


class TemplateForm(SaveMixin):
    right = Right.ISSUE_REPORTS
    model = DocumentTemplate
    form_class = DocumentTemplateForm
    template_name = "reports/settings/template_form.html"

    def saved(self, form):
        """Names what was replaced, and which placeholders the file has."""
        answer = super().saved(form)
        if form.replaces:
            messages.info(self.request, "Berkas sebelumnya pada tanggal itu digantikan. Surat yang sudah dibuat tetap.")
        if form.placeholders and form.placeholders.names:
            names = ", ".join(f"{{{{ {name} }}}}" for name in form.placeholders.names)
            messages.info(self.request, f"Tanda isian yang terbaca: {names}.")
        return answer

    def get_success_url(self):
        return templates_url(self.object.district, self.object.kind)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | form_context(self.get_form_kwargs()["instance"])


def form_context(row: DocumentTemplate) -> dict:
    document = templated(row.kind)
    back = templates_url(row.district, row.kind)
    address = (
        reverse("reports:document_template_update", args=[row.pk])
        if row.pk
        else reverse("reports:document_template_create", args=[row.district_id, row.kind])
    )
    return {
        "heading": f"{'Ubah' if row.pk else 'Ganti'} {uncapitalised(heading(document))}",
        "submit_label": f"Simpan {uncapitalised(NOUNS[document.own_template])}",
        "crumbs": crumbs(row.district, (heading(document), back), ("Ubah" if row.pk else "Ganti", "")),
        "is_background": document.own_template == OwnTemplate.BACKGROUND,
        "cancel_url": back,
        "action": address,
        "preview_url": reverse("reports:document_template_preview", args=[row.district_id, row.kind]),
    }


class DocumentTemplateCreate(TemplateForm, RightMixin, CreateView):
    """With `?bawaan=1` the way back to the portal's own template."""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": new_template(self.request, self.kwargs)}

    def get_initial(self):
        return super().get_initial() | {"without": bool(self.request.GET.get("bawaan"))}


def new_template(request, parts) -> DocumentTemplate:
    """An unsaved row of the kind in the URL. Raises Http404."""
    district = get_object_or_404(District.objects.visible_to(request.user), pk=parts["pk"])
    return DocumentTemplate(district=district, kind=templated(parts["kind"]).kind)


class DocumentTemplateUpdate(TemplateForm, EditableMixin, UpdateView):
    queryset = DocumentTemplate.objects.select_related("district")


def document_template_file(request, pk):
    """The stored file, for the office that chose it; never at a public URL."""
    require(request.user, Right.ISSUE_REPORTS)
    row = get_object_or_404(DocumentTemplate.objects.visible_to(request.user).exclude(file=""), pk=pk)
    try:
        file = row.file.open("rb")
    except FileNotFoundError:
        raise Http404("The file of the template is gone.") from None
    if templated(row.kind).own_template == OwnTemplate.BACKGROUND:
        return FileResponse(file, content_type="image/jpeg")
    return attachment(file, CONTENT_TYPES[Format.DOCX], f"{row.kind.replace('_', '-')}.docx")


def document_template_starter(request, pk, kind):
    """A Word file with every placeholder in its place, as a starting point."""
    require(request.user, Right.ISSUE_REPORTS)
    row = new_template(request, {"pk": pk, "kind": kind})
    document = templated(row.kind)
    if not document.word_form:
        raise Http404(f"{kind} is no letter")
    form = document.word_form
    meanings = {name: meaning for name, (meaning, _) in form.values.items()}
    content = word_template.starter(document.title, meanings, form.lists)
    return attachment(content, CONTENT_TYPES[Format.DOCX], f"contoh-{row.kind.replace('_', '-')}.docx")
