import pytest
from django.core.management import call_command


@pytest.fixture
def demo(db, settings):
    """The demo as `./run` loads it."""
    settings.DEMO_MODE = True
    call_command("load_demo", verbosity=0)
    settings.DEMO_MODE = False
