"""Page of pasted participants: a preview of all rows, choices for ambiguous names, then saving."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.generic import TemplateView

from imports.rows.rows import NEW
from trainings.parsers.participant_table import MAX_LETTERS, MAX_ROWS
from trainings.services.pasted_participants import NO_POST, Pasted, Reader, save
from trainings.views.participants import ParticipantListMixin, late_text, registered_text, warn_beyond_quota

CHOICE, SHOWN = re.compile(r"pilih-([0-9]{1,4})"), re.compile(r"dikenali-([0-9]{1,4})")
POST = re.compile(r"jabatan-([0-9]{1,4})")


def read_numbered(data, pattern: re.Pattern) -> dict[int, str]:
    """{number of the row: person, or NEW} from the fields of this name: choices, or persons shown in the preview."""
    return {int(match[1]): value[:20] for name, value in data.items() if (match := pattern.fullmatch(name)) and value}


class ParticipantPaste(ParticipantListMixin, TemplateView):
    template_name = "trainings/participant_paste.html"
    heading = "Tempel peserta dari lembar kerja"

    def post(self, request, *args, **kwargs):
        text = request.POST.get("teks", "")
        rows: list[Pasted] = []
        error = None
        self.by_line = "satu-per-baris" in request.POST
        # Parsed another way, the rows differ: answers about the earlier rows do not apply.
        anew = self.by_line != ("dibaca-per-baris" in request.POST)
        saving = "simpan" in request.POST and not anew
        shown = read_numbered(request.POST, SHOWN) if saving else {}
        self.posts = {} if anew else read_numbered(request.POST, POST)
        choices = {} if anew else read_numbered(request.POST, CHOICE)
        reader = Reader(self.training, request.user)
        try:
            rows = reader.read(text, choices, shown, self.posts, by_line=self.by_line)
            if saving:
                found = save(self.training, rows, by=request.user)
                messages.success(request, registered_text(found) + late_text(found))
                warn_beyond_quota(request, self.training, found)
                return redirect(self.get_success_url())
        except ValidationError as refused:
            error = refused
        context = self.get_context_data(
            text=text,
            rows=rows,
            error=error,
            notes=reader.notes if rows else [],
            by_line=self.by_line,
            may_be_sideways=reader.is_sideways or self.by_line,
        )
        return render(request, self.template_name, context)

    def get_context_data(self, text="", rows=(), error=None, **kwargs):
        return super().get_context_data(
            text=text[:MAX_LETTERS],
            rows=[self._shown(row) for row in rows],
            error=error,
            counts={
                "all": len(rows),
                "new": sum(row.good and row.person.pk is None for row in rows),
                "known": sum(row.good and row.person.pk is not None for row in rows),
                "wrong": sum(not row.good for row in rows),
            },
            most=MAX_ROWS,
            new=NEW,
            no_post=NO_POST,
            cancel_url=self.get_cancel_url(),
            **kwargs,
        )

    def _shown(self, found: Pasted) -> dict:
        row = found.row
        options = [(option["id"], option["text"], option["id"] == row.choice) for option in row.options]
        return {
            "found": found,
            "place": found.place,
            "name": row.label,
            "sex": row.get("sex", ""),
            "village": found.entry.village.name if found.entry and found.entry.village else row.raw.get("village", ""),
            "role": found.role_text,
            "posts": found.posts,
            "post_field": f"jabatan-{row.number}",
            "post_answer": self.posts.get(row.number, ""),
            "field": f"pilih-{row.number}",
            "shown_field": f"dikenali-{row.number}",
            "recognised": row.recognised,
            "options": options,
            "new_chosen": row.choice == NEW,
        }
