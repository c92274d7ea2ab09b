/* Photos are made small before they travel: a village's signal carries 200 kB, not 5 MB. Without this script the server does it. */
(() => {
  "use strict";

  const SIDE = 1600; // pixels, as the server keeps them
  const QUALITY = 0.85;
  const LIGHT = 400_000; // bytes; what is lighter travels as it is

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
    return new File([drawn], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
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
