from tests.conventions.scope.answers import ALL, FIELD_FORM, FIELD_ROW, LOOK, OFFICE_ROW, Page, answers

# A visit is changed by its author and by the office; that of the dataset belongs to the office.
MAKER_ROW = answers(200, 200, 404, 404, 403, 404)

PAGES = {
    "fieldwork:entry_list": Page(FIELD_FORM),
    "fieldwork:entry_create": Page(FIELD_FORM),
    "fieldwork:entry_detail": Page(FIELD_ROW, "entry"),
    "fieldwork:entry_photo": Page(FIELD_ROW, "entry_photo"),
    "fieldwork:entry_form": Page(FIELD_ROW, "village"),
    "fieldwork:entry_take": Page(answers(302, 302, 403, 403, 403, 404), "entry", verb=True),
    "fieldwork:entry_finish": Page(OFFICE_ROW, "entry"),
    "fieldwork:entry_refuse": Page(OFFICE_ROW, "entry"),
    "fieldwork:entry_reopen": Page(answers(302, 302, 403, 403, 403, 404), "done_entry", verb=True),
    "fieldwork:entry_send_again": Page(answers(404, 404, 200, 404, 403, 404), "refused_entry"),
    "fieldwork:entry_dismiss": Page(answers(404, 404, 302, 404, 403, 404), "refused_entry", verb=True),
    "fieldwork:visit_list": Page(ALL),
    "fieldwork:visit_start": Page(answers(200, 200, 302, 302, 403, 200)),
    "fieldwork:visit_detail": Page(LOOK, "visit"),
    "fieldwork:visit_update": Page(MAKER_ROW, "visit"),
    "fieldwork:visit_photo_create": Page(MAKER_ROW, "visit"),
    "fieldwork:visit_photo": Page(LOOK, "visit_photo"),
    "fieldwork:visit_create": Page(FIELD_ROW, "village"),
}
