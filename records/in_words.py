"""Numbers, dates and money in words, as documents of an office spell them (docs/domain/documents.md)."""

from datetime import date

from records.formats import DAYS, MONTHS, Number, decimal_of, local_day, nothing_for_none, number_id

_DIGITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SCALES = (
    (10**18, "kuintiliun"),
    (10**15, "kuadriliun"),
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (10**3, "ribu"),
)
_LIMIT = 10**21  # larger amounts are easier to read in figures


@nothing_for_none
def terbilang(number: Number) -> str:
    """The number in lower-case words: 1.001.000 is "satu juta seribu", 1,5 is "satu koma lima".

    From 10**21 on it returns figures, because the words are unknown.
    """
    value = decimal_of(number)
    if not value.is_finite():
        return ""
    if value < 0:
        return f"minus {terbilang(value.copy_negate())}"
    whole = int(value)
    if whole >= _LIMIT:
        return number_id(value)
    if whole != value:
        digits = f"{value:f}".partition(".")[2].rstrip("0")
        return f"{terbilang(whole)} koma {' '.join(_DIGITS[int(digit)] or 'nol' for digit in digits)}"
    if whole == 0:
        return "nol"
    words = []
    for size, name in _SCALES:
        count, whole = divmod(whole, size)
        if count == 1 and size == 1000:
            words.append("seribu")  # only when the thousands are exactly one: 21.000 is "dua puluh satu ribu"
        elif count:
            words += [_below_thousand(count), name]
    if whole:
        words.append(_below_thousand(whole))
    return " ".join(words)


def _below_thousand(number: int) -> str:
    words = []
    hundreds, rest = divmod(number, 100)
    if hundreds:
        words.append("seratus" if hundreds == 1 else f"{_DIGITS[hundreds]} ratus")
    tens, ones = divmod(rest, 10)
    if rest in (10, 11):
        words.append("sepuluh" if rest == 10 else "sebelas")
    elif tens == 1:
        words.append(f"{_DIGITS[ones]} belas")
    else:
        if tens:
            words.append(f"{_DIGITS[tens]} puluh")
        if ones:
            words.append(_DIGITS[ones])
    return " ".join(words)


@nothing_for_none
def date_in_words(value: date) -> str:
    """For a berita acara, after "Pada hari ini": day, date, month and year in words, then in figures.

    "Kamis tanggal Enam bulan Desember tahun Dua Ribu Delapan Belas (06-12-2018)".
    """
    day = local_day(value)
    return (
        f"{DAYS[day.weekday()]} tanggal {terbilang(day.day).title()} bulan {MONTHS[day.month - 1]} "
        f"tahun {terbilang(day.year).title()} ({day:%d-%m-%Y})"
    )


@nothing_for_none
def rupiah_in_words(value: Number) -> str:
    """ "sembilan puluh empat juta ... rupiah", as after "Terbilang:"."""
    return f"{terbilang(value)} rupiah"
