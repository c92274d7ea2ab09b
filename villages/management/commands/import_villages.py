"""Command that loads the official list of villages of one kabupaten."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from villages.models import Village
from villages.services.village_list import import_list, read_list


class Command(BaseCommand):
    help = "Muat daftar resmi desa dari berkas CSV; aman diulang, dan berkas yang salah tidak mengubah apa pun."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="CSV: kode, kecamatan_kode, kecamatan, desa, kode_pos.")
        parser.add_argument("--kabupaten", required=True, help='Nama kabupaten tanpa kata Kabupaten, mis. "Mesuji".')
        parser.add_argument("--edisi", required=True, help="Keputusan yang memuat kode desa.")
        parser.add_argument("--provinsi", default="", help="Nama provinsi; untuk kode 18 Lampung.")

    def handle(self, *args, **options):
        name = options["kabupaten"].strip()
        edition = options["edisi"].strip()
        max_length = Village._meta.get_field("edition").max_length
        if not name or len(name) > max_length:
            raise CommandError(f"Tulis nama kabupaten, paling panjang {max_length} huruf.")
        if not edition or len(edition) > max_length:
            raise CommandError(f"Tulis edisi, paling panjang {max_length} huruf.")
        try:
            lines, ignored = read_list(options["file"])
            outcome = import_list(lines, district_name=name, edition=edition, province=options["provinsi"].strip())
        except ValidationError as error:
            raise CommandError("\n".join([*error.messages, "Tidak ada yang disimpan."])) from None
        self.stdout.write(
            f"{len(lines)} desa: {outcome.added} ditambahkan, {outcome.changed} diubah, "
            f"{outcome.unchanged} tidak berubah; {len(ignored)} baris diabaikan."
        )
        for line in ignored:
            self.stdout.write(f"  {line}")
        if outcome.missing:
            self.stdout.write("Tercatat di portal, tetapi tidak ada dalam berkas (dibiarkan):")
            for village in outcome.missing:
                self.stdout.write(f"  {village}")
