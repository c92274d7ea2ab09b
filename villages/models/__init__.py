from villages.models.assets import Asset, AssetCheck, CheckPhoto
from villages.models.dossier import SanitationMark, Target, TimelineEntry, VillageName, WaterTest
from villages.models.facilities import ConditionCheck, Facility
from villages.models.people import Person, PersonApart, PersonMatch, VillageOfficial
from villages.models.places import Assignment, GrantAward, Programme, Village

__all__ = [
    "Asset",
    "AssetCheck",
    "Assignment",
    "CheckPhoto",
    "ConditionCheck",
    "Facility",
    "GrantAward",
    "Person",
    "PersonApart",
    "PersonMatch",
    "Programme",
    "SanitationMark",
    "Target",
    "TimelineEntry",
    "Village",
    "VillageName",
    "VillageOfficial",
    "WaterTest",
]
