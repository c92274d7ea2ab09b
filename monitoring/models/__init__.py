from monitoring.models.boundaries import Boundary
from monitoring.models.chain_cache import Standing
from monitoring.models.final_figures import FinalFigures
from monitoring.models.reminders import Reminder, ReminderChoice

__all__ = ["Boundary", "FinalFigures", "Reminder", "ReminderChoice", "Standing"]
