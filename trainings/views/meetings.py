"""Page of Rapat baru: a short form for the weekly meetings of an office."""

from django.db.models import Max
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView

from accounts.rights import Right
from accounts.scoping import RightMixin
from records.editing import SaveMixin
from trainings.forms.meetings import MeetingForm
from trainings.models import Training
from trainings.views.participants import warn_beyond_all

LAST = "terakhir"  # in the URL: the newest meeting
MAX_DIGITS = 18  # of an id


class MeetingCreate(RightMixin, SaveMixin, CreateView):
    right = Right.EDIT_TRAININGS
    model = Training
    form_class = MeetingForm
    template_name = "trainings/meeting_form.html"
    submit_label = "Simpan rapat"
    saved_message = "{row} tersimpan. Undangan dan daftar hadirnya siap dicetak di bawah."

    def saved(self, form):
        answer = super().saved(form)
        warn_beyond_all(self.request, self.object)
        return answer

    @cached_property
    def meetings(self):
        """Meetings that may be copied, newest first."""
        rows = Training.objects.editable_by(self.request.user).filter(kind__in=Training.MEETINGS)
        rows = rows.exclude(state=Training.State.CANCELLED).annotate(day=Max("days__date"))
        return rows.exclude(day=None).order_by("-day", "-pk")

    @cached_property
    def source(self) -> Training | None:
        """The meeting of the URL; Http404 for one that the user may not edit."""
        wanted = self.request.GET.get("dari", "")
        if wanted == LAST:
            return self.meetings.first()
        if not wanted:
            return None
        if not wanted.isdecimal() or len(wanted) > MAX_DIGITS:
            raise Http404(f"No meeting {wanted!r}")
        rows = Training.objects.editable_by(self.request.user).filter(kind__in=Training.MEETINGS)
        return get_object_or_404(rows, pk=wanted)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"source": self.source}

    def get_context_data(self, **kwargs):
        heading = "Rapat baru"
        way = [
            ("Beranda", reverse("monitoring:home")),
            ("Pelatihan", reverse("trainings:training_list")),
            (heading, ""),
        ]
        source = self.source
        context = {
            "heading": heading,
            "crumbs": way,
            "keep": f"rapat-dari-{source.pk}" if source else "rapat-baru",
            "intro": f"Disalin dari {source}. Isi tanggalnya, lalu periksa acara dan yang diundang." if source else "",
            "last": None if source else self.meetings.first(),
        }
        return super().get_context_data(**context, **kwargs)

    def get_cancel_url(self):
        return reverse("trainings:training_list")
