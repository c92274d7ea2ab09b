"""Daftar hadir for tests, and days of two sessions."""

from datetime import time

from documents import registry
from documents.rendering import pdf, printing
from documents.trainings import attendance_sheet
from tests import factories


def collected(subject, user=None, **parameters):
    return attendance_sheet.AttendanceSheet().collect(
        subject, attendance_sheet.AttendanceSheet().clean(subject, parameters) | parameters, user
    )


def made(subject, user=None, **parameters):
    return printing.print_document(
        registry.document("attendance_sheet"), subject.pk, collected(subject, user, **parameters)
    ).content


def printed(subject, user=None, **parameters):
    """The content as printed: with as many empty rows as fit."""
    return attendance_sheet.AttendanceSheet().fitted(collected(subject, user, **parameters), pdf.measure)


def texts(table, head):
    """The cells of a column of the table, from the top."""
    at = [column["head"] for column in table["columns"]].index(head)
    return [row[at] for row in table["rows"]]


def half_days(training):
    """Splits the only session of each day into Pagi and Siang."""
    for day in training.days.all():
        day.sessions.update(name="Pagi", ends=time(12))
        factories.TrainingSessionFactory(day=day, name="Siang", starts=time(13), ends=time(16, 30))
