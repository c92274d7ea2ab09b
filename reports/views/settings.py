"""Pengaturan dokumen: kop, signers and code of each kind of paper, and the wording of letters."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import CreateView, DetailView, TemplateView, UpdateView

from accounts.models import District
from accounts.rights import Right, may
from accounts.scoping import EditableMixin, RightMixin, VisibleMixin
from records.editing import SaveMixin
from records.history import MAX_SHOWN
from records.models import Event
from documents import registry, letters, signatures
from reports import issuing
from reports.kinds import Kind
from documents.models import LetterText, DocumentSetting
from reports.setting_forms import LetterTextForm, PaperSettingForm

HEADING = "Dokumen dan surat"
OWN = "bawaan jenis dokumen ini"


def papers_url(district) -> str:
    return reverse("reports:document_settings", args=[district.pk])


def texts_url(district, kind) -> str:
    return reverse("reports:letter_texts", args=[district.pk, kind])


def crumbs(district, *more) -> list[tuple[str, str]]:
    return [
        ("Beranda", reverse("monitoring:home")),
        ("Laporan", reverse("reports:report_list")),
        (HEADING, papers_url(district)),
        *more,
    ]


def made_kind(word: str) -> Kind:
    """The kind in an address. Raises Http404 for one that the portal does not make."""
    if word not in registry.KINDS:
        raise Http404(f"no such kind: {word}")
    return Kind(word)


def paper_rows(district) -> list[dict]:
    """One line a kind, with what holds for it. Two queries."""
    chosen = {row.kind: row for row in DocumentSetting.objects.filter(district=district)}
    texts = set(LetterText.objects.filter(district=district).values_list("kind", flat=True))
    return [_paper_row(district, kind, chosen.get(kind), kind in texts) for kind in registry.KINDS]


def _paper_row(district, kind: Kind, row: DocumentSetting | None, has_texts: bool) -> dict:
    habit = signatures.habit_of(kind)
    letterhead = row.letterhead if row else habit.letterhead
    own = [vars(signer) for signer in signatures.own_signers(kind, district)]
    parts = [
        words for words in (habit.besides, signatures.in_words(kind, row.signers if row and row.signers else own)) if words
    ]
    return {
        "kind": kind,
        "letterhead": DocumentSetting.Letterhead(letterhead).label if letterhead else "Tanpa kop",
        "signers": "; ".join(parts) or "Tidak ditandatangani",
        "own": row is None,
        "coded": (row or DocumentSetting()).coded,
        "may_be_coded": issuing.may_be_coded(kind),
        "is_letter": kind in letters.PARTS,
        "has_texts": has_texts,
    }


class PaperHome(RightMixin, TemplateView):
    """With one kabupaten its page; with several the choice among them."""

    right = Right.ISSUE_REPORTS
    template_name = "reports/settings/home.html"

    def get(self, request, *args, **kwargs):
        self.districts = list(District.objects.visible_to(request.user))
        if len(self.districts) == 1:
            return redirect(papers_url(self.districts[0]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"districts": self.districts}


class PaperSettings(VisibleMixin, DetailView):
    right = Right.ISSUE_REPORTS
    model = District
    queryset = District.objects.select_related("settings_row")
    template_name = "reports/settings/papers.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "rows": paper_rows(self.object),
            "may_edit": may(self.request.user, Right.MANAGE_SETTINGS),
        }


class PaperSettingUpdate(SaveMixin, RightMixin, UpdateView):
    """The row is made when the first admin saves; until then the kind's own habit holds."""

    right = Right.MANAGE_SETTINGS
    form_class = PaperSettingForm
    template_name = "reports/settings/paper_form.html"
    submit_label = "Simpan setelan"

    def get_object(self, queryset=None):
        kind = made_kind(self.kwargs["kind"])
        districts = District.objects.editable_by(self.request.user).select_related("settings_row")
        return DocumentSetting.of(get_object_or_404(districts, pk=self.kwargs["pk"]), kind)

    def get_success_url(self):
        return papers_url(self.object.district)

    get_cancel_url = get_success_url

    def conflict_rows(self, form, current):
        """The signers are no field of the form: what differs in them stands beside the fields."""
        rows = super().conflict_rows(form, current)
        mine, theirs = (signatures.in_words(row.kind, row.signers) or OWN for row in (form.instance, current))
        if mine != theirs:
            rows.append({"label": "Penanda tangan", "mine": mine, "theirs": theirs})
        return rows

    def is_first_saving(self, form, current, rows):
        """What was sent is noted without the signers; so what is stored decides."""
        return not rows and str(current.request_key) == self.request.POST.get("request_key")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | paper_form_context(self.object)


