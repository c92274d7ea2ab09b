"""Pages of persons. Only one page shows telephone numbers, to users with the right."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import CreateView, DetailView, UpdateView

from accounts.lists import ScopedList
from accounts.rights import Right, may
from accounts.scoping import EditableMixin, RightMixin, VisibleMixin
from records.editing import SaveMixin
from records.history import MAX_SHOWN
from records.search_keys import name_key
from villages.exports import PERSON_COLUMNS
from villages.forms.people import PersonFilter, PersonForm
from villages.models import Person
from villages.rules.identity import of_person
from villages.services.former_names import once_called
from villages.services.persons import alike
from villages.views.presets import preset_village

NOTICE = (
    "Data ini dikumpulkan DPMU untuk administrasi pelatihan dan pembinaan KPSPAMS, dilihat oleh petugas yang "
    "berwenang, dan tidak diumumkan. NIK tidak dicatat."
)


def list_crumbs(*more) -> list[tuple[str, str]]:
    """The way back to the list of persons."""
    return [("Beranda", reverse("monitoring:home")), ("Orang", reverse("villages:person_list")), *more]


class PersonList(ScopedList):
    model = Person
    template_name = "villages/person_list.html"
    search_fields = ("search_key", "village__search_key")
    filter_form = PersonFilter
    export_title, export_columns = "Daftar orang", PERSON_COLUMNS
    sorts = {"nama": ("Nama", ("search_key",)), "desa": ("Desa", ("village__name", "search_key"))}

    def get_queryset(self):
        # Posts belong to an app above: they come by reverse relation, with their own queryset.
        posts = Person._meta.get_field("posts").related_model.objects.current()
        posts = posts.visible_to(self.request.user).select_related("group")
        merged = Person.objects.prefetch_related(Prefetch("posts", posts, "open_posts"))
        return (
            super()
            .get_queryset()
            .current()
            .select_related("village__subdistrict")
            .prefetch_related(Prefetch("posts", posts, "open_posts"), Prefetch("merged_rows", merged, "doubles"))
        )

    def found_by(self, text):
        """Searches a name also without its titles: "H. Sutrisno, S.Pd." finds Sutrisno."""
        return super().found_by(text) | super().found_by(name_key(text)) | once_called(text, "village")


class PersonDetail(VisibleMixin, DetailView):
    model = Person
    template_name = "villages/person_detail.html"

    def get_queryset(self):
        return super().get_queryset().filter(erased_at=None).select_related("village__subdistrict", "merged_into")

    def get_context_data(self, **kwargs):
        person, user = self.object, self.request.user
        today = localdate()
        # A merge moves no row: rows of merged persons belong to this human being too.
        rows = list(Person.objects.of_human(person).values_list("pk", flat=True)) if self.is_root else [person.pk]
        posts = self.rows_above("posts", rows).select_related("group__village", "appointed_by", "person")
        offices = self.rows_above("offices", rows).select_related("village")
        took_part = self.rows_above("participations", rows).current().select_related("training", "village")
        return super().get_context_data(**kwargs) | {
            "posts": posts.order_by("-starts_on", "-pk"),
            "offices": offices.order_by("-starts_on", "-pk"),
            "merged": person.merged_rows.visible_to(user).select_related("village"),
            "doubles": self.doubles(),
            "participations": took_part.order_by("-training__fiscal_year", "-pk"),
            "today": today,
            "events": person.events[:MAX_SHOWN],
        }

    @property
    def is_root(self) -> bool:
        return self.object.merged_into_id is None

    def rows_above(self, relation: str, rows: list[int]):
        """Rows that refer to these persons by a reverse relation, with their own queryset."""
        model = Person._meta.get_field(relation).related_model
        return model.objects.visible_to(self.request.user).filter(person__in=rows)

    def doubles(self) -> list[Person]:
        """Likely duplicates, for users who may merge them."""
        person = self.object
        if not may(self.request.user, Right.EDIT_GROUPS) or not self.is_root:
            return []
        mine = Person.objects.editable_by(self.request.user).filter(district=person.district).exclude(pk=person.pk)
        return [found for found, _ in alike(mine, of_person(person))]


class PersonCreate(SaveMixin, RightMixin, CreateView):
    model = Person
    form_class = PersonForm
    right = Right.EDIT_GROUPS
    submit_label = "Simpan orang"
    saved_message = "{row} tersimpan."

    def get_initial(self):
        return preset_village(self.request)

    def get_cancel_url(self):
        return reverse("villages:person_list")

    def get_context_data(self, **kwargs):
        crumbs = list_crumbs(("Tambah orang", ""))
        return super().get_context_data(heading="Tambah orang", intro=NOTICE, crumbs=crumbs, **kwargs)


class PersonUpdate(SaveMixin, EditableMixin, UpdateView):
    model = Person
    form_class = PersonForm
    right = Right.EDIT_GROUPS
    submit_label = "Simpan orang"

    def get_queryset(self):
        return super().get_queryset().current()

    def get_context_data(self, **kwargs):
        person = self.object
        crumbs = list_crumbs((person.name, person.get_absolute_url()), ("Ubah", ""))
        return super().get_context_data(heading=f"Ubah {person.name}", intro=NOTICE, crumbs=crumbs, **kwargs)
