from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from plans.models import ActivityProgress, ProgressPhoto
from records.files import AGAIN
from records.models import StoredFile
from tests import factories as make
from tests.files import picture
from tests.plans.views.progress.sheets import send

pytestmark = pytest.mark.django_db


def test_photos_keep_time_and_place_and_are_shown_to_those_who_see_the_group(client, plan, electricity, facilitator):
    place = {1: "S", 2: (3.0, 58.0, 12.0), 3: "E", 4: (105.0, 24.0, 36.0)}
    send(client, plan, l1__choice="sesuai", l1__photos=[picture(taken="2026:06:11 09:15:00", place=place)])
    photo = ProgressPhoto.objects.get()
    assert (photo.file.taken_at, photo.file.taken_time.hour, photo.file.lat) == (
        date(2026, 6, 11),
        9,
        Decimal("-3.97000"),
    )
    address = reverse("plans:progress_photo", args=[photo.pk])
    assert (client.get(address).status_code, client.get(address)["Content-Type"]) == (200, "image/jpeg")
    # More photos of the same line: no new entry.
    send(client, plan, l1__photos=[picture(size=(30, 30)), picture(taken="2026:06:11 09:15:00", place=place)])
    assert (ActivityProgress.objects.count(), ProgressPhoto.objects.count()) == (1, 2)
    client.force_login(make.FacilitatorFactory(villages=[make.VillageFactory()]))
    assert client.get(address).status_code == 404


def test_a_refused_save_keeps_no_file(client, plan, electricity, facilitator):
    answer = send(client, plan, l1__choice="ditunda", l1__photos=[picture()])
    assert answer.status_code == 422
    assert any(AGAIN in error["text"] for error in answer.context["sheet"].errors)
    assert not StoredFile.objects.exists()
