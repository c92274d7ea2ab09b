from monitoring.models.boundaries import Boundary
from monitoring.models.calendar_feeds import CalendarFeed
from monitoring.models.chain_cache import ChainCache
from monitoring.models.final_figures import FinalFigures
from monitoring.models.reminders import Reminder, ReminderChoice

__all__ = ["Boundary", "CalendarFeed", "ChainCache", "FinalFigures", "Reminder", "ReminderChoice"]
