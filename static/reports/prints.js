/* State beside a print button: asked for again while the document is under way. The page works without. */
(() => {
  "use strict";

  const PAUSES = [300, 400, 600, 800, 1200]; // milliseconds; most documents are ready within a second or two
  const NEXT = 2000;
  const SLOW = 10000;
  const PATIENCE = 30; // requests before the slow pace

  function watch(place, round = 0) {
    if (!["queued", "running"].includes(place.dataset.state)) return;
    const pause = round < PATIENCE ? (PAUSES[round] ?? NEXT) : SLOW;
    setTimeout(async () => {
      let next = round + 1;
      try {
        if (!document.hidden) await refresh(place);
      } catch {
        next = PATIENCE; // no connection: ask seldom
      }
      watch(place, next);
    }, pause);
  }

  /* Only the content is replaced: a status region that stays is what a screen reader reads out. */
  async function refresh(place) {
    const url = new URL(place.dataset.print, location.href);
    url.searchParams.set("keadaan", place.dataset.state);
    const answer = await fetch(url, { credentials: "same-origin", redirect: "error" });
    if (answer.status !== 200) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-print]");
    if (!fresh) return;
    place.dataset.state = fresh.dataset.state;
    place.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
  }

  for (const place of document.querySelectorAll("[data-print]")) watch(place);
})();
