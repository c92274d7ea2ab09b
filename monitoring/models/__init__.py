from monitoring.models.boundaries import Boundary
from monitoring.models.chain_cache import ChainCache
from monitoring.models.final_figures import FinalFigures
from monitoring.models.reminders import Reminder, ReminderChoice

__all__ = ["Boundary", "ChainCache", "FinalFigures", "Reminder", "ReminderChoice"]
