"""Helpers that fill in forms as a browser does: the values of the page are sent back, changed where a test says so."""

from tests.pamsimas.visitor import Forms


def shown(response) -> dict:
    """The values of the page's own form, with request key and version."""
    forms = [form for form in Forms(response.content.decode()).forms if form["method"] == "post" and not form["action"]]
    values = dict(forms[-1]["values"])
    return {name: value for name, value in values.items() if name != "csrfmiddlewaretoken"}


def send(client, url, **changes):
    """Opens the page, changes these fields (None leaves one out) and sends the form."""
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    values = shown(response) | changes
    return client.post(url, {name: value for name, value in values.items() if value is not None})


def errors(response) -> dict:
    """The errors of the returned form: {field: [message, ...]}."""
    return {name: list(sentences) for name, sentences in response.context["form"].errors.items()}


def page_messages(response) -> list[str]:
    """The messages of the page after this response."""
    return [str(message) for message in response.wsgi_request._messages]
