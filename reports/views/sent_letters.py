"""The message about a letter that went out: it stands, and what the office can do instead of printing another."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents import registry
from documents.trainings.base import NumberedLetter
from reports.models import Report
from reports.services.sent_letters import AlreadySent


def explain(report: Report) -> SafeString:
    document = report.document
    assert isinstance(document, NumberedLetter), f"{report.kind} has no number"
    accounts = reverse("trainings:spj_item_list", args=[report.training_id])
    amendment = ""
    if document.amended_by:
        title = registry.document(document.amended_by).title
        line = f"{accounts}#dokumen-perubahan"
        amendment = format_html('Beri tahu perubahannya: cetak <a href="{}">{}</a>. ', line, title)
    return format_html(
        '{} <a href="{}">Lihat surat itu</a>. {}Bila memang perlu surat baru, <a href="{}">catat nomor barunya</a> '
        "dahulu, atau cabut surat itu bila belum dikirim.",
        AlreadySent(report).messages[0],
        page_of(report),
        amendment,
        reverse(f"trainings:{document.number_page}", args=[report.training_id]),
    )


def page_of(report: Report) -> str:
    return reverse("reports:report_detail", args=[report.pk])
