"""Verification codes of certificates: one for each certificate, the same for every unchanged print."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from documents.content import Snapshot
from reports.models import CertificateCode, Report
from reports.services import issuing


def codes_of(report: Report, snapshot: Snapshot) -> dict[int, str]:
    """{participant: code} of the certificates that a report prints; empty when it is not issued with codes.

    Safe to repeat: a certificate with a code keeps it.
    """
    if not report.document.parts_have_codes or not report.code:
        return {}
    content = report.document.content_of(snapshot)
    rows = [_code_of(report, content["name"], row) for row in content["rows"]]
    report.certificate_codes.add(*rows)
    return {row.participant_id: row.code for row in rows}


def _code_of(report: Report, title: str, row: dict[str, Any]) -> CertificateCode:
    assert report.training_id is not None, f"report {report.pk} prints certificates of no training"
    content = {
        "participant_id": row["participant"],
        "title": title,
        "number": row["plain_number"],
        "lesson_hours": row["lesson_hours"],
        "dated_on": date.fromisoformat(row["dated_on"]),
    }
    if found := CertificateCode.objects.filter(**content).first():
        return found
    try:
        with transaction.atomic():
            return CertificateCode.objects.create(**content, training_id=report.training_id, code=issuing.fresh_code())
    except IntegrityError:
        # Another worker that prints the same certificate was faster; any other conflict is raised.
        return CertificateCode.objects.get(**content)