def paper_form_context(row: DocumentSetting) -> dict:
    label = row.get_kind_display()
    habit = signatures.habit_of(row.kind)
    return {
        "heading": f"Setelan {label.lower()}",
        "crumbs": crumbs(row.district, (label, "")),
        "habit": habit,
        "is_letter": row.kind in letters.PARTS,
        "texts_url": texts_url(row.district, row.kind),
        "preview_url": reverse("reports:paper_preview", args=[row.district_id, row.kind]),
        "previewed": row.kind in signatures.HABITS,
        "action": reverse("reports:paper_setting", args=[row.district_id, row.kind]),
        "events": row.events[:MAX_SHOWN] if row.pk else (),
    }


class LetterTexts(VisibleMixin, DetailView):
    """The parts of one letter: what holds, what comes, what was."""

    right = Right.ISSUE_REPORTS
    model = District
    template_name = "reports/settings/texts.html"

    def get_context_data(self, **kwargs):
        kind = letter_kind(self.kwargs["kind"])
        rows = LetterText.objects.filter(district=self.object, kind=kind).order_by("part", "-valid_from")
        by_part: dict[str, list[LetterText]] = {}
        for row in rows:
            by_part.setdefault(row.part, []).append(row)
        today = localdate()
        events = Event.objects.filter(kind="reports.lettertext", object_id__in=[row.pk for row in rows])
        return super().get_context_data(**kwargs) | {
            "kind": kind,
            "crumbs": crumbs(self.object, (f"Naskah {kind.label.lower()}", "")),
            "parts": [_part(part, by_part.get(part.name, []), today) for part in letters.PARTS[kind].values()],
            "may_edit": may(self.request.user, Right.MANAGE_SETTINGS),
            "events": events.select_related("by").order_by("-pk")[:MAX_SHOWN],
        }


def _part(part: letters.Part, rows: list[LetterText], today) -> dict:
    holds = next((row for row in rows if row.valid_from <= today), None)
    for row in rows:
        row.state = "Berlaku" if row is holds else "Belum berlaku" if row.valid_from > today else "Digantikan"
    return {"part": part, "rows": rows, "holds": holds, "text": holds.body if holds else part.text}


def letter_kind(word: str) -> Kind:
    kind = made_kind(word)
    if kind not in letters.PARTS:
        raise Http404(f"{word} has no wording to choose")
    return kind


class TextForm(SaveMixin):
    right = Right.MANAGE_SETTINGS
    form_class = LetterTextForm
    template_name = "reports/settings/text_form.html"
    submit_label = "Simpan naskah"

    def get_success_url(self):
        return texts_url(self.object.district, self.object.kind)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | text_form_context(self.get_form_kwargs()["instance"])


def text_form_context(row: LetterText) -> dict:
    part = letters.PARTS[row.kind][row.part]
    label = row.get_kind_display().lower()
    back = texts_url(row.district, row.kind)
    address = (
        reverse("reports:letter_text_update", args=[row.pk])
        if row.pk
        else reverse("reports:letter_text_create", args=[row.district_id, row.kind, row.part])
    )
    return {
        "heading": f"{part.label}: naskah {label}",
        "crumbs": crumbs(row.district, (f"Naskah {label}", back), (part.label, "")),
        "part": part,
        "cancel_url": back,
        "preview_url": reverse("reports:text_preview", args=[row.district_id, row.kind, row.part]),
        "action": address,
        "events": row.events[:MAX_SHOWN] if row.pk else (),
    }


class LetterTextCreate(TextForm, RightMixin, CreateView):
    """Begins as what holds today; with `?bawaan=1` as the portal's own wording, to go back to it."""

    model = LetterText

    def get_form_kwargs(self):
        row = new_text(self.request, self.kwargs)
        return super().get_form_kwargs() | {"instance": row}

    def get_initial(self):
        row = new_text(self.request, self.kwargs)
        own = letters.PARTS[row.kind][row.part].text
        held = letters.Letter(Kind(row.kind), row.district, localdate()).bodies.get(row.part, own)
        return super().get_initial() | {"body": own if self.request.GET.get("bawaan") else held}


def new_text(request, parts) -> LetterText:
    """An unsaved row of the part that the address names. Raises Http404."""
    district = get_object_or_404(District.objects.editable_by(request.user), pk=parts["pk"])
    kind = letter_kind(parts["kind"])
    if parts["part"] not in letters.PARTS[kind]:
        raise Http404(f"no such part: {parts['part']}")
    return LetterText(district=district, kind=kind, part=parts["part"])


class LetterTextUpdate(TextForm, EditableMixin, UpdateView):
    model = LetterText
    queryset = LetterText.objects.select_related("district")
