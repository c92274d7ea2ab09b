"""Sample visits: last month and this year, of the fasilitator and of the office."""

from datetime import date, timedelta

from fieldwork.models import Visit
from pamsimas.demo.seeding import seed

Purpose = Visit.Purpose
# Days before today, village, who, purpose, people met, result, problem, follow-up.
VISITS = [
    (
        *(9, "Contoh Satu", "fasilitator", Purpose.MONITORING, "Ketua dan bendahara KPSPAMS"),
        "Pompa jalan 10 jam sehari. Buku kas cocok dengan uang tunai.",
        "Lima belas meter air rusak; baru delapan yang diganti.",
        "Bendahara memesan meter yang kurang sebelum akhir bulan.",
    ),
    (
        *(23, "Contoh Tiga", "fasilitator", Purpose.ASSISTANCE, "Bendahara KPSPAMS"),
        "Cara mengisi buku iuran dijelaskan dan dicoba dengan tagihan bulan lalu.",
        "",
        "Bendahara mengirim foto buku iuran tiap tanggal 5.",
    ),
    (
        *(33, "Contoh Enam", "fasilitator", Purpose.DAMAGE, "Ketua KPSPAMS dan dua warga"),
        "Pompa diangkat dari sumur; gulungannya putus. Warga memakai sumur gali.",
        "Kas kelompok hanya Rp2.100.000, biaya ganti pompa sekitar Rp9.500.000.",
        "Kepala Desa membahas pemakaian dana desa pada rapat minggu depan.",
    ),
    (
        *(40, "Contoh Empat", "fasilitator", Purpose.PLAN, "Pengurus KPSPAMS"),
        "Rencana kerja yang dikembalikan diperbaiki: satuan dan bulan kegiatan dilengkapi.",
        "Sumber dana dua kegiatan belum disepakati.",
        "Pengurus menanyakan APBDes kepada Sekretaris Desa, lalu mengajukan lagi.",
    ),
    (
        *(47, "Contoh Dua", "staf", Purpose.MONITORING, "Kepala Desa dan ketua KPSPAMS"),
        "SK pengurus diperiksa: sudah berakhir. Air mengalir pagi dan sore.",
        "SK belum diperpanjang.",
        "Kepala Desa menyiapkan SK baru; DPMU mengirim rancangannya.",
    ),
    (
        *(96, "Contoh Satu", "fasilitator", Purpose.MEETING, "Pengurus dan 22 pelanggan"),
        "Musyawarah menyepakati iuran Rp5.000 ditambah Rp3.000 per m³.",
        "Tiga pelanggan menunggak lebih dari tiga bulan.",
        "Pengurus mendatangi penunggak dan membuat jadwal cicilan.",
    ),
]


def seed_visits(villages, users, today: date):
    rows = [
        Visit(
            village=villages[name],
            by=users[who],
            on=today - timedelta(days=days),
            purpose=purpose,
            people_met=met,
            result=result,
            problem=problem,
            follow_up=follow_up,
        )
        for days, name, who, purpose, met, result, problem, follow_up in VISITS
    ]
    for who in ("fasilitator", "staf"):
        seed((row for row in rows if row.by == users[who]), users[who])
