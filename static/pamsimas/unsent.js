/* What waits on this device: a bar on every page about what was never sent, a number in the menu about all of it, a
   question before "Keluar". What the portal refused was read there; it waits quietly until it ends soon. */
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
    showCount(store.own().length);
    sayFormIsGone(here);
    if (!waiting.length || !address || location.pathname === address) return;
    const isRefused = (draft) => draft.refused && !draft.sent;
    const endsSoon = (draft) => expiry(draft) - Date.now() < SOON;
    const unsent = waiting.filter(({ draft }) => !isRefused(draft));
    const ending = unsent.filter(({ draft }) => endsSoon(draft)).length;
    const ended = waiting.filter(({ draft }) => isRefused(draft) && endsSoon(draft)).length;
    const sentences = [
      unsent.length ? `${unsent.length} isian belum terkirim di ${device}.` : "",
      ending ? `${ending} di antaranya terhapus dalam 3 hari.` : "",
      ended ? `${ended} isian yang ditolak portal terhapus dalam 3 hari.` : "",
    ].filter(Boolean).join(" ");
    if (sentences) say(atTop(), sentences, ["Lihat", address]);
  });

  function showCount(count) {
    for (const place of document.querySelectorAll("[data-unsent-count]")) {
      place.textContent = count ? ` (${count})` : "";
    }
    for (const place of document.querySelectorAll("[data-unsent-news]")) {
      const hint = document.createElement("span");
      hint.className = "visually-hidden";
      hint.textContent = " isian di perangkat ini belum tersimpan";
      place.className = count ? "nav-news" : "";
      place.replaceChildren(...(count ? [String(count), hint] : []));
    }
  }

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
