from tests.conventions.scope.answers import ALL, DISTRICT_LOOK, FIELD_ROW, LOOK, OFFICE_FORM, OFFICE_ROW, Page, answers

# Documents of a training name persons of all its villages.
DOCUMENT_LOOK = answers(200, 200, 403, 404, 200, 404, camat=403, other_camat=404)
# Verbs of the field redirect to the page with the button.
FIELD_VERB = answers(302, 302, 302, 404, 403, 404)


def of_training(expected, row=""):
    return Page(expected, row, kwargs={"training": lambda dataset: dataset.training.pk})


def of_spj_item(expected):
    parts = {"training": lambda dataset: dataset.training.pk, "document": lambda dataset: dataset.spj_item.document}
    return Page(expected, kwargs=parts)


def of_speaker(expected):
    parts = {"training": lambda dataset: dataset.training.pk, "pk": lambda dataset: dataset.resource_person.pk}
    return Page(expected, kwargs=parts)


def of_token():
    """Public: anybody with the link of the day fills a sheet in."""
    everybody = answers(200, 200, 200, 200, 200, 200, anonymous=200)
    return Page(everybody, kwargs={"token": lambda dataset: dataset.evaluation_link.token})


def of_phase(expected):
    return Page(expected, kwargs={"training": lambda dataset: dataset.training.pk, "phase": lambda dataset: "pre"})


