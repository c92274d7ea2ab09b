from reports.models.bundles import ReportBundle
from reports.models.certificates import CertificateCode
from reports.models.copies import SignedCopy
from reports.models.reports import Report
from reports.models.scan_readings import ScanReading
from reports.models.schedules import Schedule

__all__ = ["CertificateCode", "Report", "ReportBundle", "ScanReading", "Schedule", "SignedCopy"]
