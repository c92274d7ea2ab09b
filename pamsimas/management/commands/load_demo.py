"""Loads DATA CONTOH, in demo mode only."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from accounts.demo import DEMO_PASSWORD
from pamsimas.demo import scenario


class Command(BaseCommand):
    help = "Muat data contoh (hanya di mode contoh); aman diulang."

    def handle(self, *args, **options):
        if not settings.DEMO_MODE:
            raise CommandError("Data contoh hanya dapat dimuat di mode contoh, yaitu tanpa DATABASE_URL.")
        try:
            loaded = scenario.load(localdate())
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        if options["verbosity"]:
            self.stdout.write(
                f"Data contoh dimuat. Akun: admin, staf, fasilitator, pejabat, camat; sandi {DEMO_PASSWORD}."
                if loaded
                else "Data contoh sudah ada; tidak ada yang diubah."
            )
