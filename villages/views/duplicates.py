"""Pages that find persons entered twice, merge them, and separate them again."""

from collections import Counter
from itertools import combinations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rights import Right
from accounts.scoping import require
from records.models import Conflict
from villages.forms.duplicates import MergeForm
from villages.models import Person
from villages.rules.identity import compare, of_person
from villages.services import persons
from villages.views.people import list_crumbs

MAX_REASONS = 3  # names listed of one block
MAX_SHOWN = 50  # persons of one block: a number shared by a whole office would otherwise fill the page


@require_safe
def person_doubles(request):
    """List of likely duplicates, one block for each human being."""
    require(request.user, Right.EDIT_GROUPS)
    mine = Person.objects.editable_by(request.user)
    paginator = Paginator(persons.likely_doubles(mine), 25)
    page = paginator.get_page(request.GET.get("page"))
    context = {"page_obj": page, "clusters": _blocks(page, request.user), "paginator": paginator}
    return render(request, "villages/person_doubles.html", context)


def _blocks(groups, user) -> list[dict]:
    """The persons of these groups with posts and number of trainings, which distinguish them. Two queries."""
    shown = [group[:MAX_SHOWN] for group in groups]
    posts = Person._meta.get_field("posts").related_model.objects.current()
    rows = (
        Person.objects.filter(pk__in=[pk for group in shown for pk in group])
        .select_related("village__subdistrict")
        .prefetch_related(Prefetch("posts", posts.visible_to(user).select_related("group"), "open_posts"))
        .annotate(training_count=Count("participations", distinct=True))
    )
    people = {person.pk: person for person in rows}
    blocks = [_block([people[pk] for pk in group if pk in people]) for group in shown]
    return [block | {"count": len(group)} for block, group in zip(blocks, groups, strict=True)]


def _block(group: list[Person]) -> dict:
    """A block of likely duplicates; the link of each row names the others."""
    for person in group:
        person.others = [str(other.pk) for other in group if other.pk != person.pk]
    return {"people": group, "keys": [str(person.pk) for person in group], "why": _why(group)}


def _why(group: list[Person]) -> str:
    """The reasons of the pairs, the most frequent first."""
    pairs = combinations([of_person(person) for person in group], 2)
    likenesses = (compare(one, other) for one, other in pairs)
    reasons = Counter(likeness.reason for likeness in likenesses if not likeness.is_different)
    summary = "; ".join(reason for reason, _ in reasons.most_common(MAX_REASONS))
    return summary[:1].upper() + summary[1:]


@require_http_methods(["GET", "HEAD", "POST"])
def person_merge(request, pk):
    """Merges other rows into this one, which stays."""
    require(request.user, Right.EDIT_GROUPS)
    mine = Person.objects.editable_by(request.user).current().select_related("village__subdistrict", "district")
    person = get_object_or_404(mine, pk=pk)
    ticked = {"likely": [value for value in request.GET.getlist("orang") if value.isdecimal() and len(value) < 19]}
    form = MergeForm(
        request.POST if request.method == "POST" else None, person=person, user=request.user, initial=ticked
    )
    if request.method == "POST" and form.is_valid():
        try:
            count = persons.merge(form.chosen, person, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        except Conflict:
            form.add_error(None, "Salah satu catatan ini baru saja diubah orang lain. Periksa, lalu gabungkan lagi.")
        else:
            messages.success(
                request, f"{count} catatan digabung ke {person.name}. Bila keliru, pisahkan lagi di halaman ini."
            )
            return redirect(person)
    heading = f"Gabungkan catatan ke {person.name}"
    context = {
        "form": form,
        "heading": heading,
        "intro": (
            f"Catatan yang dipertahankan: {person.name}, {person.village or person.institution or 'tanpa desa'}. "
            "Jabatan dan pelatihan dari catatan yang digabung ikut tampil di sini. Penggabungan dapat dibatalkan."
        ),
        "crumbs": list_crumbs((person.name, person.get_absolute_url()), ("Gabungkan catatan", "")),
        "submit_label": "Gabungkan",
        "cancel_url": person.get_absolute_url(),
    }
    return render(request, "partials/form_page.html", context)


@require_POST
def person_apart(request):
    """Records that these likely duplicates are different people; they are not suggested again."""
    require(request.user, Right.EDIT_GROUPS)
    chosen = {int(value) for value in request.POST.getlist("orang") if value.isdecimal() and len(value) < 19}
    people = list(Person.objects.editable_by(request.user).current().filter(pk__in=chosen).order_by("pk"))
    if len(people) < 2 or len(people) != len(chosen):
        messages.error(request, "Daftar ini baru saja berubah. Periksa lagi, lalu ulangi.")
    else:
        persons.mark_as_different(people, by=request.user)
        messages.success(request, f"Tercatat: {len(people)} catatan {people[0].name} adalah orang yang berbeda.")
    return redirect("villages:person_doubles")


@require_POST
def person_part(request, pk):
    """Undoes a merge."""
    require(request.user, Right.EDIT_GROUPS)
    person = get_object_or_404(Person.objects.editable_by(request.user), pk=pk)
    try:
        target = persons.part(person, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(person)
    messages.success(request, f"Catatan {person.name} dipisahkan lagi dari {target.name}.")
    return redirect(person)
