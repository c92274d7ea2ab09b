"""Scope on pages: rows outside it are a 404, verbs without the right a 403."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404

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


class PartMixin(RightMixin):
    """For a CreateView: the new row is a part of a whole that the address names (`pk`).

    `whole`: the model of the whole, of which this person must be allowed to change the row; `part_of`: its field.
    """

    whole: type[models.Model] | None = None
    part_of = ""

    def dispatch(self, request, *args, **kwargs):
        if self.right is not None:
            require(request.user, self.right)
        self.parent = get_object_or_404(self.get_wholes(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_wholes(self):
        return self.whole.objects.editable_by(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.model(**{self.part_of: self.parent})}

    def get_cancel_url(self):
        return self.parent.get_absolute_url()
