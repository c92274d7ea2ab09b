"""Pages of a site made in the test, for the scripts of every page."""

import pytest

from tests.script_site import Site


@pytest.fixture
def site(browser):
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    context.set_default_timeout(10_000)
    yield Site(context)
    context.close()
