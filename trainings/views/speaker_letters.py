"""Pages of letters about narasumber of other offices: the letter sent, and the surat tugas received."""

from django.http import Http404
from django.urls import reverse
from django.views.generic import UpdateView, View

from records.editing import SaveMixin
from records.files import serve
from trainings.forms.speaker_letters import SpeakerLetterForm
from trainings.models import SpeakerLetter
from trainings.queries.speaker_letters import InvitedSpeaker, speakers_elsewhere
from trainings.views.document_mixins import DocumentMixin, DocumentReadMixin


class SpeakerLetterUpdate(DocumentMixin, SaveMixin, UpdateView):
    """Page of the letter of one narasumber; the first save adds the row."""

    form_class = SpeakerLetterForm
    page_name = "agenda"
    anchor = "#narasumber"
    submit_label = "Simpan surat"
    saved_message = "{row} tersimpan."

    def get_object(self, queryset=None):
        self.speaker = speaker_of(self.training, self.kwargs["pk"])
        if self.speaker.letter:
            return self.speaker.letter
        return SpeakerLetter(training=self.training, resource_person=self.speaker.resource_person)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"suggested": self.speaker.suggested}

    def get_heading(self):
        return f"Surat narasumber {self.speaker.resource_person}"

    def get_context_data(self, **kwargs):
        intro = (
            "Surat permohonan dikirim ke instansi narasumber; instansi itu menjawab dengan surat tugasnya sendiri, "
            "yang diunggah di sini sesudah diterima."
        )
        return super().get_context_data(intro=intro, **kwargs)


def speaker_of(training, key: int) -> InvitedSpeaker:
    """The narasumber. Raises Http404 for one who is not of another office in this training."""
    found = next((row for row in speakers_elsewhere(training) if row.resource_person.pk == key), None)
    if found is None:
        raise Http404(f"Training {training.pk} asks no office for speaker {key}")
    return found


class SpeakerLetterFile(DocumentReadMixin, View):
    """The surat tugas of one narasumber."""

    def get(self, request, *args, **kwargs):
        letter = self.training.speaker_letters.select_related("file").filter(resource_person=kwargs["pk"]).first()
        if letter is None or letter.file is None:
            raise Http404(f"Training {self.training.pk} has no letter of speaker {kwargs['pk']}")
        return serve(request, letter.file, reverse("trainings:agenda", args=[self.training.pk]))
