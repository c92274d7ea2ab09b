/* The page "Belum terkirim": the drafts of this device, which the server does not know. */
(() => {
  "use strict";

  const store = window.draftStore;
  const { device, dayText, timeText, filesText, refusedText, expiryText, box, say } = window.draftNotice;
  const list = document.querySelector("[data-unsent-list]");
  if (!list) return;

  function element(tag, text, className = "") {
    const made = document.createElement(tag);
    made.textContent = text;
    made.className = className;
    return made;
  }

  function contents(draft) {
    const parts = [`${draft.words || 0} kata`];
    if (draft.files.length) parts.push(filesText(draft.files));
    return parts.join(", ");
  }

  function attempt(draft) {
    if (draft.sent) return `Dikirim ${timeText(draft.sent)}, belum ada jawaban bahwa tersimpan.`;
    if (draft.refused) return refusedText(draft);
    return draft.tried ? `Terakhir dicoba kirim ${timeText(draft.tried)}, belum terkirim.` : "Belum pernah dikirim.";
  }

  function read(draft) {
    const lines = [...(draft.lines || []), ...draft.rest];
    if (!lines.length) return [];
    const more = element("details", "", "more");
    const facts = element("dl", "", "facts");
    for (const [label, text] of lines) facts.append(element("dt", label), element("dd", text));
    more.append(element("summary", "Lihat isian"), facts);
    return [more];
  }

  function item(name, draft) {
    const made = element("li", "", "card-sheet unsent");
    const buttons = element("div", "", "button-row");
    const open = element("a", draft.refused && !draft.sent ? "Perbaiki" : "Buka", "btn btn-primary");
    open.href = (draft.href || name.split(":")[2]) + window.drafts.OPEN + encodeURIComponent(name);
    const discard = element("button", "Buang", "btn btn-secondary");
    discard.type = "button";
    discard.addEventListener("click", () => throwAway(made, name, draft));
    buttons.append(open, discard);
    made.append(element("h2", draft.title || "Isian"));
    if (draft.where) made.append(element("p", draft.where));
    made.append(element("p", `Ditulis ${timeText(draft.at)}: ${contents(draft)}.`), element("p", attempt(draft)),
      element("p", expiryText(draft), "soft"), ...read(draft), buttons);
    return made;
  }

  async function throwAway(made, name, draft) {
    const title = draft.title || "Isian";
    const question = `Buang isian “${title}” dari ${dayText(draft.at)}? Isinya ${contents(draft)}.`;
    const answer = await window.portal.ask(question, [
      ["buang", "Buang isian", "btn-danger"],
      ["batal", "Batal", "btn-secondary"],
    ]);
    if (answer !== "buang") return;
    store.drop(name);
    const gone = document.createElement("li");
    made.replaceWith(gone);
    const notice = box((place) => gone.append(place));
    // The files go when the next page is opened (draft_files.js), so that the draft can come back whole.
    say(notice, `Isian “${title}” dibuang.`, ["Batal buang", () => {
      store.write(name, draft);
      gone.replaceWith(made);
      count();
    }]);
    notice.focus();
    count();
  }

  function count() {
    const own = store.own().length, foreign = store.foreignCount();
    document.querySelector("[data-unsent-none]").hidden = own > 0;
    const others = document.querySelector("[data-unsent-others]");
    others.hidden = !foreign;
    others.textContent = `${foreign} isian milik pengguna lain juga menunggu di ${device}. Hanya pemiliknya yang dapat `
      + "membukanya.";
  }

  window.drafts.ready.then(() => {
    list.replaceChildren(...store.own().map(({ name, draft }) => item(name, draft)));
    count();
  });
})();
