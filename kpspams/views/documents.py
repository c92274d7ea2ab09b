"""Pages of the legal documents of a group."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.generic import CreateView, UpdateView

from accounts.rights import Right
from accounts.scoping import EditableMixin, PartMixin
from kpspams.forms.groups import LegalDocumentForm
from kpspams.models import KpspamsGroup, LegalDocument
from kpspams.views.groups import crumbs_of
from records.editing import SaveMixin
from records.files import serve


class DocumentCreate(PartMixin, SaveMixin, CreateView):
    model = LegalDocument
    form_class = LegalDocumentForm
    whole, part_of = KpspamsGroup, "group"
    right = Right.EDIT_GROUPS
    submit_label = "Simpan dokumen"

    def get_initial(self):
        """Presets `?jenis=sk` from a missing SK."""
        requested = self.request.GET.get("jenis", "")
        return {"kind": requested} if requested in LegalDocument.Kind.values else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Catat dokumen {self.parent}", crumbs=crumbs_of(self.parent, ("Catat dokumen", "")), **kwargs
        )


class DocumentUpdate(SaveMixin, EditableMixin, UpdateView):
    model = LegalDocument
    form_class = LegalDocumentForm
    right = Right.EDIT_GROUPS
    submit_label = "Simpan dokumen"

    def get_queryset(self):
        return super().get_queryset().select_related("group")

    def get_context_data(self, **kwargs):
        document = LegalDocument.objects.select_related("group").get(pk=self.object.pk)
        heading = f"Ubah {document}"
        return super().get_context_data(heading=heading, crumbs=crumbs_of(document.group, (heading, "")), **kwargs)


@require_safe
def document_file(request, pk):
    """Serves the scan of a legal document to users who see its group."""
    document = get_object_or_404(LegalDocument.objects.visible_to(request.user).select_related("scan", "group"), pk=pk)
    if document.scan is None:
        raise Http404
    return serve(request, document.scan, document.group.get_absolute_url())
