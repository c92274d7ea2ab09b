"""Page that changes a whole board after an election."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from accounts.rights import Right
from accounts.scoping import require
from kpspams.forms.boards import LATER, MAX_SEATS, BoardChangeForm
from kpspams.models import KpspamsGroup
from kpspams.services import boards
from kpspams.services.boards import BoardMoved, SeatError
from kpspams.views.groups import crumbs_of
from records.editing import warn_of_letters, way_back
from records.formats import date_id
from records.models import Conflict, RequestKey, SentByAnother, SentForm, SentOther
from records.sent_content import differences, posted_content


@require_http_methods(["GET", "HEAD", "POST"])
def board_change(request, pk):
    require(request.user, Right.EDIT_GROUPS)
    groups = KpspamsGroup.objects.editable_by(request.user).select_related("village__subdistrict__district")
    group = get_object_or_404(groups, pk=pk)
    if group.is_dissolved:
        messages.warning(request, f"{group} sudah bubar. Buka kembali dahulu untuk mencatat pengurus baru.")
        return redirect(group)
    members = boards.running(group)
    seen = boards.fingerprint(members)
    if request.method != "POST":
        initial = {"starts_on": localdate(), "sk": LATER, "seen": seen}
        return _page(request, group, BoardChangeForm(None, group, members, user=request.user, initial=initial))
    form = BoardChangeForm(request.POST, group, members, user=request.user)
    key = _key(request, form)
    try:
        if key and (SentForm.find(key, request.user) or boards.begun_by(group, key, MAX_SEATS)):
            messages.success(request, f"Pengurus baru {group} tersimpan.")
            return redirect(way_back(request, group.get_absolute_url()))
    except (SentOther, SentByAnother) as error:
        return _resent(request, group, key, error)
    if request.POST.get("seen") != seen:
        return _moved(request, group, members)
    if not form.is_valid():
        return _page(request, group, form)
    data = form.head.cleaned_data
    try:
        with transaction.atomic():
            SentForm.claim(key, request.user)
            began = boards.change_board(
                group,
                data["starts_on"],
                [seat.seat() for seat in form.seats],
                decree=form.head.decree(),
                reappoint=data["reappoint"],
                seen=data["seen"],
                by=request.user,
                key=data["request_key"],
            )
    except (SentOther, SentByAnother) as error:
        return _resent(request, group, key, error)
    except (BoardMoved, Conflict):
        return _moved(request, group)
    except SeatError as error:
        form.refuse(error.place, error)
        return _page(request, group, form)
    except ValidationError as error:
        form.refuse(None, error)
        return _page(request, group, form)
    day = date_id(data["starts_on"])
    what = f"{len(began)} jabatan dimulai pada {day}" if began else f"jabatan yang berakhir ditutup sebelum {day}"
    messages.success(request, f"Pengurus baru {group} tersimpan: {what}.")
    warn_of_letters(request, form.head)
    return redirect(way_back(request, group.get_absolute_url()))


def _key(request, form: BoardChangeForm) -> RequestKey | None:
    try:
        key = UUID(request.POST.get("request_key", ""))
    except ValueError:
        return None
    parts = {"": form.head} | {f"{seat.title} {seat.prefix}": seat for seat in form.seats}
    return RequestKey(key, posted_content(request.POST, parts, request.path))


def _resent(request, group, key: RequestKey, error: SentOther | SentByAnother):
    """The form was sent before with other content: shows both texts and the current board."""
    members = boards.running(group)
    form = _again(request, group, members, request_key=str(uuid4()))
    if isinstance(error, SentByAnother):
        return _page(request, group, form, status=409, conflict={"another_person": True})
    rows = differences(key.content, error.sent.shown)
    conflict = {"sent": True, "rows": rows, "row": group, "url": group.get_absolute_url()}
    return _page(request, group, form, status=409, conflict=conflict)


def _moved(request, group, members=None):
    """Another request was faster: shows the current board with the typed values of posts that still exist."""
    form = _again(request, group, boards.running(group) if members is None else members)
    form.is_valid()
    form.head.add_error(
        None,
        "Belum tersimpan: susunan pengurus ini baru saja diubah orang lain. Di bawah ini susunan yang tersimpan "
        "sekarang; periksa lagi pilihan Anda, lalu simpan.",
    )
    return _page(request, group, form, status=409)


def _again(request, group, members, **changed) -> BoardChangeForm:
    """The typed values over the current board."""
    data = request.POST.copy()
    data["seen"] = boards.fingerprint(members)
    for name, value in changed.items():
        data[name] = value
    for member in members:
        data.setdefault(f"p{member.pk}-fate", boards.Fate.STAYS)
    return BoardChangeForm(data, group, members, user=request.user)


def _page(request, group, form, status=200, conflict=None):
    heading = "Ganti pengurus" if form.members else "Catat pengurus"
    context = {
        "heading": heading,
        "group": group,
        "form": form.head,
        "board": form,
        "conflict": conflict,
        "crumbs": crumbs_of(group, (heading, "")),
        "submit_label": "Simpan pengurus baru" if form.members else "Simpan pengurus",
        "cancel_url": way_back(request, group.get_absolute_url()),
    }
    return render(request, "kpspams/board_change.html", context, status=status)
