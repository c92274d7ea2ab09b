"""Pages of synonyms of a kabupaten under Pengaturan, and of the unknown words of one file."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods
from django.views.generic import CreateView

from accounts.models import District
from accounts.rights import Right, may
from accounts.scoping import PartMixin, require
from imports.forms.words import SynonymForm, WordsForm
from imports.models import ImportRun, Synonym
from imports.services import lifecycle
from imports.values import vocabulary
from imports.views.runs import crumbs_of, past, sent, visible
from records.confirming import confirm
from records.editing import SaveMixin
from records.models import Event
from records.saved_drafts import note_saved

PLURAL = "Kata sehari-hari"
MAX_EVENTS = 50


def words_url(district: District) -> str:
    return reverse("imports:word_list", args=[district.pk])


def crumbs(district: District, *more) -> list[tuple[str, str]]:
    return [
        ("Beranda", reverse("monitoring:home")),
        ("Pengaturan", reverse("accounts:settings_home")),
        (PLURAL, words_url(district) if more else ""),
        *more,
    ]


@require_GET
def word_list(request, pk):
    """Visible to everybody who imports, because their files are read with these words."""
    require(request.user, Right.EDIT_REGISTRY)
    district = get_object_or_404(District.objects.visible_to(request.user), pk=pk)
    known = {words.topic: words for words in vocabulary.vocabularies()}
    rows = list(Synonym.objects.filter(place=district.code))
    for row in rows:
        row.about = known[row.topic].label if row.topic in known else ""
    events = Event.objects.filter(kind=Synonym._meta.label_lower, label__startswith=f"{district.code}: ")
    context = {
        "district": district,
        "rows": sorted(rows, key=lambda row: (row.about, row.key)),
        "may_change": may(request.user, Right.MANAGE_SETTINGS),
        "events": events.select_related("by")[:MAX_EVENTS],
        "heading": PLURAL,
        "crumbs": crumbs(district),
    }
    return render(request, "imports/word_list.html", context)


class WordCreate(SaveMixin, PartMixin, CreateView):
    model = Synonym
    form_class = SynonymForm
    right = Right.MANAGE_SETTINGS
    whole = District
    part_of = "place"
    submit_label = "Simpan kata"
    saved_message = "Kata “{row.word}” tersimpan."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Synonym(place=self.parent.code)}

    def get_success_url(self):
        return words_url(self.parent)

    def get_cancel_url(self):
        return words_url(self.parent)

    def get_context_data(self, **kwargs):
        heading = "Tambah kata"
        return super().get_context_data(heading=heading, crumbs=crumbs(self.parent, (heading, "")), **kwargs)


@require_http_methods(["GET", "POST"])
def word_remove(request, pk):
    require(request.user, Right.MANAGE_SETTINGS)
    codes = District.objects.editable_by(request.user).values("code")
    row = get_object_or_404(Synonym.objects.filter(place__in=codes), pk=pk)
    district = District.objects.get(code=row.place)

    def remove() -> str:
        row.remove(by=request.user)
        return f"Kata “{row.word}” dihapus."

    return confirm(
        request,
        remove,
        question=f"Hapus kata “{row.word}” yang berarti {row.meaning}?",
        loss="Impor dan tempelan berikutnya tidak lagi mengenalinya. Data yang sudah tersimpan tidak berubah.",
        submit_label="Hapus kata",
        cancel_url=words_url(district),
        crumbs=crumbs(district, ("Hapus kata", "")),
    )


@require_http_methods(["GET", "POST"])
def import_words(request, pk):
    """Form of the unknown words of a file; the preview is made again with the answers."""
    run = get_object_or_404(visible(request.user), pk=pk)
    if (answer := past(run, ImportRun.Step.PREVIEW)) is not None:
        return answer
    form = WordsForm(sent(request), run=run, user=request.user)
    if request.method == "POST" and form.is_valid():
        keep = form.cleaned_data.get("remember", False)
        try:
            lifecycle.choose_words(run, form.meanings(), by=request.user, remember=keep)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            note_saved(request)
            return redirect("imports:import_detail", pk=run.pk)
    context = {
        "form": form,
        "heading": "Arti kata",
        "intro": "Arti kata berikut di berkas Anda belum pasti. Baris yang katanya belum dijawab tetap salah."
        if form.questions
        else "Semua kata di berkas ini sudah dikenal.",
        "submit_label": "Pakai arti ini",
        "cancel_url": reverse("imports:import_detail", args=[run.pk]),
        "crumbs": crumbs_of(run, ("Arti kata", "")),
    }
    return render(request, "partials/form_page.html", context, status=422 if form.errors else 200)
