"""Every form of a fasilitator over a connection that loses the request, cuts it, or loses the response: nothing typed
is lost.
"""

import re
import sys
from dataclasses import dataclass, field

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, Model, Q, TextField
from playwright.sync_api import Error, Page, expect

from records.models import StoredFile
from tests.conventions.test_scope import PAGES
from tests.dataset import make_dataset
from tests.e2e.forms import FILL, HOLDS, FieldForm, forms_of, photo
from tests.e2e.proxy import Fault, FaultyProxy

pytestmark = pytest.mark.browser

SCREEN = {"width": 360, "height": 640}
QUESTION = re.compile("Ada isian yang belum tersimpan dari")
READY = "() => drafts.ready.then(() => new Promise((done) => setTimeout(done, 0)))"  # by then the question is shown
# Waits until so many photos are stored beside the draft, and until so many are chosen again.
PHOTOS_KEPT = """async (count) => {
  for (let tries = 0; tries < 500; tries += 1) {
    const drafts = await Promise.all(draftStore.own().map(({ name }) => draftFiles.get(name)));
    if (drafts.flatMap((fields) => [...fields.values()].flat()).length === count) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`${count} photos are not kept`);
}"""
PHOTOS_CHOSEN = """(count) => [...document.querySelectorAll("input[type=file]")]
  .reduce((sum, input) => sum + input.files.length, 0) === count"""
EVERYBODY_WRITES = {"Event", "LoginBucket", "Session", "SavedDraft", "JobRow", "LogEntry", "StoredFile"}


@dataclass
class Tally:
    forms: int = 0
    untouched: set = field(default_factory=set)
    sendings: int = 0
    words: int = 0
    photos: int = 0
    saved: int = 0
    refused: set = field(default_factory=set)
    words_lost: list = field(default_factory=list)
    photos_lost: list = field(default_factory=list)
    doubles: list = field(default_factory=list)
    wrongly_saved: list = field(default_factory=list)
    never_named: list = field(default_factory=list)
    halves: list = field(default_factory=list)

    def faults(self) -> dict:
        return {name: value for name, value in vars(self).items() if isinstance(value, list) and value}


@pytest.fixture
def proxy(live_server):
    proxy = FaultyProxy(live_server.thread.port)
    yield proxy
    proxy.close()


@pytest.fixture
def phone(browser, proxy, client, transactional_db):
    """phone(user): a page of that user on a phone, behind the proxy."""
    contexts = []

    def open_page(user):
        client.force_login(user)
        context = browser.new_context(viewport=SCREEN, has_touch=True, locale="id-ID", timezone_id="Asia/Jakarta")
        context.set_default_timeout(20_000)
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": f"http://localhost:{proxy.port}"}]
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def rows() -> dict[str, int]:
    """Rows of each model that a form may add to."""
    models = [model._meta for model in apps.get_models() if model.__name__ not in EVERYBODY_WRITES]
    counts = (
        f"SELECT '{meta.label}', COUNT(*) FROM {connection.ops.quote_name(meta.db_table)}"  # noqa: S608
        for meta in models
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts))
        return dict(cursor.fetchall())


def difference(before: dict, after: dict) -> dict:
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def put_back(dataset):
    """Restores the rows: a form that ended something would leave the next page without a form."""
    for row in vars(dataset).values():
        if isinstance(row, Model):
            try:
                with transaction.atomic():
                    row.save_base(raw=True)
            except IntegrityError:
                pass  # a row added meanwhile is in its place


def stored_somewhere(text: str) -> bool:
    """Whether any column of any row contains this text."""
    for model in apps.get_models():
        columns = [f.name for f in model._meta.get_fields() if isinstance(f, (CharField, TextField))]
        if model.__name__ in ("SavedDraft", "Session") or not columns:
            continue
        query = Q()
        for column in columns:
            query |= Q(**{f"{column}__icontains": text})
        if model._base_manager.filter(query).exists():
            return True
    return False


