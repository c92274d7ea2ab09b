"""Creates the first admin, or another one when every password is lost."""

import getpass
import os
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import District, User
from records import history
from records.models import Event


class Command(BaseCommand):
    help = (
        "Buat Admin DPMU, atau beri kata sandi baru kepada admin yang ada (--reset). "
        "Yang tidak disebut dengan pilihan akan ditanyakan. Kata sandi juga dapat diberikan lewat variabel "
        "PAMSIMAS_ADMIN_PASSWORD; tidak pernah lewat pilihan, karena pilihan terlihat oleh pengguna lain mesin ini."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser):
        parser.add_argument("--username", help="nama pengguna, misalnya budi.santoso")
        parser.add_argument("--name", help="nama lengkap")
        parser.add_argument("--kode", help="kode kabupaten, misalnya 18.11; 'semua' untuk semua kabupaten")
        parser.add_argument("--kabupaten", help="nama kabupaten, bila kode itu belum terdaftar")
        parser.add_argument("--provinsi", help="provinsi, bila kode itu belum terdaftar")
        parser.add_argument("--reset", action="store_true", help="kata sandi baru untuk admin yang sudah ada")

    def handle(self, *args, **options):
        self.options = options
        username = User.normalize_username(self.answer("username", "Nama pengguna")).lower()
        with transaction.atomic():
            user = self.reset(username) if options["reset"] else self.create(username)
        self.stdout.write(f"✓ {user.get_role_display()} {user.username} ({user.district or 'semua kabupaten'})")

    def create(self, username):
        if User.objects.filter(username=username).exists():
            raise CommandError(f"Nama pengguna {username} sudah ada. Untuk kata sandi baru, tambahkan --reset.")
        user = User(username=username, name=self.answer("name", "Nama lengkap"), role=User.Role.ADMIN)
        code = self.answer("kode", "Kode kabupaten (misalnya 18.11, atau: semua)")
        if code == "semua":
            user.all_districts = True
        else:
            user.district = self.district(code)
        user.set_password(self.password(user))
        self.validate(user)
        return user.add(by=None, reason="create_admin")

    def reset(self, username):
        user = User.objects.filter(username=username, role=User.Role.ADMIN, is_sample=False).first()
        if user is None:
            raise CommandError(f"Tidak ada Admin DPMU dengan nama pengguna {username}.")
        user.set_password(self.password(user))
        user.password_until = user.password_used_at = None
        user.is_active, user.ends_on = True, None
        if not user.change(by=None, reason="create_admin --reset"):
            history.record(user, Event.Verb.CHANGE, by=None, reason="create_admin --reset")
        return user

    def district(self, code):
        known = District.objects.filter(code=code).first()
        if known:
            return known
        made = District(
            code=code,
            name=self.answer("kabupaten", "Nama kabupaten"),
            province=self.answer("provinsi", "Provinsi"),
        )
        self.validate(made)
        made.save()
        return made

    def password(self, user):
        """Reads it from the environment, or prompts twice without echo. Raises CommandError when it is too weak."""
        given = os.environ.get("PAMSIMAS_ADMIN_PASSWORD")
        if given is None:
            if not sys.stdin.isatty():
                raise CommandError("Berikan kata sandi lewat variabel PAMSIMAS_ADMIN_PASSWORD.")
            given = getpass.getpass("Kata sandi: ")
            if getpass.getpass("Ulangi kata sandi: ") != given:
                raise CommandError("Kedua kata sandi tidak sama. Jalankan lagi perintah ini.")
        try:
            validate_password(given, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        return given

    def answer(self, option, question):
        given = self.options[option]
        if given is None:
            if not sys.stdin.isatty():
                raise CommandError(f"{question} belum diberikan: tambahkan --{option}.")
            given = input(f"{question}: ")
        if not given.strip():
            raise CommandError(f"{question} tidak boleh kosong.")
        return given.strip()

    def validate(self, row):
        try:
            row.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
