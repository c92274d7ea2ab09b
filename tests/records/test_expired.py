"""Forms with an expired token or login are shown again with their text; a button leads back to their page."""

import re

import pytest
from django.test import Client
from django.urls import resolve, reverse

from accounts.views.login import PRESS_AGAIN
from fieldwork.models import Visit
from records.expired import page_above
from tests.conventions.test_scope import PAGES
from tests.conventions.walks.walk import Page, html_of
from tests.files import picture

OWN = {"HTTP_ORIGIN": "http://testserver"}
WORDS = {"people_met": "Ketua", "result": 'Iuran <b>"naik"</b>\nLalu dibahas.', "on": "2024-05-05"}
BACK = re.compile(r'href="([^"]+)">Kembali ke halaman sebelumnya')
MEANT_FOR_FORMS = "Formulir ini sudah kedaluwarsa"


@pytest.fixture
def visitor(dataset):
    """A client of the fasilitator that checks CSRF tokens."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(dataset.people["facilitator"])
    return client


def address(dataset):
    return reverse("fieldwork:visit_create", args=[dataset.village.pk])


def resend_form(answer, path):
    return next(form for form in Page(html_of(answer)).forms if form.action == path)


def test_an_expired_form_shows_its_words_and_is_saved_by_one_press(visitor, dataset):
    path, before = address(dataset), Visit.objects.count()
    visitor.get(path)
    answer = visitor.post(path, WORDS | {"csrfmiddlewaretoken": "x" * 64, "draft_key": "abc"}, **OWN)
    page = Page(html_of(answer))
    assert (answer.status_code, Visit.objects.count()) == (403, before)
    assert all(text in page.text for text in (MEANT_FOR_FORMS, path, "Ketua", 'Iuran <b>"naik"</b>', "Hasil"))
    assert ("b", {}) not in page.tags
    form = resend_form(answer, path)
    assert form.controls["result"].values == [WORDS["result"]]
    data = form.untouched() | fresh_key(visitor, path)
    assert visitor.post(path, data, **OWN).status_code == 302
    assert Visit.objects.filter(people_met="Ketua").count() == 1


def fresh_key(visitor, path):
    form = next(form for form in Page(html_of(visitor.get(path))).forms if "request_key" in form.controls)
    return {"purpose": form.controls["purpose"].values, "request_key": form.controls["request_key"].values}


def test_files_of_an_expired_form_are_asked_for_again(visitor, dataset):
    path = address(dataset)
    answer = visitor.post(path, WORDS | {"photos": [picture("a.jpg"), picture("b.jpg")]}, **OWN)
    assert "Foto kunjungan: pilih lagi a.jpg, b.jpg" in Page(html_of(answer)).text
    assert 'enctype="multipart/form-data"' in html_of(answer)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_ORIGIN": "https://jahat.invalid"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://testserver.jahat.invalid"},
        {"HTTP_REFERER": "http://jahat.invalid/http://testserver/"},
        {"HTTP_ORIGIN": "https://jahat.invalid", "HTTP_REFERER": "http://testserver/"},
    ],
)
def test_words_of_a_foreign_page_are_never_shown(visitor, dataset, headers):
    answer = visitor.post(address(dataset), WORDS, **headers)
    page = Page(html_of(answer))
    assert (answer.status_code, "Ketua" in page.text) == (403, False)
    assert [form for form in page.forms if form.action == address(dataset)] == []


def test_the_referer_of_our_own_page_is_enough(visitor, dataset):
    answer = visitor.post(address(dataset), WORDS, HTTP_REFERER=f"http://testserver{address(dataset)}")
    assert resend_form(answer, address(dataset))


def test_passwords_are_never_shown_or_sent_again(visitor):
    path = reverse("accounts:password_change")
    answer = visitor.post(path, {"old_password": "rahasia-lama", "new_password1": "rahasia-baru"}, **OWN)
    assert (answer.status_code, "rahasia" in html_of(answer)) == (403, False)


def test_many_words_are_all_sent_and_some_are_shown(visitor, dataset):
    answer = visitor.post(address(dataset), {f"baris-{number}": "x" * 3000 for number in range(250)}, **OWN)
    page = Page(html_of(answer))
    assert "Dan 50 isian lain; semuanya ikut terkirim." in page.text
    assert sum(name.startswith("baris-") for name in resend_form(answer, address(dataset)).controls) == 250


def test_a_form_sent_after_the_login_ended_comes_back_with_its_words(dataset):
    client, path = Client(), address(dataset)
    answer = client.post(path, WORDS, HTTP_REFERER=f"http://testserver{path}?kembali=/")
    page = Page(html_of(answer))
    assert answer.status_code == 401
    assert all(text in page.text for text in ("Anda sudah tidak masuk", "Ketua", "Masuk di tab baru"))
    client.force_login(dataset.people["facilitator"])
    data = resend_form(answer, path).untouched() | fresh_key(client, path)
    assert client.post(path, data).status_code == 302


def test_a_button_pressed_after_the_login_ended_leads_back_to_its_page(dataset):
    page = f"/desa/{dataset.village.pk}/?tahun=2024"
    answer = Client().post(reverse("reports:report_request"), {}, HTTP_REFERER=f"http://testserver{page}")
    login = f"/masuk/?next=/desa/{dataset.village.pk}/%3Ftahun%3D2024&belum=1"
    assert (answer.status_code, answer["Location"]) == (302, login)


@pytest.mark.parametrize("referer", ["", "https://jahat.invalid/x", "//jahat.invalid"])
def test_a_foreign_page_is_never_where_a_login_leads(dataset, referer):
    answer = Client().post(reverse("reports:report_request"), {}, HTTP_REFERER=referer)
    assert (answer.status_code, answer["Location"]) == (302, "/masuk/?belum=1")


def logged_in(answer, client, user, *wrong):
    """The page to which the login leads that `answer` redirects to, after passwords that were refused."""
    user.set_password("sandi-uji-panjang")
    user.save()
    page = client.get(answer["Location"])
    for password in [*wrong, "sandi-uji-panjang"]:
        form = next(form for form in Page(html_of(page)).forms if "username" in form.controls)
        data = form.untouched() | {"username": user.username, "password": password}
        page = client.post("/masuk/", data, follow=True)
    return page


@pytest.mark.parametrize("cookies", [True, False])
def test_after_the_login_the_page_says_that_the_button_did_nothing(dataset, cookies):
    user, page = dataset.people["admin"], f"/desa/{dataset.village.pk}/"
    client = Client(enforce_csrf_checks=not cookies)
    answer = client.post(reverse("reports:report_request"), {"kind": "x"}, HTTP_REFERER=f"http://testserver{page}")
    client.handler.enforce_csrf_checks = False
    landed = logged_in(answer, client, user, "salah")
    assert landed.redirect_chain == [(page, 302)]
    assert PRESS_AGAIN in Page(html_of(landed)).text
    assert PRESS_AGAIN not in Page(html_of(client.get(page))).text


def test_a_page_opened_without_a_session_says_nothing_of_a_button(dataset):
    page, client = f"/desa/{dataset.village.pk}/", Client()
    landed = logged_in(client.get(page), client, dataset.people["admin"])
    assert (landed.redirect_chain, PRESS_AGAIN in Page(html_of(landed)).text) == ([(page, 302)], False)


def test_a_button_never_leads_over_the_login_to_another_host(dataset):
    client, foreign = Client(), "http://testserver//jahat.invalid/x"
    answer = client.post(reverse("reports:report_request"), HTTP_REFERER=foreign)
    landed = logged_in(answer, client, dataset.people["admin"])
    assert (landed.redirect_chain, PRESS_AGAIN in Page(html_of(landed)).text) == ([("/", 302)], True)


@pytest.mark.parametrize("name", ["reports:report_request", "accounts:logout"])
def test_the_address_of_a_button_answers_with_a_page(client, dataset, name):
    client.force_login(dataset.people["admin"])
    answer = client.get(reverse(name))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Halaman ini dibuka lewat tombol" in Page(html_of(answer)).text
    assert 'href="/' in html_of(answer)


def test_a_button_whose_cookies_are_gone_leads_over_the_login_back_to_its_page(dataset):
    page = f"/desa/{dataset.village.pk}/"
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("reports:report_request"), {"kind": "x"}, HTTP_REFERER=f"http://testserver{page}")
    assert (answer.status_code, answer["Location"]) == (302, f"/masuk/?next={page}&belum=1")


def test_the_page_of_a_405_leads_back_to_where_the_person_came_from(client, dataset):
    client.force_login(dataset.people["admin"])
    came = client.get(reverse("reports:report_request"), HTTP_REFERER="http://testserver/desa/?q=a")
    typed = client.get(reverse("reports:report_request"))
    foreign = client.get(reverse("reports:report_request"), HTTP_REFERER="https://jahat.invalid/x")
    posted = client.post(reverse("monitoring:home"), HTTP_REFERER="http://testserver/desa/")
    assert [BACK.search(html_of(answer))[1] for answer in (came, typed, foreign, posted)] == [
        "/desa/?q=a",
        "/laporan/",
        "/laporan/",
        "/desa/",
    ]
    assert "Kiriman tidak diterima" in Page(html_of(posted)).text


def test_a_login_that_began_at_a_button_ends_on_the_page_above_it(client, dataset):
    address = reverse("plans:work_plan_return", args=[dataset.plan.pk])
    client.force_login(dataset.people["admin"])
    answer = client.get(address, HTTP_REFERER=f"http://testserver/masuk/?next={address}", follow=True)
    assert (answer.status_code, answer.redirect_chain[-1][0]) == (
        200,
        reverse("plans:work_plan_detail", args=[dataset.plan.pk]),
    )


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.verb])
def test_above_every_button_stands_a_page(name, dataset):
    above = resolve(page_above(PAGES[name].address(name, dataset))).view_name
    assert not PAGES[above].verb
