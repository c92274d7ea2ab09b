"""Everyday abbreviations in lists: "Sie. Teknik", "tdk berfungsi"."""

import re

from records.search_keys import search_key

ABBREVIATIONS = {
    "tdk": "tidak",
    "tak": "tidak",
    "gak": "tidak",
    "blm": "belum",
    "blum": "belum",
    "sdh": "sudah",
    "sbgn": "sebagian",
    "sebagn": "sebagian",
    "sebag": "sebagian",
    "brfungsi": "berfungsi",
    "berfgsi": "berfungsi",
    "berfs": "berfungsi",
    "dlm": "dalam",
    "dgn": "dengan",
    "sie": "seksi",
    "sies": "seksi",
    "kasi": "kepala seksi",
    "kasie": "kepala seksi",
    "bid": "bidang",
    "koord": "koordinator",
    "wkl": "wakil",
    "sekr": "sekretaris",
    "bend": "bendahara",
}
TITLES = {  # of column headings only: elsewhere some of them mean other things
    "thn": "tahun",
    "th": "tahun",
    "tgl": "tanggal",
    "tggl": "tanggal",
    "jml": "jumlah",
    "jlh": "jumlah",
    "jmlh": "jumlah",
    "no": "nomor",
    "nmr": "nomor",
    "kec": "kecamatan",
    "ds": "desa",
    "nm": "nama",
    "ket": "keterangan",
    "hrg": "harga",
    "sat": "satuan",
    "vol": "volume",
    "keg": "kegiatan",
    "lok": "lokasi",
    "jbtn": "jabatan",
    "jab": "jabatan",
}
_WORDS = re.compile(r"[^\W_]+")


def expanded(text: str) -> str:
    """'Sie. Teknik' gives 'seksi teknik': small letters, without punctuation, abbreviations in full."""
    return " ".join(ABBREVIATIONS.get(word, word) for word in _WORDS.findall(text.lower()))


def word_key(text: str) -> str:
    return search_key(expanded(text)) or search_key(text)


def expanded_title(text: str) -> str:
    """'Thn. Anggaran' gives 'tahun anggaran'."""
    return " ".join(TITLES.get(word, word) for word in _WORDS.findall(text.lower()))
