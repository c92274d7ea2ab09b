"""Accounts: created with a first password, closed and reopened; a kabupaten never loses its last admin."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import roles
from accounts.models import AccessChange, District, Subdistrict, User
from accounts.models.users import UserQuerySet
from accounts.rights import Right
from accounts.services import access
from records.formats import date_id
from records.models import Event

ENOUGH_ADMINS = 2  # one may be ill or move away (our assumption)


def current_admins() -> UserQuerySet:
    """Admins who can log in today. Demo accounts count in the demo only."""
    admins = User.objects.current().with_right(Right.MANAGE_USERS)
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


def lock_accounts(*users: User) -> None:
    """Locks these accounts, all admins and all approvers in one order, so that what is read afterwards stays true.

    Two accounts that close each other run one after the other without a deadlock. Call it inside a transaction.
    """
    named = Q(pk__in=[user.pk for user in users])
    admins = Q(role__in=roles.with_right(Right.MANAGE_USERS))
    rows = User.objects.filter(named | admins | Q(may_approve=True))
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def admins_until(user: User) -> dict[District, date]:
    """Until which day each kabupaten of this account's scope has an admin; those without one are left out."""
    found = {}
    admins = list(current_admins().values_list("district_id", "all_districts", "ends_on"))
    for district in District.objects.visible_to(user):
        days = [ends_on or date.max for serves, everywhere, ends_on in admins if everywhere or serves == district.pk]
        if days:
            found[district] = max(days)
    return found


@contextmanager
def keeping_an_admin(before: User) -> Iterator[None]:
    """Raises ValidationError when the change inside leaves a kabupaten without an admin, now or from a nearer day on.

    `before`: the account as it was. Call it with the accounts locked.
    """
    known = admins_until(before)
    yield
    after = admins_until(before)
    for district, day in known.items():
        left = after.get(district)
        if left is None:
            raise ValidationError(
                f"{before} adalah admin terakhir {district}. Buat atau aktifkan admin lain dahulu, "
                "lalu ulangi perubahan ini."
            )
        if left < day:
            raise ValidationError(
                f"Sesudah {date_id(left)} {district} tidak mempunyai admin lagi. Buat admin lain, atau perpanjang masa "
                "berlaku akun admin lain dahulu, lalu ulangi perubahan ini."
            )


def check_subdistrict(subdistrict: Subdistrict, district: District) -> None:
    """Raises ValidationError where the kecamatan lies in another kabupaten than that of the account."""
    if subdistrict.district_id != district.pk:
        raise ValidationError(f"{subdistrict} tidak terletak di {district}. Pilih kecamatan di kabupaten akun ini.")


def _check_place(user: User) -> None:
    if user.subdistrict and user.district:
        check_subdistrict(user.subdistrict, user.district)


@transaction.atomic
def create_user(user: User, *, by: User, key: uuid.UUID | None = None) -> User:
    """Adds an account; the same `key` again gives the row that it made before.

    Raises ValidationError where its kecamatan lies in another kabupaten.
    """
    _check_place(user)
    row = user.add(by=by, key=key)
    if row is user:
        access.note(row, AccessChange.Kind.ACCOUNT, by=by)
    return row


@transaction.atomic
def change_user(user: User, *, by: User) -> dict:
    """Writes an edited account.

    Raises Conflict, and ValidationError when the last admin would be lost, somebody lets themselves approve, or the
    kecamatan lies in another kabupaten.
    """
    _check_place(user)
    lock_accounts(user)
    before = User.objects.get(pk=user.pk)
    granted = user.may_approve and not before.may_approve
    if granted and by.pk == user.pk:
        raise ValidationError("Hak menyetujui rencana kerja diberikan oleh admin lain, bukan oleh diri sendiri.")
    with keeping_an_admin(before):
        changes = user.change(by=by)
    if granted:
        access.note(user, AccessChange.Kind.APPROVER, by=by)
    if not before.is_current and user.is_current:
        access.note(user, AccessChange.Kind.REOPENED, by=by)
    return changes


@transaction.atomic
def deactivate(user: User, *, by: User, reason: str = "") -> None:
    """Closes the account: it is logged out at its next request. Twice closes once."""
    lock_accounts(user)
    user.refresh_from_db()
    if not user.is_active:
        return
    with keeping_an_admin(User.objects.get(pk=user.pk)):
        user.is_active = False
        user.change(by=by, verb=Event.Verb.CLOSE, reason=reason)


@transaction.atomic
def reactivate(user: User, *, by: User) -> None:
    """Opens the account again with its old password. Raises ValidationError when its last day has passed."""
    lock_accounts(user)
    user.refresh_from_db()
    if user.is_active:
        return
    user.is_active = True
    if not user.is_current:
        raise ValidationError("Masa berlaku akun ini sudah lewat. Ubah tanggal berakhirnya, lalu aktifkan lagi.")
    user.change(by=by, verb=Event.Verb.REOPEN)
    access.note(user, AccessChange.Kind.REOPENED, by=by)
