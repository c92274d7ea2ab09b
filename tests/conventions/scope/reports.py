from tests.conventions.scope.answers import ADMIN_ROW, ALL, LOOK, OFFICE_FORM, OFFICE_ROW, Page, answers

OPENING = {"kind": lambda dataset: "invitation", "part": lambda dataset: "opening"}
CERTIFICATES = {"kind": lambda dataset: "certificates"}

# Berkas lengkap requested by another user.
OFFICE_REQUESTED = answers(200, 200, 404, 404, 404, 404)

# The row is looked up first, the right is checked after it.
AUDIT = answers(302, 302, 403, 404, 403, 404, other_camat=404)

SCANS = answers(200, 200, 403, 404, 403, 404, other_camat=404)
UNDRAWN = answers(404, 404, 403, 404, 403, 404, other_camat=404)  # the PDF of the dataset is incomplete
SCANS_FILED = answers(302, 302, 403, 404, 403, 404, other_camat=404)

# An image of the visible villages; without any there is nothing to draw: redirect to its page with a message.
DRAWN = answers(200, 200, 200, 302, 200, 302)

PAGES = {
    "reports:map_png": Page(DRAWN),
    "reports:picture_png": Page(DRAWN, kwargs={"key": lambda dataset: "temuan"}),
    "reports:report_png": Page(answers(404, 404, 404, 404, 404, 404), "report"),  # not of a kind with one page
    "reports:report_list": Page(ALL),
    "reports:report_rows": Page(ALL),
    "reports:reports_seen": Page(answers(302, 302, 302, 302, 302, 302), verb=True),
    "reports:report_request": Page(answers(302, 302, 302, 302, 302, 302), verb=True),
    "reports:meeting_documents_request": Page(
        answers(302, 302, 403, 404, 302, 404, camat=403, other_camat=404), "training", verb=True
    ),
    "reports:decree_documents_request": Page(answers(302, 302, 302, 404, 302, 404), "group", verb=True),
    "reports:report_download": Page(answers(302, 302, 302, 404, 302, 404), "report"),  # not finished: redirect
    "reports:report_retry": Page(answers(302, 302, 302, 404, 302, 404), "report", verb=True),
    # Requested by no user of the dataset, so that the office alone may cancel and delete it.
    "reports:report_cancel": Page(answers(302, 302, 404, 404, 404, 404), "report", verb=True),
    "reports:report_delete": Page(answers(302, 302, 404, 404, 404, 404), "report"),  # in progress: redirect, message
    "reports:report_detail": Page(LOOK, "report"),
    "reports:print_state": Page(LOOK, "report"),
    "reports:report_withdraw": Page(OFFICE_ROW, "issued"),
    "reports:signed_copy_create": Page(OFFICE_ROW, "issued"),
    "reports:signed_copy_file": Page(LOOK, "signed_copy"),
    "reports:verification_form": Page(answers(200, 200, 200, 200, 200, 200, anonymous=200)),
    "reports:verification": Page(
        answers(200, 200, 200, 200, 200, 200, anonymous=200), kwargs={"code": lambda dataset: dataset.issued.code}
    ),
    "reports:bundle_list": Page(ALL),
    "reports:bundle_create": Page(answers(200, 200, 403, 404, 200, 404, camat=403, other_camat=404), "training"),
    "reports:bundle_request": Page(
        answers(302, 302, 403, 404, 302, 404, camat=403, other_camat=404), "training", verb=True
    ),
    "reports:bundle_detail": Page(OFFICE_REQUESTED, "bundle"),
    "reports:bundle_rows": Page(OFFICE_REQUESTED, "bundle"),
    "reports:bundle_download": Page(answers(302, 302, 404, 404, 404, 404), "bundle"),  # not finished: redirect
    "reports:bundle_print": Page(answers(302, 302, 404, 404, 404, 404), "bundle"),  # not finished: redirect
    "reports:bundle_cancel": Page(answers(302, 302, 404, 404, 404, 404), "bundle", verb=True),
    "reports:bundle_retry": Page(answers(302, 302, 404, 404, 404, 404), "bundle", verb=True),
    "reports:scan_list": Page(SCANS, "training"),
    "reports:scan_upload": Page(SCANS, "training", verb=True),  # no file: error on the page
    "reports:scan_file": Page(SCANS_FILED, "training", verb=True),
    "reports:scan_page": Page(UNDRAWN, "unsorted_scan", kwargs={"page": lambda dataset: 1}),
    "reports:scan_retry": Page(answers(404, 404, 403, 404, 403, 404, other_camat=404), "unsorted_scan", verb=True),
    "reports:scan_turn": Page(UNDRAWN, "unsorted_scan", verb=True, kwargs={"page": lambda dataset: 1}),  # no angle
    "reports:scan_turn_uncoded": Page(UNDRAWN, "unsorted_scan", verb=True),  # no angle
    "reports:scan_remove": Page(SCANS, "unsorted_scan"),
    "reports:training_audit_request": Page(AUDIT, "training", verb=True),
    "reports:village_audit_request": Page(AUDIT, "village", verb=True),
    "reports:all_villages": Page(ALL),
    "reports:all_villages_request": Page(answers(302, 302, 302, 302, 302, 302), verb=True),
    "reports:schedule_list": Page(OFFICE_FORM),
    "reports:schedule_create": Page(OFFICE_FORM),
    "reports:schedule_stop": Page(answers(302, 302, 403, 403, 403, 404), "schedule", verb=True),
    "reports:schedule_start": Page(answers(302, 302, 403, 403, 403, 404), "schedule", verb=True),
    "reports:schedule_hand_over": Page(OFFICE_ROW, "schedule"),
    "reports:document_home": Page(answers(302, 302, 403, 403, 403, 302, central=200)),
    "reports:document_settings": Page(OFFICE_ROW, "district"),
    "reports:document_setting": Page(ADMIN_ROW, "district", kwargs={"kind": lambda dataset: "invitation"}),
    "reports:document_preview": Page(ADMIN_ROW, "district", verb=True, kwargs={"kind": lambda dataset: "invitation"}),
    "reports:letter_texts": Page(OFFICE_ROW, "district", kwargs={"kind": lambda dataset: "invitation"}),
    "reports:letter_text_create": Page(ADMIN_ROW, "district", kwargs=OPENING),
    "reports:text_preview": Page(ADMIN_ROW, "district", verb=True, kwargs=OPENING),
    "reports:document_templates": Page(OFFICE_ROW, "district", kwargs=CERTIFICATES),
    "reports:document_template_create": Page(OFFICE_ROW, "district", kwargs=CERTIFICATES),
    "reports:document_template_preview": Page(OFFICE_ROW, "district", verb=True, kwargs=CERTIFICATES),
    "reports:document_template_starter": Page(OFFICE_ROW, "district", kwargs={"kind": lambda dataset: "invitation"}),
    "reports:document_template_update": Page(OFFICE_ROW, "document_template"),
    "reports:document_template_file": Page(OFFICE_ROW, "document_template"),
    "reports:document_template_try": Page(OFFICE_ROW, "document_template", verb=True),
    "reports:letter_text_update": Page(ADMIN_ROW, "letter_text"),
}
