"""Chapter III of the laporan pelaksanaan: attendance, tests, evaluation, RKTL, money."""

from documents.layout import blocks
from documents.trainings import base, results
from records import formats
from trainings.models import FollowUp, Training
from trainings.queries import evaluations, scores

UNKNOWN = "-"  # unknown values print as a dash, never 0


def results_chapter(training: Training, found: results.Results) -> list[blocks.Block]:
    parts = [("Kehadiran", _attendance(found))]
    if not training.is_meeting:
        parts += [
            ("Pre-test dan post-test", _tests(training)),
            ("Evaluasi", _evaluation(training)),
            ("Rencana kerja tindak lanjut (RKTL)", _follow_ups(training, found.village_label)),
        ]
    parts.append(("Realisasi anggaran", _budget(training)))
    body = [blocks.heading("III. HASIL")]
    for letter, (title, part) in zip("ABCDE", parts, strict=False):
        body += [blocks.heading(f"{letter}. {title}"), *part]
    return body


def _attendance(found: results.Results) -> list[blocks.Block]:
    if not found.marked:
        return blocks.paragraphs("Kehadiran belum dicatat.")
    figures = found.figures
    text = f"Hadir sekurang-kurangnya satu sesi {found.present} dari {figures.registered.total} orang terdaftar"
    if found.villages:
        text += f", mewakili {found.villages}"
    missing = ""
    if figures.invited:
        village_label = found.village_label
        missing = (
            f"{village_label} yang tidak mengirim peserta: {found.missing}." if found.missing else f"{found.all_came}."
        )
    columns = [("Hari", 40, "l"), ("Sesi", 0, "l"), ("L", 14, "c"), ("P", 14, "c"), ("Hadir", 16, "c"), ("JP", 14, "c")]
    rows = [
        [
            formats.date_id(day.day.date),
            session.session.name,
            str(session.present.men),
            str(session.present.women),
            str(session.present.total),
            str(session.lesson_hours or UNKNOWN),
        ]
        for day in figures.days
        for session in day.sessions
    ]
    columns, rows = base.fitting(found.training, columns, rows)
    table = blocks.table(columns, rows, caption="Kehadiran per sesi")
    turnout = [f"Kehadiran yang diundang: {'; '.join(figures.turnout_texts)}."] if figures.turnout_texts else []
    return [*blocks.paragraphs("\n".join([f"{text}. {missing}", *turnout])), table]


def _tests(training: Training) -> list[blocks.Block]:
    found = scores.figures_of_tests(training)
    phases = (found.pre, found.post)
    if not any(phase.count for phase in phases):
        return blocks.paragraphs("Nilai pre-test dan post-test belum dicatat.")
    columns = [
        ("Tes", 0, "l"),
        ("Peserta tes", 25, "c"),
        ("Rata-rata", 25, "c"),
        (f"Nilai {found.pass_mark} ke atas", 60, "c"),
    ]
    rows = []
    for phase in phases:
        shown = phase.mean is not None and phase.count >= scores.LEAST_SHOWN
        passed = scores.share_text(phase.passed, phase.count, "orang")
        rows.append([phase.label, str(phase.count), *((phase.mean_text, passed) if shown else (UNKNOWN, UNKNOWN))])
    table = blocks.table(columns, rows, caption="Hasil pre-test dan post-test")
    if found.gain is None or found.both < scores.LEAST_SHOWN:
        return [table]
    return [
        table,
        *blocks.paragraphs(
            f"Kenaikan rata-rata {found.gain_text} di antara {found.both} orang yang mengikuti kedua tes."
        ),
    ]


def _evaluation(training: Training) -> list[blocks.Block]:
    found = evaluations.figures_of_evaluation(training)
    if not found.sheets:
        return blocks.paragraphs("Evaluasi belum dicatat.")
    columns = [("No", 10, "c"), ("Aspek", 0, "l"), ("Jawaban", 20, "c"), ("Rata-rata (1-4)", 30, "c")]
    rows = [
        [
            str(aspect.question.number),
            aspect.question.aspect,
            str(aspect.count),
            aspect.mean_text or UNKNOWN,
        ]
        for aspect in found.aspects
    ]
    foot = [["", f"Seluruh aspek, {found.sheets} lembar", "", found.mean_text or UNKNOWN]]
    body = [blocks.table(columns, rows, caption="Evaluasi peserta", footer=foot)]
    for question, remarks in found.remarks:
        if remarks:
            body += [*blocks.paragraphs(f"{question.aspect}:"), blocks.items(remarks)]
    return body


def _follow_ups(training: Training, village_label: str) -> list[blocks.Block]:
    rows = list(
        FollowUp.objects.filter(training=training).select_related("village").order_by("village__code", "number")
    )
    if not rows:
        return blocks.paragraphs("RKTL belum dicatat.")
    villages: dict[int, list[FollowUp]] = {}
    for row in rows:
        villages.setdefault(row.village_id, []).append(row)
    columns = [
        ("No", 10, "c"),
        (village_label, 0, "l"),
        ("Kegiatan", 20, "c"),
        ("Selesai", 20, "c"),
        ("Rencana kerja", 35, "c"),
    ]
    printed = []
    for number, tasks in enumerate(villages.values(), 1):
        promised = [task for task in tasks if task.promises_plan]
        plan = ("Masuk" if any(task.work_plan_id for task in promised) else "Dijanjikan") if promised else UNKNOWN
        done = sum(task.done_on is not None for task in tasks)
        printed.append([str(number), tasks[0].village.name, str(len(tasks)), str(done), plan])
    done = sum(row.done_on is not None for row in rows)
    foot = [["", f"Jumlah: {len(villages)} {village_label.lower()}", str(len(rows)), str(done), ""]]
    return [blocks.table(columns, printed, caption="RKTL per desa", footer=foot)]


def _budget(training: Training) -> list[blocks.Block]:
    lines = list(training.budget_lines.all())
    if not lines:
        return blocks.paragraphs("Anggaran belum dicatat.")
    columns = [("Uraian", 0, "l"), ("Sumber", 35, "l"), ("Pagu (Rp)", 28, "r"), ("Realisasi (Rp)", 28, "r")]
    rows = [[line.title, line.source, formats.number_id(line.ceiling), _realised(line.realised)] for line in lines]
    known = [line.realised for line in lines if line.realised is not None]
    ceiling = formats.number_id(sum(line.ceiling for line in lines))
    foot = [["Jumlah", "", ceiling, formats.number_id(sum(known)) if known else UNKNOWN]]
    return [blocks.table(columns, rows, caption="Anggaran", footer=foot)]


def _realised(amount: int | None) -> str:
    return UNKNOWN if amount is None else formats.number_id(amount)
