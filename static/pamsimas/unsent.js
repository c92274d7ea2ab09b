/* What waits on this device is shown on every page: a bar, a number in the menu, a question before "Keluar". */
(() => {
  "use strict";

  const store = window.draftStore;
  const { DAY, expiry } = store;
  const { device, atTop, say } = window.draftNotice;
  const SOON = 3 * DAY;
  const address = document.body.dataset.unsentDrafts;

  /* Drafts whose form stands on this page are asked about there. */
  window.drafts.ready.then(() => {
    const here = new Set(window.drafts.here());
    const waiting = store.own().filter(({ name }) => !here.has(name));
    for (const place of document.querySelectorAll("[data-unsent-count]")) {
      const count = store.own().length;
      place.textContent = count ? ` (${count})` : "";
    }
    sayFormIsGone(here);
    if (!waiting.length || !address || location.pathname === address) return;
    const ending = waiting.filter(({ draft }) => expiry(draft) - Date.now() < SOON).length;
    const soon = ending ? ` ${ending} di antaranya terhapus dalam 3 hari.` : "";
    const refused = waiting.filter(({ draft }) => draft.refused && !draft.sent).length;
    const unsent = waiting.length - refused;
    const counts = [
      unsent ? `${unsent} isian belum terkirim di ${device}.` : "",
      refused ? `${refused} isian ditolak portal dan belum diperbaiki.` : "",
    ].filter(Boolean).join(" ");
    say(atTop(), `${counts}${soon}`, ["Lihat", address]);
  });

  /* "Buka" led here, but the page has no such form any more. */
  function sayFormIsGone(here) {
    if (!location.hash.startsWith(window.drafts.OPEN)) return;
    const name = decodeURIComponent(location.hash.slice(window.drafts.OPEN.length));
    const draft = store.read(name);
    if (!draft || here.has(name)) return;
    say(atTop(),
      `Formulir untuk isian “${draft.title}” tidak ada lagi di halaman ini. Isiannya tetap disimpan di ${device}.`,
      ["Lihat isian", address]);
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-logout]") || form.dataset.decided) return;
    const own = store.own();
    if (!own.length || !navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const answer = await window.portal.ask(
      `Ada ${own.length} isian Anda yang belum terkirim di ${device}. Bila dibiarkan, hanya Anda yang dapat membukanya `
      + "sesudah masuk lagi.",
      [
        ["simpan", `Keluar, biarkan isian di ${device}`, "btn-primary"],
        ["hapus", `Keluar dan hapus ${own.length} isian`, "btn-danger"],
        ["batal", "Batal", "btn-secondary"],
      ]
    );
    if (answer === "batal") return;
    if (answer === "hapus") {
      window.draftForms.stop();
      for (const { name } of own) store.drop(name);
      await window.draftFiles.sweep();
    }
    form.dataset.decided = "1";
    form.requestSubmit(event.submitter);
  }, true);
})();
