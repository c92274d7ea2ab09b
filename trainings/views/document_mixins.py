"""Mixins of pages of documents of a training: a closed training still accepts them, a cancelled one does not."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect

from accounts.rights import sees_whole_district
from trainings.services.spj import refuse_cancelled
from trainings.views.base import TrainingMixin, show_errors


class _NotCancelledMixin:
    """Placed after TrainingMixin, which finds the training."""

    def dispatch(self, request, *args, **kwargs):
        try:
            refuse_cancelled(self.training)
        except ValidationError as error:
            show_errors(request, error)
            return redirect(self.training)
        return super().dispatch(request, *args, **kwargs)


class DocumentMixin(TrainingMixin, _NotCancelledMixin):
    """Mixin of pages that change documents; placed before the class of the view."""

    open_only = False


class _WholeDistrictMixin:
    """Placed after TrainingMixin. The documents name people of all villages."""

    def dispatch(self, request, *args, **kwargs):
        if not sees_whole_district(request.user):
            raise PermissionDenied(f"{request.user.pk} sees single villages only")
        return super().dispatch(request, *args, **kwargs)


class DocumentReadMixin(TrainingMixin, _WholeDistrictMixin):
    """Mixin of pages that read documents, for all who see the whole kabupaten."""

    right, scope, open_only = None, "visible_to", False
