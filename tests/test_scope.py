"""Who gets what at every address: one table for all pages and roles; an address that is not listed fails.

A row outside the scope and a row that does not exist are both 404; a verb without the right is 403. Each page
is asked with a row of the own village, whose facilitator, other facilitator and other kabupaten are told apart.
"""

from dataclasses import dataclass, field

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests.world import make_world

ROLES = ("admin", "staff", "facilitator", "stranger", "official", "elsewhere", "central", "anonymous")
MISSING_ID = 987_654_321
LOGIN = 302  # anonymous people are led to the login


def answers(admin, staff, facilitator, stranger, official, elsewhere, central=None, anonymous=LOGIN):
    """`stranger` is the fasilitator of another village, `elsewhere` the admin of another kabupaten; `central`, the
    admin of all kabupaten, gets what the admin gets unless said otherwise.
    """
    central = admin if central is None else central
    return dict(zip(ROLES, (admin, staff, facilitator, stranger, official, elsewhere, central, anonymous), strict=True))


# Pages that everybody with a login has; their rows differ.
ALL = answers(200, 200, 200, 200, 200, 200)
# A row of the village, to look at.
LOOK = answers(200, 200, 200, 404, 200, 404)
# A row of the whole kabupaten, to look at.
DISTRICT_LOOK = answers(200, 200, 200, 200, 200, 404)
# Forms without a row of their own.
ADMIN_FORM = answers(200, 403, 403, 403, 403, 200)
OFFICE_FORM = answers(200, 200, 403, 403, 403, 200)
FIELD_FORM = answers(200, 200, 200, 200, 403, 200)
# Lists of the installation are changed by who is admin of every kabupaten in it.
LIST_FORM = answers(403, 403, 403, 403, 403, 403, central=200)
# Forms about a row: of the admin, of the office, of the village's facilitator too.
ADMIN_ROW = answers(200, 403, 403, 403, 403, 404)
OFFICE_ROW = answers(200, 200, 403, 403, 403, 404)
FIELD_ROW = answers(200, 200, 200, 404, 403, 404)
# Verbs of the field lead back to where they were pressed.
FIELD_VERB = answers(302, 302, 302, 404, 403, 404)
# Papers of a training, which name people of all its villages.
PAPER_LOOK = answers(200, 200, 403, 404, 200, 404)
# Berkas lengkap that somebody else asked for.
OFFICE_ASKED = answers(200, 200, 404, 404, 404, 404)
# Verbs of an import lead back to its page, which tells what came of it.
IMPORT_VERB = answers(302, 302, 403, 403, 403, 404)


@dataclass
class Page:
    """`row` names the row in the world whose id the address carries; `verb` is asked by POST instead of GET."""

    expected: dict
    row: str = ""
    verb: bool = False
    kwargs: dict = field(default_factory=dict)  # further parts of the address: name -> path in the world

    def address(self, name, world, missing=False):
        parts = {key: value(world) for key, value in self.kwargs.items()}
        if self.row:
            parts["pk"] = MISSING_ID if missing else getattr(world, self.row).pk
        return reverse(name, kwargs=parts)


def of_training(expected, row=""):
    return Page(expected, row, kwargs={"training": lambda world: world.training.pk})


def of_paper(expected):
    parts = {"training": lambda world: world.training.pk, "paper": lambda world: world.spj_item.paper}
    return Page(expected, kwargs=parts)


def of_phase(expected):
    return Page(expected, kwargs={"training": lambda world: world.training.pk, "phase": lambda world: "pre"})


def of_year(expected, **parts):
    return Page(expected, "group", kwargs={"year": lambda world: 2023, **parts})


def of_line(expected):
    return Page(expected, "plan", kwargs={"line": lambda world: world.activity.line})


