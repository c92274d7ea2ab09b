"""Previews: the unsaved choices of a settings form, on sample data."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts import throttle
from accounts.models import District
from accounts.rights import Right
from accounts.scoping import require
from documents import registry
from documents.base import Document
from documents.choices import CONTENT_TYPES, Format, OwnTemplate
from documents.models import DocumentSetting, DocumentTemplate
from documents.rendering.pdf import PdfUnavailable
from documents.rendering.verification import Unfaithful
from reports.forms.settings import DocumentSettingForm, LetterTextForm
from reports.forms.templates import DocumentTemplateForm
from reports.services import previews
from reports.services.production import explain
from reports.views.reports import attachment
from reports.views.settings import (
    document_form_context,
    document_of,
    document_settings_url,
    new_text,
    text_form_context,
)
from reports.views.templates import form_context, new_template


@require_POST
def document_preview(request, pk, kind):
    """The kind on sample data with the unsaved settings of the form."""
    require(request.user, Right.MANAGE_SETTINGS)
    district = get_object_or_404(District.objects.editable_by(request.user).select_related("settings_row"), pk=pk)
    document = document_of(kind)
    if not document.has_settings:
        raise Http404(f"{kind} has nothing to choose")
    row = DocumentSetting.of(district, kind)
    form = DocumentSettingForm(request.POST, instance=row, user=request.user)
    if not form.is_valid():
        context = document_form_context(DocumentSetting.of(district, kind))
        return _not_previewed(request, "reports/settings/document_form.html", context | {"form": form, "object": row})
    return _previewed(request, document, district, form.instance)


@require_POST
def text_preview(request, pk, kind, part):
    """The letter on sample data with the unsaved wording of the form."""
    require(request.user, Right.MANAGE_SETTINGS)
    row = new_text(request, {"pk": pk, "kind": kind, "part": part})
    form = LetterTextForm(request.POST, instance=row, user=request.user)
    # Only the wording is previewed: its day may be taken, and the form is not saved.
    form.fields["valid_from"].required = False
    if not form.is_valid() and "body" in form.errors:
        context = text_form_context(new_text(request, {"pk": pk, "kind": kind, "part": part}))
        return _not_previewed(request, "reports/settings/text_form.html", context | {"form": form})
    return _previewed(request, registry.document(row.kind), row.district, (part, form.cleaned_data["body"]))


@require_POST
def document_template_preview(request, pk, kind):
    """The kind on sample data with the uploaded file, which is not stored."""
    require(request.user, Right.ISSUE_REPORTS)
    parts = {"pk": pk, "kind": kind}
    row = new_template(request, parts)
    form = DocumentTemplateForm(request.POST, request.FILES, instance=row, user=request.user)
    form.is_valid()  # only the file is previewed: the day may be taken
    if not form.cleaned_data.get("upload"):
        if "upload" not in form.errors:
            form.add_error("upload", "Pilih berkasnya dahulu, lalu tekan Pratinjau.")
        context = form_context(new_template(request, parts))
        return _not_previewed(request, "reports/settings/template_form.html", context | {"form": form})
    own = previews.OwnFile(form.cleaned_data["upload"].read())
    return _previewed(request, registry.document(row.kind), row.district, own)


@require_POST
def document_template_try(request, pk):
    """The kind on sample data with a stored template."""
    require(request.user, Right.ISSUE_REPORTS)
    rows = DocumentTemplate.objects.visible_to(request.user).exclude(file="")
    row = get_object_or_404(rows.select_related("district__settings_row"), pk=pk)
    try:
        with row.file.open("rb") as file:
            own = previews.OwnFile(file.read())
    except FileNotFoundError:
        raise Http404("The file of the template is gone.") from None
    return _previewed(request, registry.document(row.kind), row.district, own)


def _previewed(request, document: Document[Any, Any], district, choice):
    try:
        throttle.take_user(request.user, "preview")
        content = previews.make(document, district, choice, request.POST.get("kertas", ""))
    except throttle.TooFast as error:
        return _refused(request, district, f"Terlalu sering. Coba lagi {throttle.wait_in_words(error.wait)} lagi.")
    except (ValidationError, PdfUnavailable, Unfaithful) as error:
        return _refused(request, district, explain(error))
    is_word = isinstance(choice, previews.OwnFile) and document.own_template == OwnTemplate.DOCX
    format = Format.DOCX if is_word else Format.PDF
    return attachment(content, CONTENT_TYPES[format], f"pratinjau-{document.kind.replace('_', '-')}.{format}")


def _refused(request, district, message: str):
    messages.error(request, message)
    return redirect(document_settings_url(district))


def _not_previewed(request, template, context):
    context |= {"submit_label": "Simpan", "summary_title": "Pratinjau belum dapat dibuat. Periksa isian berikut:"}
    return render(request, template, context, status=200)
