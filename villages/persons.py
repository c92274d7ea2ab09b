"""What is done with persons as a whole: written down beside a post."""

from uuid import UUID

from villages.models import Person, Village


def new_villager(
    village: Village, name: str, sex: str, *, by, key: UUID | None = None, hamlet: str = "", phone: str = ""
) -> Person:
    """Records somebody of this village. The same key twice gives the first row."""
    person = Person(
        name=name,
        sex=sex,
        hamlet=hamlet,
        phone=phone,
        village=village,
        district=village.subdistrict.district,
    )
    return person.add(by=by, key=key)