PAGES = {
    "healthz": Page(answers(200, 200, 200, 200, 200, 200, anonymous=200)),
    "readyz": Page(answers(503, 503, 503, 503, 503, 503, anonymous=503)),  # no worker beats in a test
    "monitoring:home": Page(ALL),
    "monitoring:coverage": Page(ALL),
    "monitoring:findings": Page(ALL),
    "monitoring:finding_groups": Page(ALL, kwargs={"finding": lambda world: "tanpa-pembukuan"}),
    # accounts
    "accounts:login": Page(answers(302, 302, 302, 302, 302, 302, anonymous=200)),
    "accounts:logout": Page(answers(302, 302, 302, 302, 302, 302), verb=True),
    "accounts:profile": Page(ALL),
    "accounts:password_change": Page(ALL),
    "accounts:user_list": Page(ADMIN_FORM),
    "accounts:user_create": Page(ADMIN_FORM),
    "accounts:user_detail": Page(ADMIN_ROW, "account"),
    "accounts:user_update": Page(ADMIN_ROW, "account"),
    "accounts:user_password_reset": Page(ADMIN_ROW, "account"),
    "accounts:user_deactivate": Page(ADMIN_ROW, "account"),
    "accounts:user_reactivate": Page(ADMIN_ROW, "account"),
    "accounts:settings_home": Page(answers(200, 403, 403, 403, 403, 200)),
    "accounts:settings_district": Page(ADMIN_ROW, "district"),
    "accounts:settings_rules": Page(ADMIN_ROW, "district"),
    "accounts:settings_office_create": Page(ADMIN_ROW, "district"),
    "accounts:settings_office_update": Page(ADMIN_ROW, "office"),
    "accounts:settings_office_emblem": Page(answers(404, 403, 403, 403, 403, 404), "office"),
    "accounts:settings_signatory_create": Page(ADMIN_ROW, "district"),
    "accounts:settings_signatory_update": Page(ADMIN_ROW, "signatory"),
    # villages
    "villages:village_list": Page(ALL),
    "villages:village_create": Page(OFFICE_FORM),
    "villages:village_detail": Page(LOOK, "village"),
    "villages:village_update": Page(OFFICE_ROW, "village"),
    "villages:award_create": Page(OFFICE_ROW, "village"),
    "villages:award_update": Page(OFFICE_ROW, "award"),
    "villages:official_create": Page(OFFICE_ROW, "village"),
    "villages:official_end": Page(OFFICE_ROW, "village_official"),
    "villages:target_create": Page(OFFICE_ROW, "district"),
    "villages:target_update": Page(OFFICE_ROW, "target"),
    "villages:name_create": Page(OFFICE_ROW, "village"),
    "villages:name_update": Page(OFFICE_ROW, "former_name"),
    "villages:name_remove": Page(OFFICE_ROW, "former_name"),
    "villages:timeline_create": Page(OFFICE_ROW, "village"),
    "villages:timeline_update": Page(OFFICE_ROW, "timeline_entry"),
    "villages:timeline_remove": Page(OFFICE_ROW, "timeline_entry"),
    "villages:timeline_file": Page(LOOK, "timeline_entry"),
    "villages:water_test_create": Page(OFFICE_ROW, "village"),
    "villages:water_test_update": Page(OFFICE_ROW, "water_test"),
    "villages:water_test_remove": Page(OFFICE_ROW, "water_test"),
    "villages:water_test_file": Page(LOOK, "water_test"),
    "villages:sanitation_create": Page(OFFICE_ROW, "village"),
    "villages:sanitation_update": Page(OFFICE_ROW, "sanitation_mark"),
    "villages:sanitation_remove": Page(OFFICE_ROW, "sanitation_mark"),
    "villages:asset_create": Page(OFFICE_ROW, "facility"),
    "villages:asset_update": Page(OFFICE_ROW, "asset"),
    "villages:asset_checks": Page(OFFICE_ROW, "facility"),
    "villages:photo_create": Page(OFFICE_ROW, "check"),
    "villages:check_photo": Page(LOOK, "check_photo"),
    "villages:facility_create": Page(OFFICE_ROW, "village"),
    "villages:facility_detail": Page(LOOK, "facility"),
    "villages:facility_update": Page(OFFICE_ROW, "facility"),
    "villages:check_create": Page(OFFICE_ROW, "facility"),
    "villages:person_list": Page(ALL),
    "villages:person_create": Page(FIELD_FORM),
    "villages:person_detail": Page(LOOK, "person"),
    "villages:person_doubles": Page(FIELD_FORM),
    "villages:person_apart": Page(answers(302, 302, 302, 302, 403, 302), verb=True),
    "villages:person_merge": Page(FIELD_ROW, "person"),
    "villages:person_part": Page(answers(302, 302, 302, 404, 403, 404), "person", verb=True),
    "villages:person_update": Page(FIELD_ROW, "person"),
    "villages:assignment_list": Page(ADMIN_FORM),
    "villages:assignment_create": Page(ADMIN_FORM),
    "villages:assignment_extend": Page(ADMIN_FORM),
    "villages:assignment_gap_list": Page(ADMIN_FORM),
    "villages:assignment_update": Page(ADMIN_ROW, "assignment"),
    # villages: imports
    "villages:import_list": Page(OFFICE_FORM),
    "villages:import_create": Page(OFFICE_FORM),
    "villages:import_template": Page(OFFICE_FORM, kwargs={"kind": lambda world: "villages"}),
    "villages:import_detail": Page(OFFICE_ROW, "import_run"),
    "villages:import_sheets": Page(OFFICE_ROW, "import_run"),
    "villages:import_columns": Page(OFFICE_ROW, "import_run"),
    "villages:import_choices": Page(IMPORT_VERB, "import_run", verb=True),
    "villages:import_apply": Page(IMPORT_VERB, "import_run", verb=True),
    "villages:import_cancel": Page(IMPORT_VERB, "import_run", verb=True),
    "villages:import_retry": Page(IMPORT_VERB, "import_run", verb=True),
    "villages:import_undo": Page(OFFICE_ROW, "saved_import"),
    "villages:import_errors": Page(OFFICE_ROW, "import_run"),
    # kpspams: groups
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
    # kpspams: filled forms, which may carry telephone numbers: not for the Pejabat
    "kpspams:entry_list": Page(FIELD_FORM),
    "kpspams:entry_create": Page(FIELD_FORM),
    "kpspams:entry_detail": Page(FIELD_ROW, "entry"),
    "kpspams:entry_photo": Page(FIELD_ROW, "entry_photo"),
    "kpspams:entry_form": Page(FIELD_ROW, "village"),
    "kpspams:entry_take": Page(answers(302, 302, 403, 403, 403, 404), "entry", verb=True),
    "kpspams:entry_finish": Page(OFFICE_ROW, "entry"),
    "kpspams:entry_refuse": Page(OFFICE_ROW, "entry"),
    "kpspams:entry_reopen": Page(answers(302, 302, 403, 403, 403, 404), "done_entry", verb=True),
    # kpspams: association; it is seen in the whole kabupaten, its members as far as one sees their villages
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
    # kpspams: work plans
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
    "kpspams:plan_scan_file": Page(LOOK, "plan_scan"),
    "kpspams:line_note_create": Page(
        answers(200, 200, 403, 403, 403, 404), "submitted_plan", kwargs={"line": lambda world: 0}
    ),
    "kpspams:line_note_answer": Page(FIELD_ROW, "line_note"),
    "kpspams:work_plan_approve": Page(answers(422, 403, 403, 403, 403, 404), "submitted_plan", verb=True),
    "kpspams:work_plan_return": Page(answers(422, 422, 403, 403, 403, 404), "submitted_plan", verb=True),
    # kpspams: carrying out
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
    # trainings
    "trainings:training_list": Page(ALL),
    "trainings:training_create": Page(OFFICE_FORM),
    "trainings:meeting_create": Page(OFFICE_FORM),
    "trainings:training_detail": Page(LOOK, "training"),
    "trainings:training_update": of_training(OFFICE_ROW),
    "trainings:training_close": of_training(OFFICE_ROW),
    "trainings:training_reopen": of_training(OFFICE_ROW),
    "trainings:training_cancel": of_training(OFFICE_ROW),
    "trainings:day_create": of_training(OFFICE_ROW),
    "trainings:day_remove": of_training(OFFICE_ROW, "free_day"),
    "trainings:session_create": of_training(OFFICE_ROW, "day"),
    "trainings:agenda": of_training(LOOK),
    "trainings:agenda_fill": of_training(OFFICE_ROW),
    "trainings:agenda_create": of_training(OFFICE_ROW, "day"),
    "trainings:session_update": of_training(OFFICE_ROW, "session"),
    "trainings:session_remove": of_training(OFFICE_ROW, "free_session"),
    "trainings:agenda_update": of_training(OFFICE_ROW, "item"),
    "trainings:agenda_remove": of_training(OFFICE_ROW, "item"),
    "trainings:budget": of_training(PAPER_LOOK),
    "trainings:budget_create": of_training(OFFICE_ROW),
    "trainings:budget_update": of_training(OFFICE_ROW, "budget_line"),
    "trainings:budget_remove": of_training(OFFICE_ROW, "budget_line"),
    "trainings:committee_create": of_training(OFFICE_ROW),
    "trainings:committee_remove": of_training(OFFICE_ROW, "committee_member"),
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
    "trainings:attendance_grid": of_training(LOOK),
    "trainings:attendance_session": of_training(LOOK, "session"),
    "trainings:day_close": of_training(OFFICE_ROW, "day"),
    "trainings:day_reopen": of_training(OFFICE_ROW, "day"),
    "trainings:sheet_create": of_training(OFFICE_ROW, "session"),
    "trainings:sheet_file": of_training(PAPER_LOOK, "signed_sheet"),
    "trainings:sheet_remove": of_training(OFFICE_ROW, "signed_sheet"),
    "trainings:indicator_list": Page(ALL),
    "trainings:indicators": of_training(LOOK),
    "trainings:certificate_list": of_training(LOOK),
    "trainings:certificate_exception": of_training(OFFICE_ROW, "participant"),
    "trainings:certificate_withdraw": of_training(OFFICE_ROW, "certificate"),
    # trainings: papers name people of all villages, so only who sees the whole kabupaten reads their files
    "trainings:papers": of_training(LOOK),
    "trainings:paper_update": of_paper(OFFICE_ROW),
    "trainings:paper_file": of_paper(PAPER_LOOK),
    "trainings:narrative_update": of_training(OFFICE_ROW),
    "trainings:photo_list": of_training(PAPER_LOOK),
    "trainings:photo_create": of_training(OFFICE_ROW),
    "trainings:photo_update": of_training(OFFICE_ROW, "training_photo"),
    "trainings:photo_remove": of_training(OFFICE_ROW, "training_photo"),
    "trainings:photo_file": of_training(PAPER_LOOK, "training_photo"),
    # trainings: tests, evaluation and RKTL; scores of persons are the office's
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
    "trainings:follow_up_plan": of_training(LOOK),
    "trainings:follow_up_fill": Page(FIELD_VERB, verb=True, kwargs={"training": lambda world: world.training.pk}),
    "trainings:follow_up_create": of_training(FIELD_ROW, "village"),
    "trainings:follow_up_list": Page(ALL),
    "trainings:follow_up_detail": Page(LOOK, "follow_up"),
    "trainings:follow_up_update": Page(FIELD_ROW, "follow_up"),
    "trainings:follow_up_done": Page(FIELD_ROW, "follow_up"),
    "trainings:follow_up_drop": Page(FIELD_ROW, "follow_up"),
    "trainings:follow_up_remove": Page(FIELD_ROW, "follow_up"),
    "trainings:follow_up_reopen": Page(FIELD_VERB, "done_follow_up", verb=True),
    "trainings:follow_up_keep_promise": Page(FIELD_VERB, "follow_up", verb=True),
    # trainings: the shelf; Pustaka is its open part, for everybody
    "trainings:material_list": Page(ALL),
    "trainings:material_create": Page(OFFICE_FORM),
    "trainings:material_detail": Page(DISTRICT_LOOK, "material"),
    "trainings:material_update": Page(OFFICE_ROW, "material"),
    "trainings:material_file": Page(DISTRICT_LOOK, "open_material"),
    "trainings:library": Page(answers(200, 200, 200, 200, 200, 200, anonymous=200)),
    "trainings:library_file": Page(answers(200, 200, 200, 200, 200, 200, anonymous=200), "open_material"),
    # reports
    "reports:report_list": Page(ALL),
    "reports:report_rows": Page(ALL),
    "reports:report_request": Page(answers(302, 302, 302, 302, 302, 302), verb=True),
    "reports:decree_papers_request": Page(answers(302, 302, 302, 404, 302, 404), "group", verb=True),
    "reports:report_download": Page(answers(302, 302, 302, 404, 302, 404), "report"),  # not made yet: back to it
    "reports:report_retry": Page(answers(302, 302, 302, 404, 302, 404), "report", verb=True),
    "reports:bundle_list": Page(ALL),
    "reports:bundle_request": Page(answers(302, 302, 403, 404, 302, 404), "training", verb=True),
    "reports:bundle_detail": Page(OFFICE_ASKED, "bundle"),
    "reports:bundle_rows": Page(OFFICE_ASKED, "bundle"),
    "reports:bundle_download": Page(answers(302, 302, 404, 404, 404, 404), "bundle"),  # not made yet: back to it
    "reports:bundle_retry": Page(answers(302, 302, 404, 404, 404, 404), "bundle", verb=True),
}


@pytest.fixture
def world(db):
    return make_world()


def names_of_all_pages(patterns=None, namespace=""):
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from names_of_all_pages(pattern.url_patterns, inner)


def test_every_address_is_listed():
    assert sorted(set(names_of_all_pages())) == sorted(PAGES)


def ask(client, name, page, world, person, missing=False):
    if person:
        client.force_login(person)
    address = page.address(name, world, missing)
    return client.post(address) if page.verb else client.get(address)


@pytest.mark.parametrize("name", PAGES)
def test_each_role_gets_what_the_table_says(name, world, client):
    page, got = PAGES[name], {}
    for role in ROLES:
        client.logout()
        got[role] = ask(client, name, page, world, world.people[role]).status_code
    assert got == page.expected


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.row])
def test_a_missing_row_is_not_found(name, world, client):
    assert ask(client, name, PAGES[name], world, world.people["central"], missing=True).status_code == 404


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.verb])
def test_a_verb_is_not_asked_by_get(name, world, client):
    client.force_login(world.people["admin"])
    assert client.get(PAGES[name].address(name, world)).status_code == 405
