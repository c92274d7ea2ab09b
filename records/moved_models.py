"""An operation for migrations in which models move to another app; their tables are renamed beside it."""

from django.db.migrations import SeparateDatabaseAndState


class MoveInState(SeparateDatabaseAndState):
    """Operations on the state of the migrations alone.

    The models are rendered anew once when they are needed next, instead of after each of these operations: on a small
    machine that is a minute of a first start.
    """

    def __init__(self, state_operations):
        super().__init__(state_operations=state_operations)

    def state_forwards(self, app_label, state):
        vars(state).pop("apps", None)
        super().state_forwards(app_label, state)

    def deconstruct(self):
        return self.__class__.__name__, [], {"state_operations": self.state_operations}
