from tests.conventions.scope.answers import Page, answers

PAGES = {
    "healthz": Page(answers(200, 200, 200, 200, 200, 200, anonymous=200)),
    "readyz": Page(answers(503, 503, 503, 503, 503, 503, anonymous=503)),  # no worker heartbeat in a test
}
