/* A sum in words while somebody types, as records/formats.py writes it. Loaded before plan_grid.js. */
(() => {
  "use strict";

  const DIGITS = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];
  const SCALES = [[10n ** 18n, "kuintiliun"], [10n ** 15n, "kuadriliun"], [10n ** 12n, "triliun"], [10n ** 9n, "miliar"], [10n ** 6n, "juta"], [1000n, "ribu"]];

  function belowThousand(number) {
    const words = [];
    const hundreds = Math.floor(number / 100);
    const rest = number % 100;
    const [tens, ones] = [Math.floor(rest / 10), rest % 10];
    if (hundreds) words.push(hundreds === 1 ? "seratus" : `${DIGITS[hundreds]} ratus`);
    if (rest === 10) words.push("sepuluh");
    else if (rest === 11) words.push("sebelas");
    else if (tens === 1) words.push(`${DIGITS[ones]} belas`);
    else {
      if (tens) words.push(`${DIGITS[tens]} puluh`);
      if (ones) words.push(DIGITS[ones]);
    }
    return words.join(" ");
  }

  /* For a BigInt, not negative; beyond 10 ** 21 in figures. */
  function rupiahInWords(amount) {
    if (amount >= 10n ** 21n) return `${String(amount).replace(/\B(?=(\d{3})+$)/g, ".")} rupiah`;
    if (amount === 0n) return "nol rupiah";
    const words = [];
    let left = amount;
    for (const [size, name] of SCALES) {
      const count = Number(left / size);
      left %= size;
      if (count === 1 && size === 1000n) words.push("seribu");
      else if (count) words.push(belowThousand(count), name);
    }
    if (left) words.push(belowThousand(Number(left)));
    return `${words.join(" ")} rupiah`;
  }

  window.planWords = { rupiahInWords };
})();
