"""What the worker does for monitoring. Every task is safe to run twice and to lose: the next one does it again."""

from celery import shared_task

from jobs.limits import TASK_LIMIT, TASK_SOFT_LIMIT
from monitoring.services import chain_cache, reminders


@shared_task(ignore_result=True, soft_time_limit=TASK_SOFT_LIMIT, time_limit=TASK_LIMIT)
def count_touched() -> None:
    """Sent by beat every minute. Nothing to do where pages count for themselves."""
    if chain_cache.needed():
        chain_cache.count_touched()


@shared_task(ignore_result=True, soft_time_limit=3_000, time_limit=3_300)
def count_all() -> None:
    """Sent by beat soon after midnight: deadlines and old checks change a state without anybody writing."""
    if chain_cache.needed():
        chain_cache.count_all()


@shared_task(ignore_result=True)
def send_digests() -> None:
    """Sent by beat each morning."""
    reminders.send_digests()
