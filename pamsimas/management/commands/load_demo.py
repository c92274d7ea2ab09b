"""Command that loads DATA CONTOH, in demo mode only."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from accounts.demo import DEMO_PASSWORD
from pamsimas.demo import scenario
from records.formats import date_id
from records.models import SampleWipe


class Command(BaseCommand):
    help = "Muat data contoh (hanya di mode contoh); aman diulang, dan tidak kembali sesudah wipe_demo."

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="Muat lagi walaupun data contoh pernah dihapus.")

    def handle(self, *args, **options):
        if not settings.DEMO_MODE:
            raise CommandError("Data contoh hanya dapat dimuat di mode contoh, yaitu tanpa DATABASE_URL.")
        if scenario.is_loaded():
            if options["verbosity"]:
                self.stdout.write("Data contoh sudah ada; tidak ada yang diubah.")
            return
        wiped_at = scenario.wiped_at()
        if wiped_at and not options["again"]:
            self.stdout.write(
                f"Data contoh sudah dihapus pada {date_id(localdate(wiped_at))} dan tidak dimuat lagi. "
                "Memuatnya lagi di samping data sebenarnya: ./run manage load_demo --again."
            )
            return
        try:
            scenario.load(localdate())
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        SampleWipe.objects.all().delete()
        if options["verbosity"]:
            self.stdout.write(
                f"Data contoh dimuat. Akun: admin, staf, fasilitator, pejabat, camat; sandi {DEMO_PASSWORD}."
            )
