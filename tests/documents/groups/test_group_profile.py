from datetime import date

import pytest
from django.utils.timezone import localdate

from tests import factories
from tests.documents.samples import pages_of, paper_of, table_of
from trainings.models import Attendance

pytestmark = pytest.mark.django_db


def facts_of(snapshot):
    return {label: text for block in snapshot["body"] if block["kind"] == "facts" for label, text in block["rows"]}


def test_an_empty_group_says_of_everything_that_it_is_not_known(office):
    _, content = paper_of("group_profile", factories.GroupFactory(name="Tirta Uji"))
    text = " ".join(" ".join(pages_of(content)).split())
    assert "PROFIL KPSPAMS “TIRTA UJI”" in text
    for sentence in (
        "SK pengurus: Belum ada SK.",
        "Belum ada pengurus yang tercatat.",
        "Belum ada sarana yang tercatat di desa ini.",
        "Belum pernah diperiksa.",
        f"Belum ada rencana kerja tahun {localdate().year}.",
        "Belum ada pengurus sekarang yang tercatat sebagai peserta pelatihan.",
    ):
        assert sentence in text
    assert len(pages_of(content)) == 1


def test_board_facilities_money_plan_and_trainings_of_a_group(office):
    group = factories.GroupFactory(name="Tirta Uji", formed_on=date(2018, 1, 1))
    village = group.village
    chair = factories.MemberFactory(group=group, post="KET", person__village=village, person__name="Ketua Uji")
    facility = factories.FacilityFactory(village=village, name="SPAM Uji")
    factories.GroupFacilityFactory(group=group, facility=facility)
    factories.ConditionCheckFactory(facility=facility, functioning="sebagian", connections_active=1_234)
    factories.GroupCheckFactory(group=group, base_fee=5_000, payers=120, income=1_500_000)
    plan = factories.WorkPlanFactory(group=group, year=localdate().year, status="approved")
    factories.ActivityFundingFactory(activity__plan=plan)
    participant = factories.ParticipantFactory(person=chair.person, village=village)
    factories.AttendanceFactory(participant=participant, status=Attendance.Status.PRESENT)
    snapshot, content = paper_of("group_profile", group)
    assert [row[2] for row in table_of(snapshot, "Pengurus")["rows"]] == ["Ketua Uji", "lowong", "lowong"]
    service = table_of(snapshot, "Sarana dan layanan")["rows"][0]
    assert service[0].startswith("SPAM Uji (Sumur bor dalam dengan pompa")
    assert (service[1].split(",")[0], service[2]) == ("Berfungsi sebagian", "1.234")
    shown = facts_of(snapshot)
    assert (shown["Abonemen per bulan"], shown["Pembayar iuran"]) == ("Rp5.000", "120 SR")
    assert shown["Penerimaan per bulan"] == "Rp1.500.000"
    assert table_of(snapshot, "Rencana kerja per bidang")["footer"][0][1] == "1"
    assert table_of(snapshot, "Pelatihan pengurus")["rows"][0][0::3] == ["Ketua Uji", "1"]
    assert len(pages_of(content)) <= 2


def test_telephone_numbers_never_stand_in_a_profile(office):
    member = factories.MemberFactory(person__phone="+6281234567890")
    snapshot, _ = paper_of("group_profile", member.group)
    assert "81234567890" not in str(snapshot)