class Sender:
    """One form, filled in once and sent until it is saved or refused."""

    def __init__(self, page: Page, proxy: FaultyProxy, form: FieldForm, number: int, tally: Tally):
        self.page, self.proxy, self.form, self.tally = page, proxy, form, tally
        self.mark, self.number = f"Kata{number}", number
        self.address = f"http://localhost:{proxy.port}{form.address}"

    def locate(self):
        return self.page.locator("form").nth(self.form.place)

    def open(self):
        self.page.goto(self.address, wait_until="domcontentloaded")  # the scripts have run
        self.page.evaluate(READY)

    def fill(self):
        self.open()
        self.locate().evaluate("(form) => { const fold = form.closest('details'); if (fold) fold.open = true; }")
        texts = self.locate().evaluate(FILL, self.mark)
        self.photos = 0
        for place, name in enumerate(self.form.files):
            field_ = self.locate().locator(f'input[name="{name}"]')
            many = field_.get_attribute("multiple") is not None
            chosen = [
                {"name": f"{self.mark}-{n}.jpg", "mimeType": "image/jpeg", "buffer": photo(1_000 * self.number + n)}
                for n in range(10 * place, 10 * place + (2 if many else 1))
            ]
            field_.set_input_files(chosen)
            self.photos += len(chosen)
        self.texts = texts
        self.tally.words += sum(len(text.split()) for text in texts)
        self.tally.photos += self.photos

    def send(self, fault: Fault | None):
        """Presses the button. Resolves when the browser shows the result."""
        self.proxy.fault = fault
        before = self.proxy.suffered
        button = self.locate().locator("button[type=submit]")
        main = self.locate().locator("button.btn-primary[type=submit], button.btn-danger[type=submit]")
        button = (main if main.count() else button).first
        confirms = button.get_attribute("data-confirm") or self.locate().get_attribute("data-confirm")
        try:
            with self.page.expect_navigation(wait_until="domcontentloaded"):
                button.click()
                if confirms:
                    self.page.locator("dialog button").first.click()
        except Error as error:
            if fault is None or "net::" not in str(error):
                raise
            self.page.wait_for_url("chrome-error://**", wait_until="commit")
            self.page.evaluate("() => document.readyState")  # responds once the error page is in front
        self.proxy.fault = None
        self.tally.sendings += 1
        assert fault is None or self.proxy.suffered > before, (self.form, fault)

    def restore(self) -> bool:
        """Opens the form again and restores the draft, where there is one. False where the portal has it."""
        self.open()
        question = self.page.get_by_role("status").filter(has_text=QUESTION)
        if not question.count():
            return False
        question.get_by_role("button", name="Pulihkan", exact=True).click()
        expect(self.page.get_by_role("status").filter(has_text="dipulihkan")).to_be_visible()
        return True

    def compare(self, held: list, when: str):
        """Compares the values of the form now with those when it was sent."""
        now = self.locate().evaluate(HOLDS)
        gone = [pair for pair in held if pair not in now]
        photos = [pair for pair in gone if str(pair[1]).startswith(f"{self.mark}-")]
        if photos:
            self.tally.photos_lost.append((self.form.name, when, photos))
        if words := [pair for pair in gone if pair not in photos]:
            self.tally.words_lost.append((self.form.name, when, words))

    def run(self):
        self.fill()
        if self.photos:
            self.page.evaluate(PHOTOS_KEPT, self.photos)
        if not self.page.evaluate("() => draftStore.own().length"):
            self.tally.untouched.add(self.form.name)  # nothing can be typed that the page does not show already
            return
        held = None
        for fault in (Fault.REQUEST, Fault.CUT):
            before = rows()
            self.send(fault)
            if (after := rows()) != before:
                self.tally.halves.append((self.form.name, fault.name, difference(before, after)))
            found = self.restore()
            if not found:
                self.tally.words_lost.append((self.form.name, fault.name, "no draft"))
                return
            if held is None:
                self.compare_with_texts(fault.name)
                held = self.locate().evaluate(HOLDS)
            else:
                self.compare(held, fault.name)
        before, files = rows(), list(StoredFile.objects.values_list("pk", flat=True))
        self.send(Fault.ANSWER)
        after = rows()
        self.resend_by_browser(after)
        if self.restore():
            self.compare(held, "ANSWER")
            self.finish(before, after, files)
        else:
            self.received(files)

    def compare_with_texts(self, when):
        now = self.locate().evaluate(HOLDS)
        values = [value for _, value in now]
        if gone := [text for text in self.texts if not any(text in value for value in values)]:
            self.tally.words_lost.append((self.form.name, when, gone))
        photos = [value for value in values if value.startswith(f"{self.mark}-")]
        if len(photos) != self.photos:
            self.tally.photos_lost.append((self.form.name, when, photos))

    def resend_by_browser(self, after):
        """The user reloads the error page: the browser sends the form once more."""
        self.page.reload(wait_until="domcontentloaded")
        if (again := rows()) != after:
            self.tally.doubles.append((self.form.name, difference(after, again)))

    def received(self, files):
        """The portal has the form: its text and photos are stored."""
        self.tally.saved += 1
        if gone := [text for text in self.texts if not stored_somewhere(text)]:
            self.tally.wrongly_saved.append((self.form.name, gone))
        if (more := StoredFile.objects.exclude(pk__in=files).count()) < self.photos:
            self.tally.photos_lost.append((self.form.name, "stored", more))

    def finish(self, before, after, files):
        """The draft remains, so the portal has nothing of it; sent once more it is saved, or refused with its text."""
        if before != after:
            self.tally.never_named.append((self.form.name, "stored, yet the draft waits"))
        held = self.locate().evaluate(HOLDS)
        self.send(None)
        success = self.page.locator(".notice-success")
        if success.count() and not self.page.locator(".error-summary").count():
            self.page.evaluate(READY)
            self.received(files)
            if self.page.evaluate("() => draftStore.own().length"):
                self.tally.never_named.append((self.form.name, success.first.inner_text()))
                self.page.evaluate("() => localStorage.clear()")
        elif self.page.locator("form").count() > self.form.place:
            if self.photos:
                self.page.wait_for_function(PHOTOS_CHOSEN, arg=self.photos)
            self.compare(held, "REFUSED")
            self.tally.refused.add(self.form.name)
        else:
            self.tally.never_named.append((self.form.name, self.page.locator("main").inner_text()[:200]))
        self.page.evaluate("() => localStorage.clear()")


# App -> forms in which a user types nothing (preselected choices), and minimum of forms saved.
APPS = {
    "villages": (set(), 2),
    "kpspams": (set(), 9),
    "plans": ({"plans:work_plan_detail"}, 8),
    "trainings": (set(), 5),
    "fieldwork": ({"fieldwork:visit_list"}, 3),
    "other": ({"monitoring:reminder_choices"}, 0),  # accounts:contact needs the password, which no draft stores
}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("app", APPS)
def test_no_word_and_no_photo_of_a_facilitator_is_lost_or_stored_twice(app, phone, proxy, client):
    dataset = make_dataset()
    user = dataset.people["facilitator"]
    chosen = forms_of(client, dataset, "facilitator", {name for name in PAGES if app_of(name) == app})
    page, tally = phone(user), Tally()
    for number, form in enumerate(chosen):
        tally.forms += 1
        Sender(page, proxy, form, 100 + number, tally).run()
        put_back(dataset)
    sys.stdout.write(f"{app}: {tally}\n")
    untouched, saved = APPS[app]
    assert (tally.faults(), tally.untouched) == ({}, untouched)
    assert tally.saved >= saved


def app_of(name: str) -> str:
    app = name.partition(":")[0]
    return app if app in APPS else "other"
