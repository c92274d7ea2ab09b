"""Response headers: what the browser may do with each page."""

import pytest

# Public figures, equal for every role.
FOR_EVERYBODY = {"monitoring:public_csv", "monitoring:public_json", "monitoring:public_metadata"}


def policy(headers) -> dict[str, set[str]]:
    parts = [part.split() for part in headers["Content-Security-Policy"].split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


@pytest.mark.parametrize("role", ["admin", "facilitator", "anonymous"])
def test_every_page_is_closed_to_foreign_script_frames_and_caches(role, pages_of):
    for seen in pages_of(role):
        name, headers = seen.name, seen.headers
        rules = policy(headers)
        assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == {"'none'"}, name
        assert rules["script-src"] == rules["style-src"] == rules["form-action"] == {"'self'"}, name
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["X-Frame-Options"] == "DENY", name
        assert headers["Referrer-Policy"] == "same-origin", name
        if role != "anonymous" and name not in FOR_EVERYBODY:
            kept = {word.strip() for word in headers["Cache-Control"].split(",")}
            assert {"private", "no-store"} <= kept, (name, kept)


@pytest.mark.parametrize("role", ["admin", "facilitator", "official", "camat", "anonymous"])
def test_no_page_holds_script_or_style_of_its_own_or_calls_out(role, pages_of):
    found = []
    for seen in pages_of(role):
        for tag, facts in seen.page.tags:
            inline = tag == "script" and not facts.get("src", "").startswith("/static/")
            handlers = [key for key in facts if key == "style" or key.startswith("on")]
            out = [facts[key] for key in ("src", "href", "action") if facts.get(key, "").startswith(("http", "//"))]
            # An external link of the materials loads nothing before the click and is marked as external.
            marked = tag == "a" and {"external", "noopener", "noreferrer"} <= set(facts.get("rel", "").split())
            if inline or handlers or (out and not marked) or tag == "style":
                found.append((seen.name, tag, facts))
    assert found == []
