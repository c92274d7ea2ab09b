"""Page of tests and evaluation of one training, with their results; personal scores only for users who may see them."""

from accounts.rights import Right, may
from trainings.models import Participant, TestResult
from trainings.queries.evaluations import figures_of_evaluation
from trainings.queries.scores import LEAST_SHOWN, figures_of_tests, shows_totals
from trainings.views.base import TrainingPage


class Assessments(TrainingPage):
    template_name = "trainings/assessments.html"
    page_name = "assessments"
    heading = "Tes dan evaluasi"

    def get_context_data(self, **kwargs):
        user = self.request.user
        sees_scores = may(user, Right.SEE_SCORES)
        tests, evaluation = figures_of_tests(self.training), figures_of_evaluation(self.training)
        return super().get_context_data(
            tests=tests,
            phases=[phase for phase in (tests.pre, tests.post) if shows_totals(user, phase.count)],
            # A gain of few people reveals their scores, whatever the two counts are.
            shows_gain=shows_totals(user, tests.both),
            shows_questions=tests.answered and all(shows_totals(user, count) for count in tests.answer_counts),
            hidden=not sees_scores and 0 < max(tests.pre.count, tests.post.count) < LEAST_SHOWN,
            evaluation=evaluation,
            shows_evaluation=shows_totals(user, evaluation.sheets),
            sees_scores=sees_scores,
            people=self._people() if sees_scores else [],
            least=LEAST_SHOWN,
            **kwargs,
        )

    def _people(self) -> list[dict]:
        """All participants with both scores, in the order of the sheet; three queries with the results."""
        results: dict[int, dict[str, TestResult]] = {}
        for row in TestResult.objects.filter(
            participant__training=self.training, participant__state=Participant.State.REGISTERED
        ):
            results.setdefault(row.participant_id, {})[row.phase] = row
        people = self.training.participants.current().filter(pk__in=results)
        rows = []
        for person in people.select_related("person", "village").order_by("number"):
            pre, post = results[person.pk].get("pre"), results[person.pk].get("post")
            gain = post.score - pre.score if pre and post else None
            rows.append({"participant": person, "pre": pre, "post": post, "gain": gain})
        return rows
