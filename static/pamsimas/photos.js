/* Photos are made small before they travel: a village's signal carries 200 kB, not 5 MB. Without this script the server does it. */
(() => {
  "use strict";

  const SIDE = 1600; // pixels, as the server keeps them
  const QUALITY = 0.85;
  const LIGHT = 400_000; // bytes; what is lighter travels as it is

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

  async function smaller(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < LIGHT) return file;
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const sheet = canvas.getContext("2d");
    sheet.fillStyle = "#fff";
    sheet.fillRect(0, 0, canvas.width, canvas.height);
    sheet.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!drawn || drawn.size >= file.size) return file;
    const told = await metadata(file).catch(() => null);
    const parts = told ? [drawn.slice(0, 2), told, drawn.slice(2)] : [drawn];
    return new File(parts, file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  }

  document.addEventListener("change", async (event) => {
    const input = event.target;
    // An emblem ("image/png,…") keeps its transparency and stays as it is.
    if (input.type !== "file" || !input.accept.includes("image/*") || !input.files.length) return;
    const chosen = [...input.files];
    try {
      const bag = new DataTransfer();
      // What cannot be read here (an odd format, too little memory) travels as it is; the server says what is wrong.
      for (const file of chosen) bag.items.add(await smaller(file).catch(() => file));
      const unchanged = [...input.files].every((file, place) => file === chosen[place]);
      if (unchanged && input.files.length === chosen.length) input.files = bag.files;
    } catch { /* an old browser: the originals stay chosen */ }
  });
})();
