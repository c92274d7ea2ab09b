from kpspams.models.association import Association, AssociationMeeting, AssociationMembership
from kpspams.models.checks import GroupCheck, GroupFacility
from kpspams.models.groups import KpspamsGroup, LegalDocument
from kpspams.models.members import Member

__all__ = [
    "Association",
    "AssociationMeeting",
    "AssociationMembership",
    "GroupCheck",
    "GroupFacility",
    "KpspamsGroup",
    "LegalDocument",
    "Member",
]
