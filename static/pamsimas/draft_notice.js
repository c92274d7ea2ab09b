/* Notices of drafts: boxes with words and buttons, and the words themselves. */
(() => {
  "use strict";

  const { DAY, expiry } = window.draftStore;
  const device = matchMedia("(pointer: coarse)").matches ? "HP ini" : "komputer ini";
  let boxes = 0;

  const dayText = (at) =>
    new Date(at).toLocaleDateString("id-ID", { day: "numeric", month: "long", year: "numeric" });

  function timeText(at) {
    const moment = new Date(at);
    const minutes = String(moment.getMinutes()).padStart(2, "0");
    return `${dayText(at)}, ${String(moment.getHours()).padStart(2, "0")}.${minutes}`;
  }

  function filesText(files) {
    const photos = files.every((file) => file.type.startsWith("image/"));
    return `${files.length} ${photos ? "foto" : "berkas"}`;
  }

  /* How long the draft stays: a day, and how many are left when they are few. */
  function expiryText(draft) {
    const left = Math.ceil((expiry(draft) - Date.now()) / DAY);
    const soon = left <= 1 ? " (kurang dari sehari lagi)" : left <= 7 ? ` (${left} hari lagi)` : "";
    return `Disimpan di ${device} sampai ${dayText(expiry(draft))}${soon}.`;
  }

  const refusedText = (draft) =>
    draft.refused ? `Ditolak portal ${timeText(draft.refused)}, belum diperbaiki.` : "";

  /* An empty box; readers hear what is said in it, for it stood there before. `put` places it. */
  function box(put, kind = "warning") {
    const made = document.createElement("div");
    made.className = `notice notice-${kind} notice-draft`;
    made.setAttribute("role", "status");
    made.tabIndex = -1;
    made.id = `isian-${(boxes += 1)}`;
    put(made);
    return made;
  }

  const atTop = (kind) => box((made) => (document.querySelector("main") || document.body).prepend(made), kind);

  /* Says something in the box, with buttons [label, what it does or where it leads]. */
  function say(place, text, ...buttons) {
    const words = document.createElement("p");
    words.textContent = text;
    words.id = `${place.id}-kata`;
    const row = document.createElement("div");
    row.className = "button-row";
    for (const [label, does] of buttons) {
      const button = document.createElement(typeof does === "string" ? "a" : "button");
      if (typeof does === "string") button.href = does;
      else {
        button.type = "button";
        button.addEventListener("click", does);
      }
      button.className = "btn btn-secondary";
      button.textContent = label;
      button.setAttribute("aria-describedby", words.id);
      row.append(button);
    }
    place.replaceChildren(words, ...(buttons.length ? [row] : []));
  }

  window.draftNotice = { device, dayText, timeText, filesText, refusedText, expiryText, box, atTop, say };
})();
