"""Work plans (rencana kerja): writing, review, fee check, progress, realisation, damage reports."""
