/* What a participant typed stays on the phone until it is sent, and goes out only where there is a connection. The key
   of the page is kept with it: a sheet whose answer was lost on the way is sent again as the same sheet. */
(() => {
  "use strict";

  const SENT = "evaluasi-terkirim-", DRAFT = "evaluasi-isian-";
  const store = (action) => { try { return action(localStorage); } catch { return null; } }; // private windows have none

  const done = document.querySelector("[data-sent]");
  if (done) {
    store((kept) => {
      kept.setItem(SENT + done.dataset.sent, "1");
      kept.removeItem(DRAFT + done.dataset.sent);
    });
    return;
  }

  const form = document.querySelector("form[data-token]");
  if (!form) return;
  const place = DRAFT + form.dataset.token;
  if (store((kept) => kept.getItem(SENT + form.dataset.token))) document.getElementById("sudah").hidden = false;
  const problem = document.getElementById("masalah");
  if (problem) problem.focus();

  const answers = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");

  function restore() {
    const draft = store((kept) => JSON.parse(kept.getItem(place) || "null"));
    if (!draft || problem) return; // a page that came back holds what was sent
    for (const [name, value] of draft) {
      const field = form.elements[name];
      if (field) field.value = value; // of radios it chooses the one with this value
    }
  }

  form.addEventListener("input", () => store((kept) => kept.setItem(place, JSON.stringify(answers()))));

  let sending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    const lost = document.getElementById("putus");
    lost.hidden = true;
    try {
      await fetch(form.action, { method: "HEAD", cache: "no-store" });
      form.submit();
    } catch {
      lost.hidden = false;
      lost.scrollIntoView({ block: "center" });
    } finally {
      setTimeout(() => { sending = false; }, 3000);
    }
  });

  restore();
})();
