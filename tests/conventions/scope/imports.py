from tests.conventions.scope.answers import ADMIN_ROW, OFFICE_FORM, OFFICE_ROW, Page, answers

# Verbs of an import redirect to its page, which shows the result.
IMPORT_VERB = answers(302, 302, 403, 403, 403, 404)

PAGES = {
    "imports:word_list": Page(OFFICE_ROW, "district"),
    "imports:word_create": Page(ADMIN_ROW, "district"),
    "imports:word_remove": Page(ADMIN_ROW, "synonym"),
    "imports:import_list": Page(OFFICE_FORM),
    "imports:import_create": Page(OFFICE_FORM),
    "imports:import_template": Page(OFFICE_FORM, kwargs={"kind": lambda dataset: "villages"}),
    "imports:import_detail": Page(OFFICE_ROW, "import_run"),
    "imports:import_sheets": Page(OFFICE_ROW, "import_run"),
    "imports:import_columns": Page(OFFICE_ROW, "import_run"),
    "imports:import_words": Page(OFFICE_ROW, "import_run"),
    "imports:import_choices": Page(IMPORT_VERB, "import_run", verb=True),
    "imports:import_kind": Page(IMPORT_VERB, "import_run", verb=True),
    "imports:import_lines": Page(IMPORT_VERB, "import_run", verb=True),
    "imports:import_answers": Page(IMPORT_VERB, "import_run", verb=True),
    "imports:import_apply": Page(IMPORT_VERB, "import_run", verb=True),
    "imports:import_cancel": Page(IMPORT_VERB, "import_run", verb=True),
    "imports:import_retry": Page(IMPORT_VERB, "import_run", verb=True),
    "imports:import_undo": Page(OFFICE_ROW, "saved_import"),
    "imports:import_errors": Page(OFFICE_ROW, "import_run"),
}
