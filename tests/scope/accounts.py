from tests.scope.answers import ADMIN_FORM, ADMIN_ROW, ALL, Page, answers

PAGES = {
    "accounts:login": Page(answers(302, 302, 302, 302, 302, 302, anonymous=200)),
    "accounts:logout": Page(answers(302, 302, 302, 302, 302, 302), verb=True),
    "accounts:profile": Page(ALL),
    "accounts:contact": Page(ALL),
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
}
