/* Compares a PDF with the hash that the portal holds. The file is hashed here and sent nowhere. */
(() => {
  "use strict";

  const section = document.querySelector("[data-verify]");
  if (!section) return;
  const drop = section.querySelector(".verify-drop");
  const said = section.querySelector(".verify-said");
  const input = section.querySelector("input");

  if (!window.crypto || !crypto.subtle) {
    said.textContent =
      "Browser ini tidak dapat menghitung SHA-256 di halaman tanpa HTTPS. Bandingkan dengan hitungan komputer Anda.";
    return;
  }
  drop.hidden = false;

  async function compare(file) {
    if (!file) return;
    said.className = "verify-said";
    said.textContent = "Menghitung…";
    try {
      const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      const text = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
      const same = text === section.dataset.verify;
      said.classList.add(same ? "verify-same" : "verify-other");
      said.textContent = same
        ? "✓ Sama: “" + file.name + "” adalah berkas yang diterbitkan portal, tidak berubah satu huruf pun."
        : "✗ Berbeda: “" + file.name + "” bukan berkas yang diterbitkan portal. Pindaian dan cetak ulang juga berbeda.";
    } catch {
      said.textContent = "Berkas ini tidak dapat dibaca. Pilih berkas lain.";
    }
  }

  input.addEventListener("change", () => compare(input.files[0]));
  section.addEventListener("dragover", (event) => event.preventDefault());
  section.addEventListener("drop", (event) => {
    event.preventDefault();
    compare(event.dataTransfer.files[0]);
  });
})();
