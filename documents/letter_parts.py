"""Parts of letters: plain text with named placeholders ({kegiatan}) that an office may change."""

import re
from dataclasses import dataclass

_BRACED = re.compile(r"\{[^{}]*\}|[{}]")

MEANINGS = {
    "kegiatan": "nama pelatihan atau rapat",
    "hari_tanggal": "hari dan tanggal kegiatan",
    "pukul": "jam mulai",
    "tempat": "tempat kegiatan",
    "jumlah": "berapa orang diminta, dan jabatannya",
    "sasaran": "“desa penerima … Tahun …”; kosong bila pelatihan bukan untuk penerima satu tahun",
    "desa": "sebutan dan nama desa",
    "kepala": "sebutan kepala desa",
    "kepala_desa": "sebutan kepala desa dan nama desanya",
    "kecamatan": "nama kecamatan",
    "kabupaten": "nama kabupaten",
    "dinas": "nama dinas pada tanggal dokumen",
    "pengundang": "nama pada kop surat undangan",
    "nomor": "nomor surat undangan, atau titik-titik",
    "tanggal": "tanggal surat undangan, atau titik-titik",
    "hari_ini": "hari dan tanggal dengan huruf",
    "lama": "“selama … hari,”; kosong bila satu hari",
    "jam_pelajaran": "“… jam pelajaran,”; kosong bila tidak ada",
    "pada_tanggal": "“pada tanggal …,”; kosong bila sama dengan tanggal dokumen",
    "kpspams": "nama KPSPAMS",
    "musyawarah": "“pembentukan”, atau “pemilihan pengurus” bila sudah pernah ber-SK",
    "wilayah": "“dengan wilayah layanan …”; kosong bila belum dicatat",
    "kepala_dinas": "jabatan penanda tangan keputusan, misalnya Kepala Dinas",
    "keadaan": "tanggal keadaan yang dihitung",
    "narasumber": "nama narasumber",
    "instansi": "instansi narasumber",
    "tahun_anggaran": "tahun anggaran kegiatan",
    "sumber_dana": "sumber dana menurut anggaran kegiatan, atau titik-titik",
    "dpa": "nomor DPA menurut anggaran kegiatan, atau titik-titik",
    "hasil_musyawarah": "apa yang diputuskan musyawarah tentang pengurus",
}

# Placeholders of every letter about a training, and of every letter about a group.
ACTIVITY = "kegiatan hari_tanggal tempat kabupaten dinas"
GROUP = "kpspams desa kepala kecamatan kabupaten"
DOTS = "." * 40
MINUTES_END = "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."


@dataclass(frozen=True)
class LetterPart:
    """One part of a letter in the portal's own wording.

    `allowed`, `required`: names of placeholders, separated by spaces. `listed`: each line is an item of its own.
    """

    name: str
    label: str
    text: str
    allowed: str
    required: str = ""
    listed: bool = False

    @property
    def placeholders(self) -> dict[str, str]:
        """Name -> label of the printed value."""
        return {name: MEANINGS[name] for name in self.allowed.split()}

    def complaints(self, body: str) -> list[str]:
        """The error message for a wording; empty when it can be printed."""
        found = []
        placeholders = self.placeholders
        used, strange, single = set(), [], False
        for braced in _BRACED.findall(body):
            name = braced[1:-1]
            if len(braced) == 1:
                single = True
            elif name in placeholders:
                used.add(name)
            else:
                strange.append(braced)
        if strange:
            known = ", ".join(f"{{{name}}}" for name in placeholders) or "tidak ada"
            unknown = ", ".join(dict.fromkeys(strange))
            found.append(f"Tanda isian tidak dikenal: {unknown}. Yang dikenal di bagian ini: {known}.")
        if missing := [f"{{{name}}}" for name in placeholders if name in set(self.required.split()) - used]:
            found.append(f"Tanda isian wajib belum ada: {', '.join(missing)}.")
        if single:
            found.append(
                "Kurung kurawal hanya dipakai untuk tanda isian dan selalu berpasangan, misalnya {kegiatan}. "
                "Hapus kurung yang sendirian, atau ganti dengan kurung biasa."
            )
        return found


def by_name(*parts: LetterPart) -> dict[str, LetterPart]:
    return {part.name: part for part in parts}
