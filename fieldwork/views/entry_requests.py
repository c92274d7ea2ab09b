"""Pages of Titip entri: photos of a filled form, its entry by the office, and the result for the sender."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import CreateView, DetailView, UpdateView

from accounts.lists import ScopedList
from accounts.rights import Right
from accounts.scoping import EditableMixin, RightMixin, VisibleMixin, require
from fieldwork.exports import ENTRY_COLUMNS
from fieldwork.forms.entry_requests import EntryFilter, EntryRequestForm, FinishForm, RefuseForm, SendAgainForm
from fieldwork.models import EntryPhoto, EntryRequest
from fieldwork.queries.entry_steps import entry_in_hand, steps_of
from records.editing import SaveMixin
from records.files import serve
from records.history import MAX_SHOWN
from villages.models import Village

TONES = {
    EntryRequest.State.WAITING: "grey",
    EntryRequest.State.WORKING: "amber",
    EntryRequest.State.DONE: "green",
    EntryRequest.State.REFUSED: "red",
    EntryRequest.State.DISMISSED: "grey",
}


def list_crumbs(*more) -> list[tuple[str, str]]:
    return [("Beranda", reverse("monitoring:home")), ("Titip entri", reverse("fieldwork:entry_list")), *more]


def entry_form_url(entry: EntryRequest) -> str:
    """The entry page of the village, with the photos of this request beside its forms."""
    return f"{reverse('fieldwork:entry_form', args=[entry.village_id])}?titipan={entry.pk}"


class EntryList(ScopedList):
    model = EntryRequest
    template_name = "fieldwork/entry_list.html"
    right = Right.ENTRY_REQUESTS
    search_fields = ("village__search_key", "group__search_key")
    filter_form = EntryFilter
    sorts = {"baru": ("Terbaru", ("-requested_at",)), "lama": ("Terlama", ("requested_at",))}
    export_title = "Daftar titip entri"
    export_columns = ENTRY_COLUMNS

    def get_queryset(self):
        return super().get_queryset().select_related("village__subdistrict", "group", "by", "worker")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for entry in context["object_list"]:
            entry.tone = TONES[entry.state]
        return context


class EntryDetail(VisibleMixin, DetailView):
    model = EntryRequest
    template_name = "fieldwork/entry_detail.html"
    context_object_name = "entry"
    right = Right.ENTRY_REQUESTS

    def get_queryset(self):
        rows = super().get_queryset().select_related("village__subdistrict", "group", "by", "worker")
        return rows.prefetch_related("photos__file")

    def get_context_data(self, **kwargs):
        entry = self.object
        return super().get_context_data(**kwargs) | {
            "tone": TONES[entry.state],
            "form_url": entry_form_url(entry),
            "waits_for_you": entry.waits_for(self.request.user),
            "events": entry.events[:MAX_SHOWN],
        }


class EntryCreate(SaveMixin, RightMixin, CreateView):
    model = EntryRequest
    form_class = EntryRequestForm
    right = Right.ENTRY_REQUESTS
    submit_label = "Kirim titipan"
    saved_message = "{row} terkirim. Keadaannya terlihat di halaman ini."

    def get_initial(self):
        """Presets `?desa=` from a village."""
        requested = self.request.GET.get("desa", "")
        mine = Village.objects.visible_to(self.request.user)
        return {"village": mine.filter(pk=requested).first()} if requested.isdecimal() and len(requested) < 19 else {}

    def get_cancel_url(self):
        return reverse("fieldwork:entry_list")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="Titip entri",
            intro="Foto setiap halaman formulir yang sudah diisi, tegak dan terang. DPMU mengetiknya; Anda melihat di "
            "sini bila sudah selesai. Lebih dari enam halaman: kirim sebagai dua titipan.",
            crumbs=list_crumbs(("Kirim titipan", "")),
            **kwargs,
        )


class EntrySendAgain(SaveMixin, RightMixin, UpdateView):
    """Form page on which the sender corrects and resends a refused request; the history keeps the refusal."""

    model = EntryRequest
    form_class = SendAgainForm
    right = Right.ENTRY_REQUESTS
    submit_label = "Kirim lagi"
    saved_message = "{row} terkirim lagi dan menunggu diketik DPMU."

    def get_queryset(self):
        return _own_entries(self.request).select_related("village", "group")

    def dispatch(self, request, *args, **kwargs):
        require(request.user, self.right)
        entry = get_object_or_404(_own_entries(request), pk=kwargs["pk"])
        if not entry.waits_for(request.user):
            messages.info(request, f"Titipan ini sudah {entry.get_state_display().lower()}.")
            return redirect(entry)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        entry = EntryRequest.objects.get(pk=self.object.pk)
        return super().get_context_data(
            heading=f"Kirim lagi: {entry}",
            intro=f"Alasan penolakan: {entry.answer}",
            crumbs=list_crumbs((str(entry), entry.get_absolute_url()), ("Kirim lagi", "")),
            **kwargs,
        )


class EntryClose(SaveMixin, EditableMixin, UpdateView):
    """Form page of the answer of the office to an open request; a closed one redirects to its page."""

    model = EntryRequest
    right = Right.EDIT_REGISTRY
    heading = ""

    def dispatch(self, request, *args, **kwargs):
        require(request.user, self.right)
        entry = get_object_or_404(EntryRequest.objects.editable_by(request.user), pk=kwargs["pk"])
        if not entry.is_open:
            messages.info(request, f"Titipan ini sudah {entry.get_state_display().lower()}.")
            return redirect(entry)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        entry = EntryRequest.objects.get(pk=self.object.pk)
        crumbs = list_crumbs((str(entry), entry.get_absolute_url()), (self.heading, ""))
        return super().get_context_data(heading=f"{self.heading}: {entry}", crumbs=crumbs, **kwargs)


class EntryFinish(EntryClose):
    form_class = FinishForm
    heading = "Tandai selesai"
    submit_label = "Tandai selesai"
    saved_message = "{row} ditandai selesai."


class EntryRefuse(EntryClose):
    form_class = RefuseForm
    heading = "Tolak titipan"
    submit_label = "Tolak titipan"
    saved_message = "{row} ditolak; pengirim membaca alasannya."
    extra_context = {"danger": True}


def _entry_to_work_on(request, pk) -> EntryRequest:
    require(request.user, Right.EDIT_REGISTRY)
    rows = EntryRequest.objects.editable_by(request.user).select_related("village", "group", "worker")
    return get_object_or_404(rows, pk=pk)


@require_POST
def entry_take(request, pk):
    entry = _entry_to_work_on(request, pk)
    try:
        entry.take(by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(entry)
    return redirect(entry_form_url(entry))


@require_POST
def entry_reopen(request, pk):
    entry = _entry_to_work_on(request, pk)
    try:
        entry.reopen(by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{entry} dibuka kembali dan menunggu dikerjakan.")
    return redirect(entry)


def _own_entries(request):
    return EntryRequest.objects.visible_to(request.user).filter(by=request.user)


@require_POST
def entry_dismiss(request, pk):
    """Dismisses a refused request."""
    require(request.user, Right.ENTRY_REQUESTS)
    entry = get_object_or_404(_own_entries(request).select_related("village", "group"), pk=pk)
    try:
        entry.dismiss(by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{entry} ditutup. Alasan penolakannya tetap tersimpan di sini.")
    return redirect(entry)


@require_safe
def entry_photo(request, pk):
    """Serves a photo of a filled form to users who see the request."""
    require(request.user, Right.ENTRY_REQUESTS)
    photos = EntryPhoto.objects.filter(entry__in=EntryRequest.objects.visible_to(request.user))
    photo = get_object_or_404(photos.select_related("file", "entry"), pk=pk)
    return serve(request, photo.file, photo.entry.get_absolute_url())


class EntryForm(EditableMixin, DetailView):
    """Entry page (Isi dari formulir): leads through the forms of a village in the order of the paper form."""

    model = Village
    template_name = "fieldwork/entry_form.html"
    right = Right.EDIT_GROUPS

    def get_queryset(self):
        return super().get_queryset().select_related("subdistrict")

    def get_context_data(self, **kwargs):
        village, user = self.object, self.request.user
        entry = entry_in_hand(self.request)
        if entry and entry.village_id != village.pk:
            entry = None
        here = {"kembali": entry_form_url(entry) if entry else reverse("fieldwork:entry_form", args=[village.pk])}
        steps = steps_of(village, user, localdate())
        for step in steps:
            for item in step.items:
                if item.url:
                    requested = here | ({"titipan": entry.pk} if entry else {})
                    item.url += ("&" if "?" in item.url else "?") + urlencode(requested)
        waiting = EntryRequest.objects.visible_to(user).open().filter(village=village).order_by("requested_at")
        return super().get_context_data(**kwargs) | {"steps": steps, "entry": entry, "waiting": waiting}
