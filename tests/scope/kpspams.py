from tests.scope.answers import (
    ADMIN_FORM,
    ALL,
    DISTRICT_LOOK,
    FIELD_FORM,
    FIELD_ROW,
    LOOK,
    OFFICE_FORM,
    OFFICE_ROW,
    Page,
    answers,
)

# Lists of the installation are changed by who is admin of every kabupaten in it.
LIST_FORM = answers(403, 403, 403, 403, 403, 403, central=200)


def of_year(expected, **parts):
    return Page(expected, "group", kwargs={"year": lambda world: 2023, **parts})


def of_line(expected):
    return Page(expected, "plan", kwargs={"line": lambda world: world.activity.line})


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
    # Filled forms, which may carry telephone numbers: not for the Pejabat
    "kpspams:entry_list": Page(FIELD_FORM),
    "kpspams:entry_create": Page(FIELD_FORM),
    "kpspams:entry_detail": Page(FIELD_ROW, "entry"),
    "kpspams:entry_photo": Page(FIELD_ROW, "entry_photo"),
    "kpspams:entry_form": Page(FIELD_ROW, "village"),
    "kpspams:entry_take": Page(answers(302, 302, 403, 403, 403, 404), "entry", verb=True),
    "kpspams:entry_finish": Page(OFFICE_ROW, "entry"),
    "kpspams:entry_refuse": Page(OFFICE_ROW, "entry"),
    "kpspams:entry_reopen": Page(answers(302, 302, 403, 403, 403, 404), "done_entry", verb=True),
    # Only who sent it
    "kpspams:entry_send_again": Page(answers(404, 404, 200, 404, 403, 404), "refused_entry"),
    "kpspams:entry_dismiss": Page(answers(404, 404, 302, 404, 403, 404), "refused_entry", verb=True),
    # Association; it is seen in the whole kabupaten, its members as far as one sees their villages
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
    "kpspams:work_area_list": Page(ADMIN_FORM),
    "kpspams:work_area_create": Page(LIST_FORM),
    "kpspams:work_area_update": Page(LIST_FORM, "area"),
    "kpspams:funding_source_list": Page(ADMIN_FORM),
    "kpspams:funding_source_create": Page(LIST_FORM),
    "kpspams:funding_source_update": Page(LIST_FORM, "source"),
    # Work plans
    "kpspams:work_plan_list": Page(ALL),
    "kpspams:work_plan_create": Page(FIELD_FORM),
    "kpspams:plan_missing": Page(ALL),
    "kpspams:work_plan_detail": Page(LOOK, "plan"),
    "kpspams:work_plan_update": Page(FIELD_ROW, "plan"),
    "kpspams:work_plan_fees": Page(FIELD_ROW, "plan"),
    "kpspams:activity_create": Page(FIELD_ROW, "plan"),
    "kpspams:activity_update": of_line(FIELD_ROW),
    "kpspams:activity_remove": of_line(FIELD_ROW),
    "kpspams:work_plan_revise": Page(answers(302, 302, 302, 404, 403, 404), "plan"),  # a draft leads back
    "kpspams:work_plan_fill": Page(answers(302, 302, 302, 404, 403, 404), "plan", verb=True),
    "kpspams:work_plan_submit": Page(answers(422, 422, 422, 404, 403, 404), "plan", verb=True),
    "kpspams:work_plan_check": Page(answers(302, 302, 302, 404, 403, 404), "submitted_plan", verb=True),
    "kpspams:work_plan_difference": Page(LOOK, "revised_plan"),
    "kpspams:plan_scan_create": Page(answers(200, 200, 200, 404, 404, 404), "submitted_plan"),
    "kpspams:work_plan_record": Page(answers(200, 200, 403, 403, 403, 404), "submitted_plan"),
    "kpspams:plan_scan_file": Page(LOOK, "plan_scan"),
    "kpspams:line_note_create": Page(
        answers(200, 200, 403, 403, 403, 404), "submitted_plan", kwargs={"line": lambda world: 0}
    ),
    "kpspams:line_note_answer": Page(FIELD_ROW, "line_note"),
    "kpspams:work_plan_approve": Page(answers(422, 403, 403, 403, 403, 404), "submitted_plan", verb=True),
    "kpspams:work_plan_return": Page(answers(422, 422, 403, 403, 403, 404), "submitted_plan", verb=True),
    "kpspams:work_plan_withdraw": Page(answers(302, 302, 403, 403, 403, 404), "submitted_plan"),  # leads back
    # Carrying out
    "kpspams:progress_list": Page(ALL),
    "kpspams:progress_year": of_year(LOOK),
    "kpspams:progress_month": of_year(LOOK, month=lambda world: 4),
    "kpspams:progress_line": of_year(LOOK, line=lambda world: world.carried.line),
    "kpspams:progress_photo": Page(LOOK, "progress_photo"),
    "kpspams:realisation_list": Page(ALL),
    "kpspams:plan_realisation": Page(LOOK, "carried_plan"),
    "kpspams:damage_list": Page(ALL),
    "kpspams:damage_create": Page(FIELD_ROW, "facility"),
    "kpspams:damage_detail": Page(LOOK, "damage"),
    "kpspams:damage_update": Page(FIELD_ROW, "damage"),
    "kpspams:damage_step": Page(FIELD_ROW, "damage"),
    "kpspams:damage_repair": Page(FIELD_ROW, "damage"),
    "kpspams:damage_photo_create": Page(FIELD_ROW, "damage"),
    "kpspams:damage_photo": Page(LOOK, "damage_photo"),
}
