"""Confirmation page before something is lost, and the action after the confirmation."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

Crumbs = Sequence[tuple[str, str]]


def confirm_page(
    request: HttpRequest,
    *,
    question: str,
    loss: str,
    submit_label: str,
    cancel_url: str,
    crumbs: Crumbs,
    heading: str = "",
) -> HttpResponse:
    """`loss`: what is lost with it or cannot be undone; `heading` defaults to the label of the button."""
    context = {
        "question": question,
        "loss": loss,
        "submit_label": submit_label,
        "cancel_url": cancel_url,
        "crumbs": crumbs,
        "heading": heading or submit_label,
    }
    return render(request, "partials/confirm_page.html", context)


def carry_out(request: HttpRequest, act: Callable[[], str], done_url: str, refused_url: str = "") -> HttpResponse:
    """Calls `act`, which returns the success message, or "" where the next page shows it.

    A ValidationError of `act` is shown at `refused_url`, which defaults to `done_url`.
    """
    try:
        done = act()
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect(refused_url or done_url)
    if done:
        messages.success(request, done)
    return redirect(done_url)


def confirm(
    request: HttpRequest, act: Callable[[], str], *, cancel_url: str, done_url: str = "", **texts: Any
) -> HttpResponse:
    """GET shows confirm_page with `texts`, POST acts; a refusal redirects to the URL of "Batal"."""
    if request.method != "POST":
        return confirm_page(request, cancel_url=cancel_url, **texts)
    return carry_out(request, act, done_url or cancel_url, cancel_url)
