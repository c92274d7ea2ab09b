"""All documents of an SK, requested together."""

import uuid
from unittest import mock

import pytest
from django.urls import reverse

from reports import storage, tasks
from reports.models import Report
from tests import factories
from tests.documents.samples import words_of
from tests.pages import page_messages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_broker():
    with mock.patch.object(tasks.render_report, "delay"):
        yield


def request_all(client, group, key=None):
    return client.post(reverse("reports:decree_documents_request", args=[group.pk]), {"key": key or uuid.uuid4()})


def test_one_request_makes_both_documents_and_twice_makes_them_once(client, staff):
    group, key = factories.GroupFactory(name="Tirta Uji"), uuid.uuid4()
    client.force_login(staff)
    for _ in range(2):
        response = request_all(client, group, key)
        assert response.status_code == 302
        assert page_messages(response)[0].startswith('Berkas SK KPSPAMS "Tirta Uji" sedang dibuat')
    requested = list(Report.objects.order_by("kind").values_list("kind", "group", "audience", "by"))
    assert requested == [
        ("decree_draft", group.pk, "subject", staff.pk),
        ("formation_minutes", group.pk, "subject", staff.pk),
    ]


def test_a_group_that_is_no_more_gets_none(client, staff):
    group = factories.GroupFactory(dissolved_on="2020-01-01")
    client.force_login(staff)
    assert "sudah bubar" in page_messages(request_all(client, group))[0]
    assert not Report.objects.exists()


def test_the_worker_makes_them_and_those_who_see_the_group_download(client, staff, office):
    group = factories.GroupFactory()
    chair = factories.MemberFactory(group=group, person__phone="+6281234567890").person
    client.force_login(staff)
    request_all(client, group)
    for report in Report.objects.all():
        tasks.render_report(report.pk)
        report.refresh_from_db()
        assert (report.state, report.error) == ("ready", "")
        text = words_of(storage.read_file(report))
        assert chair.name in text
        assert "34567890" not in text.replace(" ", "").replace("-", "")
        own = factories.FacilitatorFactory(villages=[group.village])
        other = factories.FacilitatorFactory(villages=[factories.VillageFactory()])
        for person, status in ((own, 200), (other, 404), (factories.OfficialFactory(), 200)):
            client.force_login(person)
            assert client.get(reverse("reports:report_download", args=[report.pk])).status_code == status
    again = request_all(client, group)  # by an official, who is redirected to the staff's request
    assert "yang sama sudah ada" in page_messages(again)[0]
    assert {row.state for row in client.get(again.url).context["reports"]} == {"ready"}
    assert Report.objects.count() == 2


def test_report_list_finds_them_by_the_group(client, staff):
    client.force_login(staff)
    request_all(client, factories.GroupFactory(name="Tirta Uji"))
    response = client.get(reverse("reports:report_list"), {"q": "kps-pams tirtauji"})
    assert len(response.context["reports"]) == 2
