from tests.conventions.scope.answers import (
    ALL,
    DISTRICT_LOOK,
    FIELD_FORM,
    FIELD_ROW,
    LOOK,
    OFFICE_FORM,
    OFFICE_ROW,
    Page,
)

PAGES = {
    # Groups
    "kpspams:group_list": Page(ALL),
    "kpspams:group_create": Page(FIELD_FORM),
    "kpspams:group_detail": Page(LOOK, "group"),
    "kpspams:group_board": Page(LOOK, "group"),
    "kpspams:group_update": Page(FIELD_ROW, "group"),
    "kpspams:group_close": Page(FIELD_ROW, "group"),
    "kpspams:group_reopen": Page(FIELD_ROW, "closed_group"),
    "kpspams:group_check_create": Page(FIELD_ROW, "group"),
    "kpspams:board_change": Page(FIELD_ROW, "group"),
    "kpspams:member_list": Page(ALL),
    "kpspams:member_create": Page(FIELD_ROW, "group"),
    "kpspams:member_update": Page(FIELD_ROW, "member"),
    "kpspams:member_end": Page(FIELD_ROW, "member"),
    "kpspams:document_create": Page(FIELD_ROW, "group"),
    "kpspams:document_update": Page(FIELD_ROW, "document"),
    "kpspams:document_file": Page(LOOK, "document"),
    "kpspams:group_facility_create": Page(FIELD_ROW, "group"),
    "kpspams:group_facility_update": Page(FIELD_ROW, "operated"),
    # Filled forms, which may contain telephone numbers: not for the Pejabat
    # For the sender alone
    # Association: visible in the whole kabupaten, its members in visible villages only
    "kpspams:association_list": Page(ALL),
    "kpspams:association_create": Page(OFFICE_FORM),
    "kpspams:association_detail": Page(DISTRICT_LOOK, "association"),
    "kpspams:association_update": Page(OFFICE_ROW, "association"),
    "kpspams:association_members": Page(DISTRICT_LOOK, "association"),
    "kpspams:membership_create": Page(OFFICE_ROW, "association"),
    "kpspams:membership_update": Page(OFFICE_ROW, "membership"),
    "kpspams:meeting_create": Page(OFFICE_ROW, "association"),
    "kpspams:meeting_update": Page(OFFICE_ROW, "meeting"),
    "kpspams:meeting_minutes": Page(DISTRICT_LOOK, "meeting"),
    # Work plans
}