PAGES = {
    "trainings:training_list": Page(ALL),
    "trainings:training_create": Page(OFFICE_FORM),
    "trainings:meeting_create": Page(OFFICE_FORM),
    "trainings:training_detail": Page(LOOK, "training"),
    "trainings:training_update": of_training(OFFICE_ROW),
    "trainings:training_close": of_training(OFFICE_ROW),
    "trainings:training_reopen": of_training(OFFICE_ROW),
    "trainings:training_cancel": of_training(OFFICE_ROW),
    "trainings:training_copy": of_training(OFFICE_ROW),
    "trainings:training_shift": of_training(OFFICE_ROW),
    "trainings:day_date": of_training(OFFICE_ROW, "free_day"),
    "trainings:day_create": of_training(OFFICE_ROW),
    "trainings:day_remove": of_training(OFFICE_ROW, "free_day"),
    "trainings:session_create": of_training(OFFICE_ROW, "day"),
    "trainings:agenda": of_training(LOOK),
    "trainings:agenda_grid_update": of_training(OFFICE_ROW),
    "trainings:agenda_fill": of_training(OFFICE_ROW),
    "trainings:agenda_create": of_training(OFFICE_ROW, "day"),
    "trainings:session_update": of_training(OFFICE_ROW, "session"),
    "trainings:session_remove": of_training(OFFICE_ROW, "free_session"),
    "trainings:agenda_update": of_training(OFFICE_ROW, "item"),
    "trainings:agenda_remove": of_training(OFFICE_ROW, "item"),
    "trainings:budget": of_training(DOCUMENT_LOOK),
    "trainings:budget_create": of_training(OFFICE_ROW),
    "trainings:budget_update": of_training(OFFICE_ROW, "budget_line"),
    "trainings:budget_remove": of_training(OFFICE_ROW, "budget_line"),
    "trainings:committee_create": of_training(OFFICE_ROW),
    "trainings:committee_update": of_training(OFFICE_ROW, "committee_member"),
    "trainings:committee_remove": of_training(OFFICE_ROW, "committee_member"),
    "trainings:speaker_letter_update": of_speaker(OFFICE_ROW),
    "trainings:speaker_letter_file": of_speaker(DOCUMENT_LOOK),
    "trainings:resource_person_list": Page(ALL),
    "trainings:resource_person_create": Page(OFFICE_FORM),
    "trainings:resource_person_update": Page(OFFICE_ROW, "resource_person"),
    "trainings:invitation_create": of_training(OFFICE_ROW),
    "trainings:invitation_update": of_training(OFFICE_ROW, "invitation"),
    "trainings:invitation_remove": of_training(OFFICE_ROW, "free_invitation"),
    "trainings:participant_list": of_training(LOOK),
    "trainings:proposal_gaps": of_training(OFFICE_ROW),
    "trainings:participant_paste": of_training(FIELD_ROW),
    "trainings:participant_substitute": of_training(FIELD_ROW, "free_participant"),
    "trainings:participant_pick": of_training(FIELD_ROW),
    "trainings:participant_create": of_training(FIELD_ROW),
    "trainings:participant_renumber": of_training(OFFICE_ROW),
    "trainings:participant_update": of_training(FIELD_ROW, "participant"),
    "trainings:participant_withdraw": of_training(FIELD_ROW, "participant"),
    "trainings:participant_withdraw_many": of_training(FIELD_VERB),  # nobody is ticked: to the list
    "trainings:participant_affiliation_many": of_training(FIELD_VERB),  # nobody is ticked: to the list
    "trainings:attendance_grid": of_training(LOOK),
    "trainings:attendance_session": of_training(LOOK, "session"),
    "trainings:day_close": of_training(OFFICE_ROW, "day"),
    "trainings:day_reopen": of_training(OFFICE_ROW, "day"),
    "trainings:sheet_create": of_training(OFFICE_ROW, "session"),
    "trainings:sheet_file": of_training(DOCUMENT_LOOK, "signed_sheet"),
    "trainings:sheet_remove": of_training(OFFICE_ROW, "signed_sheet"),
    "trainings:indicator_list": Page(ALL),
    "trainings:indicators": of_training(LOOK),
    "trainings:certificate_list": of_training(LOOK),
    "trainings:certificate_exception": of_training(OFFICE_ROW, "participant"),
    "trainings:certificate_withdraw": of_training(OFFICE_ROW, "certificate"),
    # Signed documents name persons of all villages, so their files are for users who see the whole kabupaten
    "trainings:spj_item_list": of_training(LOOK),
    "trainings:spj_item_update": of_spj_item(OFFICE_ROW),
    "trainings:spj_item_file": of_spj_item(DOCUMENT_LOOK),
    "trainings:narrative_update": of_training(OFFICE_ROW),
    "trainings:photo_list": of_training(DOCUMENT_LOOK),
    "trainings:photo_create": of_training(OFFICE_ROW),
    "trainings:photo_update": of_training(OFFICE_ROW, "training_photo"),
    "trainings:photo_remove": of_training(OFFICE_ROW, "training_photo"),
    "trainings:photo_file": of_training(DOCUMENT_LOOK, "training_photo"),
    # Tests, evaluation and RKTL; scores of persons are for the office only
    "trainings:assessments": of_training(LOOK),
    "trainings:test_question_list": of_training(OFFICE_ROW),
    "trainings:test_question_fill": of_training(OFFICE_ROW),
    "trainings:test_question_create": of_training(OFFICE_ROW),
    "trainings:test_question_update": of_training(OFFICE_ROW, "test_question"),
    "trainings:test_question_remove": of_training(OFFICE_ROW, "test_question"),
    "trainings:test_entry": of_phase(OFFICE_ROW),
    "trainings:test_paste": of_phase(OFFICE_ROW),
    "trainings:evaluation_entry": of_training(OFFICE_ROW),
    "trainings:evaluation_sheet_remove": of_training(OFFICE_ROW),
    "trainings:evaluation_question_list": of_training(OFFICE_ROW),
    "trainings:evaluation_question_fill": of_training(OFFICE_ROW),
    "trainings:evaluation_question_create": of_training(OFFICE_ROW),
    "trainings:evaluation_question_update": of_training(OFFICE_ROW, "evaluation_question"),
    "trainings:evaluation_question_remove": of_training(OFFICE_ROW, "evaluation_question"),
    "trainings:evaluation_link_list": of_training(OFFICE_ROW),
    "trainings:evaluation_link_open": of_training(OFFICE_ROW, "day"),
    "trainings:evaluation_link_close": of_training(OFFICE_ROW, "evaluation_link"),
    "trainings:evaluation_link_poster": of_training(OFFICE_ROW, "evaluation_link"),
    "trainings:last_link_sheet_remove": of_training(OFFICE_ROW, "day"),
    "trainings:link_sheets_remove": of_training(OFFICE_ROW, "day"),
    "trainings:evaluation_fill": of_token(),
    "trainings:evaluation_filled": of_token(),
    "trainings:follow_up_plan": of_training(LOOK),
    "trainings:follow_up_fill": Page(FIELD_VERB, verb=True, kwargs={"training": lambda dataset: dataset.training.pk}),
    "trainings:follow_up_create": of_training(FIELD_ROW, "village"),
    "trainings:follow_up_list": Page(ALL),
    "trainings:follow_up_detail": Page(LOOK, "follow_up"),
    "trainings:follow_up_update": Page(FIELD_ROW, "follow_up"),
    "trainings:follow_up_done": Page(FIELD_ROW, "follow_up"),
    "trainings:follow_up_drop": Page(FIELD_ROW, "follow_up"),
    "trainings:follow_up_remove": Page(FIELD_ROW, "follow_up"),
    "trainings:follow_up_reopen": Page(FIELD_VERB, "done_follow_up", verb=True),
    "trainings:follow_up_keep_promise": Page(FIELD_VERB, "follow_up", verb=True),
    # Materials; Pustaka is their public part
    "trainings:material_list": Page(ALL),
    "trainings:material_create": Page(OFFICE_FORM),
    "trainings:material_detail": Page(DISTRICT_LOOK, "material"),
    "trainings:material_update": Page(OFFICE_ROW, "material"),
    "trainings:material_file": Page(DISTRICT_LOOK, "open_material"),
    "trainings:library": Page(answers(200, 200, 200, 200, 200, 200, anonymous=200)),
    "trainings:library_file": Page(answers(200, 200, 200, 200, 200, 200, anonymous=200), "open_material"),
    # The fasilitator of one village is redirected to its form.
}
