/* While a worker has the import, its progress is asked for again; when the step is over the page is shown anew. */
(() => {
  "use strict";

  const panel = document.querySelector("[data-import-working]");
  if (!panel) return;

  // Milliseconds before each request: most files are read within a second or two.
  const FIRST = [250, 250, 300, 400, 600, 800, 1200];
  const NEXT = 1500;
  const SLOW = 8000;
  const PATIENCE = 40; // requests before the slow pace
  let rounds = 0;

  const wordsOf = (place) => place.textContent.replace(/\s+/g, " ").trim();

  function wait() {
    const pause = rounds < PATIENCE ? (FIRST[rounds] ?? NEXT) : SLOW;
    rounds += 1;
    setTimeout(refresh, pause);
  }

  async function refresh() {
    if (document.hidden) {
      rounds = Math.max(rounds, FIRST.length);
      return wait();
    }
    try {
      const answer = await fetch(window.location.href, { credentials: "same-origin" });
      if (answer.redirected) return window.location.reload(); // the step is over, or the session is
      if (answer.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        const news = fresh.querySelector("[data-import-working]");
        if (!news) return window.location.reload();
        const line = panel.querySelector("[data-import-progress]");
        const told = wordsOf(news.querySelector("[data-import-progress]"));
        if (wordsOf(line) !== told) line.textContent = told;
        const bar = panel.querySelector("progress");
        const freshBar = news.querySelector("progress");
        if (bar && freshBar) {
          bar.max = freshBar.max;
          bar.value = freshBar.value;
        }
      }
    } catch {
      rounds = PATIENCE; // no connection: ask seldom
    }
    wait();
  }

  wait();
})();
