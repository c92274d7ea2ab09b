from accounts.models.access import AccessChange
from accounts.models.logins import LoginBucket
from accounts.models.offices import District, DistrictSettings, OfficeProfile, Signatory
from accounts.models.setup import SkippedStep
from accounts.models.subdistricts import Subdistrict
from accounts.models.users import User

__all__ = [
    "AccessChange",
    "District",
    "DistrictSettings",
    "LoginBucket",
    "OfficeProfile",
    "Signatory",
    "SkippedStep",
    "Subdistrict",
    "User",
]
