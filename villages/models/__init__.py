from villages.models.facilities import ConditionCheck, Facility
from villages.models.people import Person, VillageOfficial
from villages.models.places import Assignment, GrantAward, Programme, Subdistrict, Village

__all__ = [
    "Assignment",
    "ConditionCheck",
    "Facility",
    "GrantAward",
    "Person",
    "Programme",
    "Subdistrict",
    "Village",
    "VillageOfficial",
]
