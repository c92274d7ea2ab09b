from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template import loader

FOLDER = settings.BASE_DIR / "deploy" / "nginx" / "pages"
PAGES = {"413.html": "413.html", "429.html": "429_address.html", "503.html": "503.html"}


class Command(BaseCommand):
    help = "Tulis halaman yang ditampilkan nginx sendiri, dari templat portal."
    requires_system_checks = []

    def handle(self, *args, **options):
        for name, page in pages().items():
            Path(FOLDER, name).write_text(page)


def pages():
    """{file name: content} of the pages that nginx shows when the portal does not answer."""
    return {name: loader.get_template(template).render() for name, template in PAGES.items()}
