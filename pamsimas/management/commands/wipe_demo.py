"""Command that removes DATA CONTOH, in demo mode and where a demo database is used for real."""

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from pamsimas.demo import wiping


class Command(BaseCommand):
    help = "Hapus semua data contoh beserta riwayat dan berkasnya; data sebenarnya tidak disentuh."

    def add_arguments(self, parser):
        parser.add_argument("--yes", action="store_true", help="Hapus tanpa bertanya lagi.")

    def handle(self, *args, **options):
        if not options["yes"]:
            counts = wiping.counted()
            if not counts:
                self.stdout.write("Tidak ada data contoh.")
                return
            self.print_counts("Data contoh yang akan dihapus:", counts)
            raise CommandError(
                "Belum ada yang dihapus. Jalankan lagi dengan --yes; tindakan ini tidak dapat dibatalkan."
            )
        try:
            counts = wiping.wipe()
        except wiping.HangingRows as error:
            more = len(error.reasons) - wiping.MAX_REASONS
            rows = error.reasons[: wiping.MAX_REASONS] + ([f"… dan {more} lagi"] if more > 0 else [])
            raise CommandError(
                "\n".join(["Tidak ada yang dihapus: data sebenarnya memakai data contoh. Lepaskan dahulu:", *rows])
            ) from None
        except IntegrityError:
            raise CommandError("Tidak ada yang dihapus: data baru saja diubah orang. Jalankan lagi.") from None
        if not counts:
            self.stdout.write("Tidak ada data contoh.")
        else:
            self.print_counts("Data contoh yang dihapus:", counts)
            self.stdout.write("Data contoh tidak dimuat lagi saat portal dijalankan berikutnya.")

    def print_counts(self, heading, counts):
        self.stdout.write(heading)
        for name, count in counts.items():
            self.stdout.write(f"{count:>7}  {name}")
