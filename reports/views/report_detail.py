"""Pages of one document: its facts and history, withdrawing it, and its signed copies."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import CreateView, DetailView

from accounts.rights import Right, may
from accounts.scoping import PartMixin, VisibleMixin, require
from documents.layout import footer
from records import formats
from records.editing import SaveMixin, warn_of_letters
from records.fields import SeenField
from records.files import serve
from reports.forms.signed_copies import SignedCopyForm
from reports.models import Report, SignedCopy
from reports.services import issuing


def detail_url(report: Report) -> str:
    return reverse("reports:report_detail", args=[report.pk])


def crumbs(report: Report, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Beranda, Laporan, the document, and the page below it."""
    return [
        ("Beranda", reverse("monitoring:home")),
        ("Laporan", reverse("reports:report_list")),
        (report.title, detail_url(report) if more else ""),
        *more,
    ]


class ReportDetail(VisibleMixin, DetailView):
    model = Report
    template_name = "reports/report_detail.html"
    context_object_name = "report"

    def get_queryset(self):
        return super().get_queryset().with_subjects().select_related("office_profile", "replaced_by")

    def get_context_data(self, **kwargs):
        report, user = self.object, self.request.user
        issues = may(user, Right.ISSUE_REPORTS)
        certificates = [
            (row.number or "tanpa nomor", row.code, footer.printed_code(row.code)) for row in _codes(report)
        ]
        return super().get_context_data(**kwargs) | {
            "crumbs": crumbs(report),
            "facts": _facts(report),
            "copies": SignedCopy.objects.visible_to(user).filter(report=report).select_related("file", "recorded_by"),
            "takes_copies": issues and issuing.takes_signatures(report),
            "may_withdraw": issues and issuing.may_be_withdrawn(report),
            "printed_code": footer.printed_code(report.code) if report.code and not certificates else "",
            "certificates": certificates,
            "sentence": footer.NO_SIGNATURE,
        }


def _codes(report: Report):
    """The codes of the single certificates in a report."""
    return report.certificate_codes.order_by("participant__number")


def _facts(report: Report) -> list[dict[str, str]]:
    number = formats.number_id
    replaced = report.replaced_by
    facts = [
        {"label": "Tentang", "value": report.subject_text, "url": report.subject_url},
        {"label": "Bentuk", "value": report.get_format_display()},
        {
            "label": "Diminta",
            "value": f"{formats.moment_id(report.requested_at)} oleh {report.by.name if report.by else 'portal'}",
        },
        {"label": "Pembaca", "value": report.get_audience_display()},
        {
            "label": "Kedudukan",
            "value": report.get_issue_status_display() if report.state == Report.State.READY else "",
        },
        {
            "label": "Diterbitkan",
            "value": formats.date_id(report.issued_on) if report.issued_on else "",
            "missing": "Tidak diterbitkan",
        },
        {"label": "Kode dokumen", "value": report.reference, "missing": "Ada setelah dokumen dibuat"},
        {"label": "Halaman", "value": number(report.pages) if report.pages else "", "missing": "–"},
        {"label": "Ukuran", "value": f"{number(report.bytes)} byte" if report.bytes else "", "missing": "–"},
        {
            "label": "Lama pembuatan",
            "value": f"{number(report.seconds, 2)} detik" if report.seconds else "",
            "missing": "–",
        },
        {"label": "SHA-256", "value": report.sha256, "missing": "–"},
        {
            "label": "Bentuk cetakan",
            "value": f"versi {report.template_version}" if report.template_version else "",
            "missing": "–",
        },
        {"label": "Profil kantor", "value": str(report.office_profile or ""), "missing": "–"},
    ]
    if replaced:
        text = f"{replaced.title}, terbit {formats.date_id(replaced.issued_on)}"
        facts.append({"label": "Digantikan oleh", "value": text, "url": detail_url(replaced)})
    if report.withdrawn_on:
        text = f"{formats.date_id(report.withdrawn_on)}: {report.withdrawn_reason}"
        facts.append({"label": "Dicabut", "value": text})
    return facts


class WithdrawForm(forms.Form):
    reason = SeenField(
        label="Alasan pencabutan",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="Tersimpan dalam riwayat; halaman verifikasi hanya menyebut tanggal pencabutan.",
        error_messages={"required": "Tulis alasan pencabutan."},
    )


WITHDRAW = (
    "Dokumen tetap tersimpan, tetapi tidak berlaku lagi. Pencabutan tidak dapat dibatalkan; terbitkan dokumen baru "
    "bila diperlukan."
)
WITHDRAW_LETTER = (
    "Cabut surat yang belum dikirim, atau yang penarikannya sudah diberitahukan kepada penerima. Surat tetap "
    "tersimpan, dan nomornya boleh dipakai surat baru. Pencabutan tidak dapat dibatalkan."
)


@require_http_methods(["GET", "POST"])
def report_withdraw(request, pk):
    """Asks for the reason first; the document stays in the portal as withdrawn."""
    require(request.user, Right.ISSUE_REPORTS)
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    form = WithdrawForm(request.POST or None)
    letter = issuing.is_sent_letter(report)
    if request.method == "POST" and form.is_valid():
        try:
            issuing.withdraw(report, form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            messages.error(request, error.message)
        else:
            since = "Surat baru dapat dicetak" if letter else "Halaman verifikasi menyebutnya mulai sekarang"
            messages.success(request, f"{report.title} dicabut. {since}.")
            warn_of_letters(request, form)
        return redirect(detail_url(report))
    context = {
        "form": form,
        "heading": f"Cabut {report.title}",
        "intro": WITHDRAW_LETTER if letter else WITHDRAW,
        "submit_label": "Cabut dokumen",
        "cancel_url": detail_url(report),
        "crumbs": crumbs(report, ("Cabut", "")),
    }
    return render(request, "partials/form_page.html", context)


class SignedCopyCreate(PartMixin, SaveMixin, CreateView):
    """Upload of a scan of the signed document, or of the PDF signed elsewhere."""

    model = SignedCopy
    form_class = SignedCopyForm
    right = Right.ISSUE_REPORTS
    whole, part_of = Report, "report"
    submit_label = "Simpan salinan"
    saved_message = "Salinan bertanda tangan tersimpan."

    def get_wholes(self):
        return Report.objects.visible_to(self.request.user).with_subjects()

    def dispatch(self, request, *args, **kwargs):
        require(request.user, self.right)
        report = get_object_or_404(self.get_wholes(), pk=kwargs["pk"])
        if not issuing.takes_signatures(report):
            messages.error(request, "Hanya dokumen terbit atau cetakan untuk ditandatangani yang mempunyai salinan.")
            return redirect(detail_url(report))
        return super().dispatch(request, *args, **kwargs)

    def get_cancel_url(self):
        return detail_url(self.parent)

    def get_success_url(self):
        return f"{detail_url(self.parent)}#salinan"

    def get_context_data(self, **kwargs):
        trail = crumbs(self.parent, ("Lampirkan salinan", ""))
        return super().get_context_data(heading="Lampirkan salinan bertanda tangan", crumbs=trail, **kwargs)


@require_safe
def signed_copy_file(request, pk):
    """Within scope and audience of its document."""
    copy = get_object_or_404(SignedCopy.objects.visible_to(request.user).select_related("file", "report"), pk=pk)
    return serve(request, copy.file, detail_url(copy.report))
