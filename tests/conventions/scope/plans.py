from tests.conventions.scope.answers import ADMIN_FORM, ALL, FIELD_FORM, FIELD_ROW, LIST_FORM, LOOK, Page, answers


def of_year(expected, **parts):
    return Page(expected, "group", kwargs={"year": lambda dataset: 2023, **parts})


def of_line(expected):
    return Page(expected, "plan", kwargs={"line": lambda dataset: dataset.activity.line})


PAGES = {
    "plans:work_area_list": Page(ADMIN_FORM),
    "plans:work_area_create": Page(LIST_FORM),
    "plans:work_area_update": Page(LIST_FORM, "area"),
    "plans:funding_source_list": Page(ADMIN_FORM),
    "plans:funding_source_create": Page(LIST_FORM),
    "plans:funding_source_update": Page(LIST_FORM, "source"),
    "plans:work_plan_list": Page(ALL),
    "plans:work_plan_create": Page(FIELD_FORM),
    "plans:plan_missing": Page(ALL),
    "plans:work_plan_detail": Page(LOOK, "plan"),
    "plans:work_plan_update": Page(FIELD_ROW, "plan"),
    "plans:work_plan_fees": Page(FIELD_ROW, "plan"),
    "plans:activity_create": Page(FIELD_ROW, "plan"),
    "plans:activity_update": of_line(FIELD_ROW),
    "plans:activity_remove": of_line(FIELD_ROW),
    "plans:work_plan_revise": Page(answers(302, 302, 302, 404, 403, 404), "plan"),  # a draft redirects
    "plans:work_plan_fill": Page(answers(302, 302, 302, 404, 403, 404), "plan", verb=True),
    "plans:work_plan_submit": Page(answers(422, 422, 422, 404, 403, 404), "plan", verb=True),
    "plans:work_plan_check": Page(answers(302, 302, 302, 404, 403, 404), "submitted_plan", verb=True),
    "plans:work_plan_difference": Page(LOOK, "revised_plan"),
    "plans:plan_scan_create": Page(answers(200, 200, 200, 404, 404, 404), "submitted_plan"),
    "plans:work_plan_record": Page(answers(200, 200, 403, 403, 403, 404), "submitted_plan"),
    "plans:plan_scan_file": Page(LOOK, "plan_scan"),
    "plans:line_note_create": Page(
        answers(200, 200, 403, 403, 403, 404), "submitted_plan", kwargs={"line": lambda dataset: 0}
    ),
    "plans:line_note_answer": Page(FIELD_ROW, "line_note"),
    "plans:work_plan_approve": Page(answers(422, 403, 403, 403, 403, 404), "submitted_plan", verb=True),
    "plans:work_plan_return": Page(answers(422, 422, 403, 403, 403, 404), "submitted_plan", verb=True),
    "plans:work_plan_withdraw": Page(answers(302, 302, 403, 403, 403, 404), "submitted_plan"),  # redirects
    # Carrying out
    "plans:progress_list": Page(ALL),
    "plans:progress_year": of_year(LOOK),
    "plans:progress_month": of_year(LOOK, month=lambda dataset: 4),
    "plans:progress_line": of_year(LOOK, line=lambda dataset: dataset.carried.line),
    "plans:progress_photo": Page(LOOK, "progress_photo"),
    "plans:realisation_list": Page(ALL),
    "plans:plan_realisation": Page(LOOK, "carried_plan"),
    "plans:damage_list": Page(ALL),
    "plans:damage_create": Page(FIELD_ROW, "facility"),
    "plans:damage_detail": Page(LOOK, "damage"),
    "plans:damage_update": Page(FIELD_ROW, "damage"),
    "plans:damage_step": Page(FIELD_ROW, "damage"),
    "plans:damage_repair": Page(FIELD_ROW, "damage"),
    "plans:damage_photo_create": Page(FIELD_ROW, "damage"),
    "plans:damage_photo": Page(LOOK, "damage_photo"),
}
