/* Photos are made small before they travel: a village's signal carries 300 kB, not 5 MB. One after the other, for a
   phone has little memory; the form is not sent before all are done. Without this script the server does it. */
(() => {
  "use strict";

  const SIDE = 1280; // pixels
  const MAX_BYTES = 300_000;
  // From good to small, until the photo is light enough: part of the side, quality.
  const STEPS = [[1, 0.85], [1, 0.75], [1, 0.65], [1, 0.5], [0.8, 0.5], [0.65, 0.45], [0.5, 0.4]];
  const ORIENTATION = 0x0112;

  /* The metadata of a JPEG: the canvas drops it, but the server keeps when and where a photo was taken. The picture
     is drawn upright already, so its orientation becomes "upright". Nothing where there is none or it is odd. */
  async function metadata(file) {
    if (file.type !== "image/jpeg") return null;
    const view = new DataView(await file.slice(0, 131_072).arrayBuffer());
    let at = 2;
    while (at + 10 < view.byteLength && view.getUint8(at) === 0xff) {
      const marker = view.getUint8(at + 1), length = view.getUint16(at + 2) + 2;
      if (marker === 0xda) return null;
      const exif = marker === 0xe1 && view.getUint32(at + 4) === 0x45786966;
      if (exif) return at + length <= view.byteLength ? upright(view, at, length) : null;
      at += length;
    }
    return null;
  }

  function upright(view, at, length) {
    const start = at + 10; // the TIFF head, from which its addresses count
    const small = view.getUint16(start) === 0x4949;
    const first = start + view.getUint32(start + 4, small);
    const count = view.getUint16(first, small);
    for (let entry = first + 2; entry < first + 2 + 12 * count; entry += 12) {
      if (view.getUint16(entry, small) === ORIENTATION) view.setUint16(entry + 8, 1, small);
    }
    return new Uint8Array(view.buffer, at, length);
  }

  function draw(picture, scale, quality) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const sheet = canvas.getContext("2d");
    sheet.fillStyle = "#fff";
    sheet.fillRect(0, 0, canvas.width, canvas.height);
    sheet.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  }

  const isPhoto = (file) => /^image\/(jpeg|png|webp)$/.test(file.type);

  async function smaller(file) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    try {
      const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
      if (scale === 1 && file.size <= MAX_BYTES) return file;
      const told = await metadata(file).catch(() => null);
      const room = MAX_BYTES - (told ? told.length : 0);
      let drawn = null;
      for (const [part, quality] of STEPS) {
        drawn = await draw(picture, scale * part, quality);
        if (!drawn || drawn.size <= room) break;
      }
      if (!drawn || drawn.size >= file.size) return file;
      const parts = told ? [drawn.slice(0, 2), told, drawn.slice(2)] : [drawn];
      return new File(parts, file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } finally {
      picture.close();
    }
  }

  /* How far it is, below the input. */

  function sizeText(bytes) {
    if (bytes < 1e5) return `${Math.ceil(bytes / 1e3)} kB`;
    return `${(bytes / 1e6).toLocaleString("id-ID", { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`;
  }

  const sizes = (files) => files.reduce((sum, file) => sum + file.size, 0);
  const lines = new WeakMap(); // input -> its line

  function line(input) {
    if (!lines.has(input)) {
      const made = document.createElement("p");
      made.className = "form-text photo-progress";
      made.setAttribute("role", "status");
      input.after(made);
      lines.set(input, made);
    }
    return lines.get(input);
  }

  async function makeSmall(input, chosen) {
    const photos = chosen.filter(isPhoto);
    const total = sizeText(sizes(photos));
    const done = [], result = [];
    for (const file of chosen) {
      if (isPhoto(file)) {
        const far = `${done.length + 1} dari ${photos.length} foto, ${sizeText(sizes(done))} dari ${total}`;
        line(input).textContent = `Mengecilkan foto ${far}`;
      }
      // What cannot be read here (an odd format, too little memory) travels as it is; the server says what is wrong.
      result.push(isPhoto(file) ? await smaller(file).catch(() => file) : file);
      if (isPhoto(file)) done.push(file);
    }
    const now = [...input.files];
    const unchanged = now.length === chosen.length && chosen.every((file, place) => file === now[place]);
    if (!unchanged) return; // chosen anew meanwhile
    if (photos.length) {
      const small = sizeText(sizes(result.filter(isPhoto)));
      line(input).textContent = `${photos.length} foto siap dikirim, ${small} dari ${total}.`;
    } else if (lines.has(input)) line(input).textContent = "";
    if (result.every((file, place) => file === chosen[place])) return;
    const bag = new DataTransfer();
    for (const file of result) bag.items.add(file);
    input.files = bag.files;
  }

  /* Others who need the files as they will be sent (drafts.js) push their promise into the event's detail. */
  async function inform(input) {
    const waits = [];
    input.dispatchEvent(new CustomEvent("files:chosen", { bubbles: true, detail: waits }));
    await Promise.all(waits);
  }

  const pending = new Map(); // form -> how many inputs are at work
  const waiting = new Map(); // form -> its submitter, pressed meanwhile, and what stood on it
  let queue = Promise.resolve();

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file") return;
    const { form } = input;
    const chosen = [...input.files];
    // An emblem ("image/png,…") keeps its transparency and stays as it is.
    const shrinks = input.accept.includes("image/*") && chosen.some(isPhoto);
    pending.set(form, (pending.get(form) || 0) + 1);
    queue = queue.then(async () => {
      try {
        if (shrinks) await makeSmall(input, chosen);
        else if (lines.has(input)) line(input).textContent = "";
      } catch { /* an old browser: the originals stay chosen */ }
      await inform(input).catch(() => {});
      pending.set(form, pending.get(form) - 1);
      if (!pending.get(form)) send(form);
    });
  });

  function send(form) {
    if (!waiting.has(form)) return;
    const { submitter, face } = waiting.get(form);
    waiting.delete(form);
    submitter?.replaceChildren(...face);
    form.requestSubmit(submitter?.isConnected ? submitter : null);
  }

  document.addEventListener("submit", (event) => {
    if (!pending.get(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting.has(event.target)) return;
    const { submitter } = event;
    waiting.set(event.target, { submitter, face: [...(submitter?.childNodes || [])] });
    submitter?.replaceChildren("Menunggu foto dikecilkan…");
  }, true);
})();
