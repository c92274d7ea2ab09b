"""Pages that add one participant: a recorded person, a new one, or a substitute."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView

from accounts.rights import Right, may
from records.editing import SaveMixin
from records.search_keys import name_key, search_key
from trainings.forms.participants import UNSUR, PersonEntryForm, SubstituteForm, describe, is_walk_in
from trainings.models import Participant
from trainings.services import participants as services
from trainings.views.base import show_errors
from trainings.views.participants import (
    ParticipantListMixin,
    ParticipantMixin,
    late_text,
    registered_text,
    warn_beyond_quota,
)
from villages.models import Person

SEARCHED_FROM = 3  # characters of a name
MAX_FOUND = 20  # buttons; with more results the user types more characters


class PersonSearchMixin:
    """Search of recorded persons by a part of the name: at most 20 as buttons, instead of an endless list."""

    def get_context_data(self, **kwargs):
        text = " ".join(self.request.GET.get("cari", "").replace("\x00", "").split())[:100]
        found = self.search(text) if len(search_key(text)) >= SEARCHED_FROM else []
        search = {
            "text": text,
            "found": [{"person": person, "words": describe(person)} for person in found[:MAX_FOUND]],
            "more": len(found) > MAX_FOUND,
            "short": bool(text) and len(search_key(text)) < SEARCHED_FROM,
        }
        return super().get_context_data(search=search, **kwargs)

    def search(self, text: str) -> list[Person]:
        key, plain = search_key(text), name_key(text)
        people = services.reachable(self.training, self.request.user)
        people = people.filter(Q(search_key__contains=key) | Q(search_key__contains=plain))
        people = people.select_related("village").prefetch_related("posts__group").order_by("search_key", "pk")
        return list(people[: MAX_FOUND + 1])

    def chosen(self) -> Person:
        """The person whose button was pressed. Raises Http404 for one that the user may not find."""
        pk = self.request.POST.get("orang", "")
        people = services.reachable(self.training, self.request.user).select_related("village__subdistrict")
        return get_object_or_404(people, pk=int(pk) if pk.isdecimal() and pk.isascii() and len(pk) < 19 else 0)


class ParticipantCreate(PersonSearchMixin, ParticipantListMixin, SaveMixin, CreateView):
    """Page that adds recorded persons, people of no group and walk-ins; it remains open for the next one."""

    model = Person
    form_class = PersonEntryForm
    template_name = "trainings/participant_create.html"
    heading = "Tambah peserta"
    submit_label = "Simpan dan tambah lagi"
    saved_message = "{row} tersimpan sebagai peserta."

    def save_form(self, form):
        row = super().save_form(form)
        self.found = form.registered
        if self.found.already:
            self.saved_message = "{row} sudah terdaftar sebagai peserta."
        elif self.found.replaced:
            self.saved_message = "{row} sudah digantikan orang lain. Batalkan penggantinya bila {row} tetap datang."
        else:
            self.saved_message += late_text(self.found)
        return row

    def saved(self, form):
        warn_beyond_quota(self.request, self.training, self.found)
        return super().saved(form)

    def post(self, request, *args, **kwargs):
        if "orang" in request.POST:
            return self.register_known()
        return super().post(request, *args, **kwargs)

    def register_known(self):
        person = self.chosen()
        own = {row.village_id for row in self.invitations()}
        entry = services.known_entry(self.training, person)
        office = may(self.request.user, Right.EDIT_TRAININGS)
        walks_in = bool(self.request.POST.get("walk_in")) or is_walk_in(None if office else own, entry)
        try:
            entries = [services.Entry(person=person, walk_in=walks_in, **entry)]
            found = services.register(self.training, entries, by=self.request.user)
        except ValidationError as error:
            show_errors(self.request, error)
        else:
            messages.success(self.request, f"{person}: {registered_text(found)}{late_text(found)}")
            warn_beyond_quota(self.request, self.training, found)
        return redirect(self.get_success_url())

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"training": self.training}
        if self.request.GET.get("langsung"):
            kwargs["initial"] = kwargs["initial"] | {"walk_in": True}
        return kwargs

    def get_context_data(self, **kwargs):
        mine = Participant.objects.visible_to(self.request.user).filter(training=self.training)
        latest = mine.current().select_related("person", "village").order_by("-number")[:5]
        walks_in = bool(self.request.GET.get("langsung"))
        return super().get_context_data(latest=latest, unsur=UNSUR, walks_in=walks_in, cancel_label="Selesai", **kwargs)

    def get_success_url(self):
        address = reverse("trainings:participant_create", args=[self.training.pk])
        return f"{address}?langsung=1" if self.request.POST.get("walk_in") else address


class ParticipantSubstitute(PersonSearchMixin, ParticipantMixin, SaveMixin, CreateView):
    """Page that replaces an invited person by a recorded or a new one; both remain in the list."""

    model = Person
    form_class = SubstituteForm
    template_name = "trainings/participant_create.html"
    submit_label = "Simpan pengganti"

    @cached_property
    def participant(self) -> Participant:
        return self.get_object()

    def get_heading(self):
        return f"Gantikan {self.participant}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"training": self.training, "participant": self.participant}

    def get_context_data(self, **kwargs):
        row = self.participant
        place = f", {row.village}" if row.village else ""
        intro = f"No. {row.number}, {row} ({row.role_word or 'peserta'}{place}) tetap tercatat sebagai yang diundang."
        return super().get_context_data(unsur=UNSUR, intro=intro, substitutes=row, **kwargs)

    def post(self, request, *args, **kwargs):
        self.participant  # noqa: B018 - raises Http404 out of scope, whatever is posted
        if "orang" not in request.POST:
            return super().post(request, *args, **kwargs)
        person = self.chosen()
        entry = services.known_entry(self.training, person)
        try:
            row = services.substitute(self.participant, person, entry, by=request.user)
        except ValidationError as error:
            show_errors(request, error)
            return redirect(request.get_full_path())
        messages.success(request, self.words_for(row))
        return redirect(self.get_success_url())

    def saved(self, form):
        messages.success(self.request, self.words_for(self.object))
        return redirect(self.get_success_url())

    def words_for(self, row) -> str:
        return f"{self.participant} digantikan oleh {row}, nomor {row.number}."
