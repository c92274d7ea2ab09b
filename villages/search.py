"""Search of villages and persons."""

from accounts.search import Hit, ListedNoun, register
from records.search_keys import name_key
from villages.models import Person, Village


def _village(row: Village) -> Hit:
    return Hit(str(row), f"{row.subdistrict}, {row.code}", row.get_absolute_url())


def _person(row: Person) -> Hit:
    about = [str(row.village) if row.village else "", row.institution]
    return Hit(row.name, ", ".join(filter(None, about)), row.get_absolute_url())


register(
    ListedNoun(
        order=10,
        title="Desa",
        rows=Village.objects.visible_to,
        list_name="villages:village_list",
        hit=_village,
        joins=("subdistrict",),
    )
)
register(
    ListedNoun(
        order=30,
        title="Orang",
        rows=lambda user: Person.objects.visible_to(user).current(),
        list_name="villages:person_list",
        hit=_person,
        joins=("village",),
        key=name_key,
    )
)
