from reports.models.bundles import ReportBundle
from reports.models.certificates import CertificateCode
from reports.models.copies import SignedCopy
from reports.models.reports import Report
from reports.models.schedules import Schedule
from documents.models import LetterText, DocumentSetting

__all__ = ["CertificateCode", "LetterText", "DocumentSetting", "Report", "ReportBundle", "Schedule", "SignedCopy"]
