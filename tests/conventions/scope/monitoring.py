from tests.conventions.scope.answers import ADMIN_FORM, ADMIN_ROW, ALL, LOOK, OFFICE_FORM, Page, answers

# Public, with or without a login.
PUBLIC = answers(200, 200, 200, 200, 200, 200, anonymous=200)
DISTRICT = {"code": lambda dataset: dataset.district.code}

PAGES = {
    "monitoring:home": Page(ALL),
    "monitoring:setup": Page(OFFICE_FORM),
    "monitoring:setup_skip": Page(answers(302, 403, 403, 403, 403, 302, central=404), verb=True),
    "monitoring:setup_restore": Page(answers(302, 403, 403, 403, 403, 302, central=404), verb=True),
    "monitoring:search": Page(ALL),
    "monitoring:entry_progress": Page(OFFICE_FORM),
    "monitoring:unchecked": Page(ALL),
    "monitoring:coverage": Page(ALL),
    "monitoring:findings": Page(ALL),
    "monitoring:finding_groups": Page(ALL, kwargs={"finding": lambda dataset: "tanpa-pembukuan"}),
    "monitoring:calendar": Page(ALL),
    "monitoring:calendar_feed": Page(ALL),
    "monitoring:calendar_feed_create": Page(answers(302, 302, 302, 302, 302, 302), verb=True),
    "monitoring:calendar_feed_renew": Page(ALL, kwargs={"issue": lambda dataset: 1}),
    "monitoring:calendar_feed_remove": Page(ALL),
    "monitoring:calendar_file": Page(PUBLIC, kwargs={"token": lambda dataset: dataset.calendar_token}),
    "monitoring:map": Page(ALL),
    "monitoring:boundary_list": Page(ADMIN_FORM),
    "monitoring:boundary_import": Page(ADMIN_FORM),
    "monitoring:boundary_delete": Page(ADMIN_FORM),
    "monitoring:boundary_check": Page(
        answers(302, 403, 403, 403, 403, 302), kwargs={"token": lambda dataset: "0" * 32}
    ),
    "monitoring:chart_list": Page(ALL),
    "monitoring:chart_detail": Page(ALL, kwargs={"key": lambda dataset: "temuan"}),
    "monitoring:summary": Page(ALL),
    "monitoring:village_sheet": Page(LOOK, "village"),
    "monitoring:reminder_list": Page(ALL),
    "monitoring:reminder_choices": Page(ALL),
    "monitoring:facilitator_messages": Page(OFFICE_FORM),
    "monitoring:figures_list": Page(ADMIN_FORM),
    "monitoring:figures_create": Page(ADMIN_FORM),
    "monitoring:figures_detail": Page(ADMIN_ROW, "final_figures"),
    "monitoring:figures_withdraw": Page(ADMIN_ROW, "final_figures"),
    "monitoring:public_list": Page(PUBLIC),
    "monitoring:public_page": Page(PUBLIC, kwargs=DISTRICT),
    "monitoring:public_json": Page(PUBLIC, kwargs=DISTRICT),
    "monitoring:public_csv": Page(PUBLIC, kwargs=DISTRICT),
    "monitoring:public_metadata": Page(PUBLIC, kwargs=DISTRICT),
}
