/* Compares a PDF with the hashes that the portal holds, or looks its hash up where no document is shown. The file is
   hashed here and sent nowhere. */
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
      if (!section.dataset.verify) {
        window.location.assign(section.dataset.address + "?kode=" + text);
        return;
      }
      const same = text === section.dataset.verify;
      const signed = section.dataset.copies.split(" ").includes(text);
      said.classList.add(same || signed ? "verify-same" : "verify-other");
      said.textContent = same
        ? "✓ Sama: “" + file.name + "” adalah berkas yang dicetak portal, tidak berubah satu huruf pun."
        : signed
        ? "✓ Sama: “" + file.name + "” adalah salinan bertanda tangan dari dokumen ini yang disimpan kantor."
        : "✗ Berbeda: “" + file.name + "” bukan berkas portal. Pindaian dan cetak ulang juga berbeda.";
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
