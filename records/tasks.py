"""What the worker does for rows of any app. Every task is safe to run twice and to lose."""

from celery import shared_task

from records.models import SavedDraft, SentForm


@shared_task(ignore_result=True)
def delete_expired_drafts() -> None:
    """Sent by beat once a day."""
    SavedDraft.objects.expired().delete()
    SentForm.objects.expired().delete()
