"""Accounts: made with a first password, closed and opened again; a kabupaten never loses its last admin."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import District, User
from accounts.models.users import UserQuerySet
from records.models import Event

ENOUGH_ADMINS = 2  # one may be ill or move away (our assumption)


def current_admins() -> UserQuerySet:
    """Admins who can log in today. Demo accounts count in the demo only."""
    admins = User.objects.current().filter(role=User.Role.ADMIN)
    return admins if settings.DEMO_MODE else admins.filter(is_sample=False)


def admin_shortage(user: User) -> list[tuple[District, int]]:
    """Kabupaten of this person's scope with fewer than two admins, and how many they have. Two queries."""
    admins = list(current_admins().values_list("district_id", "all_districts"))
    found = []
    for district in District.objects.visible_to(user):
        count = sum(1 for district_id, everywhere in admins if everywhere or district_id == district.pk)
        if count < ENOUGH_ADMINS:
            found.append((district, count))
    return found


def lock_admins() -> None:
    """Two admins who demote each other at the same time go one after the other. Call inside a transaction."""
    list(User.objects.select_for_update().filter(role=User.Role.ADMIN).order_by("pk").values_list("pk", flat=True))


def check_an_admin_stays(before: User) -> None:
    """Raises ValidationError when, after a change of `before`, a kabupaten that had an admin has none any more."""
    if before.role != User.Role.ADMIN or not before.is_current:
        return
    admins = list(current_admins().values_list("district_id", "all_districts"))
    if any(everywhere for _, everywhere in admins):
        return
    served = {district_id for district_id, _ in admins}
    # The scope of the account, as of before: one kabupaten, or all.
    for district in District.objects.visible_to(before):
        if district.pk not in served:
            raise ValidationError(
                f"{before} adalah admin terakhir {district}. Buat atau aktifkan admin lain dahulu, "
                "lalu ulangi perubahan ini."
            )


@transaction.atomic
def change_user(user: User, *, by: User) -> dict:
    """Writes an edited account. Raises Conflict, and ValidationError when the last admin would be lost."""
    lock_admins()
    before = User.objects.get(pk=user.pk)
    changes = user.change(by=by)
    check_an_admin_stays(before)
    return changes


@transaction.atomic
def deactivate(user: User, *, by: User, reason: str = "") -> None:
    """Closes the account: it is logged out at its next request. Twice closes once."""
    lock_admins()
    user.refresh_from_db()
    before = User.objects.get(pk=user.pk)
    if not user.is_active:
        return
    user.is_active = False
    user.change(by=by, verb=Event.Verb.CLOSE, reason=reason)
    check_an_admin_stays(before)


@transaction.atomic
def reactivate(user: User, *, by: User) -> None:
    """Opens the account again with its old password. Raises ValidationError when its last day has passed."""
    user.refresh_from_db()
    if user.is_active:
        return
    user.is_active = True
    if not user.is_current:
        raise ValidationError("Masa berlaku akun ini sudah lewat. Ubah tanggal berakhirnya, lalu aktifkan lagi.")
    user.change(by=by, verb=Event.Verb.REOPEN)
