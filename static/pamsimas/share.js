/* "Bagikan": a finished file goes to another app of the phone, by its own address. Shown only where the browser can;
   the download beside it needs no script. */
(() => {
  "use strict";

  const probe = typeof File === "function" && new File(["%PDF-"], "dokumen.pdf", { type: "application/pdf" });
  if (!probe || !navigator.canShare || !navigator.canShare({ files: [probe] })) return;
  document.documentElement.classList.add("can-share");

  const fetched = new WeakMap(); // files of buttons whose press had run out when the file came
  const LOST = "Berkas tidak dapat diambil. Muat ulang halaman ini, masuk lagi bila diminta, lalu coba sekali lagi.";
  const REFUSED = "Perangkat ini tidak dapat membagikan berkas ini. Pakai Unduh, lalu kirim dari folder unduhan.";

  function say(button, text) {
    let place = button.nextElementSibling;
    if (!place || !place.matches(".share-said")) {
      place = document.createElement("span");
      place.className = "share-said small-text";
      place.setAttribute("role", "status");
      button.after(place);
    }
    place.textContent = text;
  }

  async function fileOf(address) {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
    const blob = await answer.blob();
    return new File([blob], named ? named[1] : "dokumen.pdf", { type: blob.type });
  }

  async function share(button) {
    let file = fetched.get(button);
    if (!file) {
      button.disabled = true;
      say(button, "Mengambil berkas…");
      try {
        file = await fileOf(button.dataset.share);
      } catch {
        return say(button, LOST);
      } finally {
        button.disabled = false;
      }
    }
    if (!navigator.canShare({ files: [file] })) return say(button, REFUSED);
    try {
      await navigator.share({ files: [file] });
      fetched.delete(button);
      say(button, "");
    } catch (error) {
      if (error.name === "AbortError") return say(button, ""); // the person closed the sheet
      if (error.name !== "NotAllowedError" || fetched.has(button)) return say(button, REFUSED);
      fetched.set(button, file);
      say(button, "Berkas sudah siap. Tekan Bagikan sekali lagi.");
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-share]");
    if (button && !button.disabled) share(button);
  });
})();
