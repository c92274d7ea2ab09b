"""Scope on pages: rows outside it are a 404, verbs without the right a 403."""

from django.core.exceptions import PermissionDenied

from accounts.rights import Right, may


def require(user, right: Right):
    """Raises PermissionDenied (403) without the right; views of functions call it first."""
    if not may(user, right):
        raise PermissionDenied(f"{user.pk} lacks {right}")


class RightMixin:
    """`right`: the verb that this page needs; None where everybody with a login may look."""

    right: Right | None = None

    def dispatch(self, request, *args, **kwargs):
        if self.right is not None:
            require(request.user, self.right)
        return super().dispatch(request, *args, **kwargs)


class VisibleMixin(RightMixin):
    """Rows that this person may see."""

    def get_queryset(self):
        return super().get_queryset().visible_to(self.request.user)


class EditableMixin(RightMixin):
    """Rows that this person may change."""

    def get_queryset(self):
        return super().get_queryset().editable_by(self.request.user)
