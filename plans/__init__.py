"""Work plans (rencana kerja): editing, review, fee check, progress, realisation, damage reports."""
