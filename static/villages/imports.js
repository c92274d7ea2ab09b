/* While a worker has the import, its progress is asked for again; when the step is over the page is shown anew. */
(() => {
  "use strict";

  const panel = document.querySelector("[data-import-working]");
  if (!panel) return;

  const FAST = 1500;
  const SLOW = 8000;
  const PATIENCE = 40; // rounds at the fast pace
  let rounds = 0;

  function wait() {
    rounds += 1;
    setTimeout(refresh, rounds < PATIENCE ? FAST : SLOW);
  }

  async function refresh() {
    if (document.hidden) return wait();
    try {
      const answer = await fetch(window.location.href, { credentials: "same-origin", redirect: "error" });
      if (answer.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        const news = fresh.querySelector("[data-import-working]");
        if (!news) return window.location.reload();
        const told = news.querySelector("[data-import-progress]").textContent;
        const line = panel.querySelector("[data-import-progress]");
        if (line.textContent !== told) line.textContent = told;
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
