/* Without signal nothing is sent into the void: a form stays where it is, its words on this device, and says so. */
(() => {
  "use strict";

  const { device, box, atTop, say } = window.draftNotice;
  const boxes = new Map(); // form -> its notice

  function put(form, submitter) {
    const buttons = (submitter || form).closest(".form-buttons, .save-bar") || form.querySelector(".form-buttons");
    return box((made) => (buttons ? buttons.before(made) : form.append(made)));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (navigator.onLine || form.method !== "post" || form.dataset.anyway) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const kept = window.draftForms?.keepUnsent(form);
    if (!boxes.has(form)) boxes.set(form, put(form, event.submitter));
    say(boxes.get(form), kept
      ? `Tanpa sinyal. Isian Anda tersimpan di ${device}; kirim lagi bila sinyal ada.`
      : "Tanpa sinyal, belum terkirim. Biarkan halaman ini terbuka dan kirim lagi bila sinyal ada.",
    // A computer without network reaches a portal that runs on itself.
    ["Coba kirim sekarang", () => {
      form.dataset.anyway = "1";
      form.requestSubmit(event.submitter);
    }]);
    boxes.get(form).focus();
  }, true);

  let bar = null;

  function show() {
    if (!bar && !navigator.onLine) bar = atTop();
    if (bar) bar.hidden = navigator.onLine;
    if (bar && !navigator.onLine) {
      say(bar, `Tanpa sinyal. Yang Anda isi tetap disimpan di ${device}; halaman lain belum dapat dibuka.`);
    }
  }

  addEventListener("offline", show);
  addEventListener("online", () => {
    show();
    const again = "Sinyal ada lagi. Tekan tombol simpan sekali lagi untuk mengirim.";
    for (const notice of boxes.values()) say(notice, again);
  });
  show();
})();
