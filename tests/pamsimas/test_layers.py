"""The check of layers: folders and circles, roles named outside accounts, the lists of exceptions."""

import pytest

from pamsimas.tooling import layers
from pamsimas.tooling.circles import circles
from pamsimas.tooling.late_imports import late_imports
from pamsimas.tooling.role_names import role_names


@pytest.fixture
def project(tmp_path):
    """Writes modules: {path: source}."""

    def write(files):
        for path, source in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(source)
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("plans/parsers/days.py", "from plans.models import WorkPlan", {"plans.models.WorkPlan"}),
        ("plans/queries/fees.py", "import plans.forms.fees", {"plans.forms.fees"}),
        ("plans/queries/fees.py", "from plans import services, rules", {"plans.services"}),
        (
            "plans/models/fees.py",
            "def f():\n    from plans.views import fees  # late: worker start",
            {"plans.views.fees"},
        ),
        ("plans/queries/parts/fees.py", "from plans.services.fees import check", {"plans.services.fees.check"}),
        ("plans/models/fees.py", "TASK = 'plans.services.fees.check'", {"plans.services.fees.check"}),
        ("monitoring/queries/map.py", "from monitoring.charts import chart", {"monitoring.charts.chart"}),
        ("plans/reminders.py", "", {"stands outside the folders"}),
        ("plans/views/fees.py", "from plans.parsers import days\nfrom plans.views import base", set()),
        ("plans/queries/fees.py", "from villages.forms import places\nfrom plans.exports import COLUMNS", set()),
        ("plans/waiting.py", "from plans.views import fees", set()),
        ("plans/templatetags/fees.py", "from plans.views import fees", set()),
        ("documents/queries/fees.py", "from documents.views import fees", set()),
        ("reports/forms/fees.py", "from plans.forms import fees", set()),
    ],
)
def test_folder_faults_finds_what_imports_or_stands_in_the_wrong_place(project, path, source, found):
    assert layers.folder_faults(project({path: source})) == {f"{path}: {name}" for name in found}


CIRCLE = {("kpspams.boards", "kpspams.services")}


@pytest.mark.parametrize(
    ("back", "at_import", "with_late"),
    [
        ("from kpspams import boards", CIRCLE, CIRCLE),
        ("from kpspams.boards import Board", CIRCLE, CIRCLE),
        ("import kpspams.boards", CIRCLE, CIRCLE),
        ("def f():\n    from kpspams import boards", set(), CIRCLE),
        ("class A:\n    def f(self):\n        import kpspams.boards", set(), CIRCLE),
        ("if TYPE_CHECKING:\n    from kpspams.boards import Board", set(), CIRCLE),
        ("TASK = 'kpspams.boards.count'", set(), CIRCLE),
        ("TASK = 'kpspams.tasks.count'", set(), set()),
        ("from villages import boards", set(), set()),
        ("x = 1", set(), set()),
    ],
)
def test_circles_finds_what_leads_back(project, back, at_import, with_late):
    root = project({"kpspams/boards.py": "from kpspams.services import close", "kpspams/services.py": back})
    project({"kpspams/tasks.py": "from kpspams import boards"})
    assert circles(root, late=False) == at_import
    assert circles(root, late=True) == with_late


@pytest.mark.parametrize("name", ['ForeignKey("villages.Person")', 'apps.get_model("villages.Person")'])
def test_circles_follows_a_model_named_in_a_string_to_its_module(project, name):
    files = {
        "villages/models/__init__.py": "",
        "villages/models/places.py": f"found = {name}",
        "villages/models/persons.py": "from villages.models.places import Village\nclass Person: pass",
    }
    circle = ("villages.models.persons", "villages.models.places")
    assert circles(project(files), late=True) == {circle}


def test_circles_through_a_package_that_imports_its_parts(project):
    files = {
        "villages/models/__init__.py": "from villages.models.places import Village",
        "villages/models/places.py": "def f():\n    from villages.models import Village",
    }
    assert circles(project(files), late=True) == {("villages.models", "villages.models.places")}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def f():\n    import weasyprint", {"plans/fees.py: weasyprint"}),
        ("def f():\n    import weasyprint  # late: system library", set()),
        ("def f():\n    import weasyprint  # noqa: F401  # late: system library; Pango", set()),
        ("def f():\n    import weasyprint  # late: it is slow", {"plans/fees.py: weasyprint"}),
        ("class A:\n    async def f(self):\n        from plans.models import Plan", {"plans/fees.py: plans.models"}),
        ("def f():\n    def g():\n        from . import models", {"plans/fees.py: ."}),
        ("def f():\n    import os, sys", {"plans/fees.py: os", "plans/fees.py: sys"}),
        ("import os\nif TYPE_CHECKING:\n    import sys\ntry:\n    import numpy\nexcept ImportError:\n    pass", set()),
    ],
)
def test_late_imports_need_a_reason(project, source, found):
    assert late_imports(project({"plans/fees.py": source})) == found


@pytest.mark.parametrize(
    ("source", "places"),
    [
        ("from accounts.models import User\nx = User.Role.ADMIN", 1),
        ("from accounts.models import User as Account\nx = Account.Role.ADMIN", 1),
        ("from accounts.roles import Role\nx = Role.ADMIN", 1),
        ("x = user.role", 1),
        ("x = self.request.user.role in y", 1),
        ("x = report.by.role", 1),
        ("x = person_.role == 'admin'", 1),
        ("x = 'staff' != who.role", 1),
        ("User.objects.filter(role='facilitator')", 1),
        ("User.objects.filter(role__in=['admin', 'staff'])", 1),
        ("Q(owner__role='official')", 1),
        ("x = {'role': 'admin'}", 1),
        ("x = user.role\ny = user.role", 2),
        ("from trainings.models import AgendaSpeaker\nx = AgendaSpeaker.Role.SPEAKER", 0),
        ("class Role: pass\nx = Role.SPEAKER", 0),
        ("x = speaker.role == 'narasumber'", 0),
        ("drawing(role='group')", 0),
        ("User.objects.facilitators()", 0),
    ],
)
def test_role_names_finds_what_names_a_role_of_an_account(project, source, places):
    found = role_names(project({"trainings/rules.py": source}))
    assert found == ({"trainings/rules.py": places} if places else {})


@pytest.mark.parametrize(
    ("template", "places"),
    [
        ("{% if user.role == 'admin' %}", 1),
        ("{{ account.role }}", 1),
        ("{% if role == x %}", 1),
        ("{{ row.role_word }}", 0),
        ("<div role='group'>", 0),
    ],
)
def test_role_names_reads_templates(project, template, places):
    path = "templates/trainings/page.html"
    assert role_names(project({path: template})) == ({path: places} if places else {})


def test_role_names_lets_accounts_and_demo_name_roles(project):
    source = "from accounts.models import User\nx = User.Role.ADMIN"
    paths = ("accounts/rights.py", "pamsimas/demo/office.py", "pamsimas/tooling/suite.py")
    root = project(dict.fromkeys(paths, source) | {"templates/accounts/profile.html": "{{ user.role }}"})
    assert role_names(root) == {}


def test_compared_refuses_a_new_finding_and_an_entry_that_is_gone():
    message = layers.compared("import circle", {("a", "b"), ("c", "d")}, [("c", "d"), ("e", "f")])
    assert message == ["import circle: a, b", "import circle: e, f is gone; take it out of known.py"]
