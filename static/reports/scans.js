/* While scans are being read their progress is renewed; then the page is loaded again with all pages to sort. */
(() => {
  "use strict";

  const PAUSE = 2000;

  async function refresh() {
    const place = document.getElementById("pindaian-dibaca");
    if (!place || place.dataset.underWay !== "1") return;
    try {
      const answer = await fetch(place.dataset.refresh, { credentials: "same-origin", redirect: "error" });
      if (answer.status === 200) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("pindaian-dibaca");
        if (!fresh || fresh.dataset.underWay !== "1") return location.assign(place.dataset.refresh);
        place.replaceWith(document.adoptNode(fresh));
      }
    } catch {
      // No connection: asked again after the pause.
    }
    setTimeout(refresh, PAUSE);
  }

  setTimeout(refresh, PAUSE);
})();
