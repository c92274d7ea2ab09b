"""What pages share that change papers of a training: a closed one takes them still, a cancelled one does not."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect

from accounts.rights import sees_whole_district
from trainings.services.spj import refuse_cancelled
from trainings.views.base import OfTraining, tell


class _NotCancelled:
    """Comes behind OfTraining, which finds the training."""

    def dispatch(self, request, *args, **kwargs):
        try:
            refuse_cancelled(self.training)
        except ValidationError as error:
            tell(request, error)
            return redirect(self.training)
        return super().dispatch(request, *args, **kwargs)


class OfPapers(OfTraining, _NotCancelled):
    """Changes papers. Stands before the class of the view."""

    open_only = False


class _WholeDistrict:
    """Comes behind OfTraining. The papers name people of all villages."""

    def dispatch(self, request, *args, **kwargs):
        if not sees_whole_district(request.user):
            raise PermissionDenied(f"{request.user.pk} sees single villages only")
        return super().dispatch(request, *args, **kwargs)


class LooksAtPapers(OfTraining, _WholeDistrict):
    """Reads papers, as everybody may who sees all villages of the kabupaten."""

    right, scope, open_only = None, "visible_to", False
