"""The portal's own wording of each letter, and what its placeholders print.

LETTERS: kind -> part -> (label, text, placeholders allowed, placeholders required, whether each line is an item).
"""

from reports.kinds import Kind

DOTS = "." * 40

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
    "hasil_musyawarah": "apa yang diputuskan musyawarah tentang pengurus",
}

_ACTIVITY = "kegiatan hari_tanggal tempat kabupaten dinas"
_GROUP = "kpspams desa kepala kecamatan kabupaten"

_INVITATION = {
    "opening": (
        "Kalimat pembuka (pelatihan)",
        "Dalam rangka meningkatkan kapasitas kelompok pengelola SPAMS {sasaran}, dengan ini kami mengharapkan "
        "Saudara menugaskan {jumlah} untuk mengikuti {kegiatan} pada:",
        f"{_ACTIVITY} jumlah sasaran pukul",
        "jumlah kegiatan",
        False,
    ),
    "opening_meeting": (
        "Kalimat pembuka (rapat)",
        "Sehubungan dengan akan dilaksanakannya {kegiatan}, dengan ini kami mengharapkan kehadiran Saudara pada:",
        f"{_ACTIVITY} pukul",
        "kegiatan",
        False,
    ),
    "closing": (
        "Kalimat penutup",
        "Demikian, atas perhatian dan kerja sama Saudara kami ucapkan terima kasih.",
        _ACTIVITY,
        "",
        False,
    ),
}
_ASSIGNMENT_LETTER = {
    "basis": (
        "Dasar",
        "Surat undangan {pengundang} Nomor {nomor} tanggal {tanggal}.",
        f"{_ACTIVITY} pengundang nomor tanggal",
        "nomor tanggal",
        False,
    ),
    "task": (
        "Tugas",
        "untuk mengikuti {kegiatan} sebagai peserta dari {desa}, yang dilaksanakan pada:",
        f"{_ACTIVITY} desa kepala_desa",
        "kegiatan desa",
        False,
    ),
    "closing": (
        "Kalimat penutup",
        "Demikian surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab. Yang ditugaskan melaporkan "
        "hasilnya kepada {kepala_desa} sesudah kegiatan selesai.",
        f"{_ACTIVITY} desa kepala_desa",
        "",
        False,
    ),
}
_MEMO = {
    "plan_opening": (
        "Kalimat pembuka (rencana)",
        "Bersama ini kami sampaikan rencana pelaksanaan {kegiatan} dengan rincian sebagai berikut:",
        _ACTIVITY,
        "kegiatan",
        False,
    ),
    "plan_request": (
        "Permohonan (rencana)",
        "Untuk itu mohon persetujuan dan arahan Bapak/Ibu lebih lanjut.",
        _ACTIVITY,
        "",
        False,
    ),
    "result_opening": (
        "Kalimat pembuka (hasil)",
        "Bersama ini kami laporkan bahwa {kegiatan} telah dilaksanakan:",
        _ACTIVITY,
        "kegiatan",
        False,
    ),
    "closing": (
        "Kalimat penutup",
        "Demikian disampaikan, atas perhatian dan arahan Bapak/Ibu kami ucapkan terima kasih.",
        _ACTIVITY,
        "",
        False,
    ),
}
_MINUTES_END = "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."
_OFFICIAL_MINUTES = {
    "opening": (
        "Kalimat pembuka",
        "Pada hari ini {hari_ini}, bertempat di {tempat}, telah dilaksanakan {kegiatan} {lama} {jam_pelajaran} "
        "{pada_tanggal} dengan hasil sebagai berikut:",
        f"{_ACTIVITY} hari_ini lama jam_pelajaran pada_tanggal",
        "hari_ini tempat kegiatan",
        False,
    ),
    "closing": ("Kalimat penutup", _MINUTES_END, _ACTIVITY, "", False),
}
_FORMATION_MINUTES = {
    "opening": (
        "Kalimat pembuka",
        f"Pada hari ini {{hari_ini}}, bertempat di {DOTS}..........., {{desa}}, Kecamatan {{kecamatan}}, "
        "Kabupaten {kabupaten}, telah dilaksanakan musyawarah {musyawarah} Kelompok Pengelola Sistem Penyediaan Air "
        "Minum dan Sanitasi (KPSPAMS) “{kpspams}” {wilayah}.",
        f"{_GROUP} hari_ini musyawarah wilayah",
        "hari_ini desa kpspams",
        False,
    ),
    "held": (
        "Pimpinan dan peserta",
        f"Musyawarah dipimpin oleh {DOTS} dan dicatat oleh {DOTS}. Peserta yang hadir berjumlah ............ orang, "
        "terdiri atas ............ laki-laki dan ............ perempuan, seperti pada daftar hadir terlampir.",
        _GROUP,
        "",
        False,
    ),
    "result": (
        "Hasil",
        "{hasil_musyawarah} dengan susunan sebagai berikut.",
        f"{_GROUP} hasil_musyawarah musyawarah",
        "",
        False,
    ),
    "term": (
        "Masa bakti",
        "Pengurus bertugas selama ............ tahun sejak ditetapkan dengan Keputusan {kepala}.",
        _GROUP,
        "",
        False,
    ),
    "closing": ("Kalimat penutup", _MINUTES_END, _GROUP, "", False),
}
_DECREE_DRAFT = {
    "considering": (
        "Menimbang",
        "bahwa sarana air minum dan sanitasi di {desa} perlu dikelola, dioperasikan, dan dipelihara oleh masyarakat "
        "agar pelayanannya berkelanjutan;\n"
        f"bahwa musyawarah di {{desa}} pada tanggal {DOTS} telah memilih pengurus KPSPAMS “{{kpspams}}”;\n"
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan "
        "{kepala} tentang Penetapan Pengurus KPSPAMS “{kpspams}” {desa};",
        _GROUP,
        "kpspams",
        True,
    ),
    # domain: village and water law, legal form
    "basis": (
        "Mengingat",
        "Undang-Undang Nomor 6 Tahun 2014 tentang Desa sebagaimana telah diubah dengan Undang-Undang Nomor 3 Tahun "
        "2024\n"
        "Peraturan Pemerintah Nomor 122 Tahun 2015 tentang Sistem Penyediaan Air Minum\n"
        "Peraturan Menteri Dalam Negeri Nomor 111 Tahun 2014 tentang Pedoman Teknis Peraturan di Desa\n"
        "Peraturan Menteri Dalam Negeri Nomor 18 Tahun 2018 tentang Lembaga Kemasyarakatan Desa dan Lembaga Adat Desa",
        _GROUP,
        "",
        True,
    ),
    "noted": (
        "Memperhatikan",
        "Berita Acara Musyawarah {musyawarah} KPSPAMS “{kpspams}” Nomor ................ tanggal "
        ".................................;",
        f"{_GROUP} musyawarah",
        "",
        False,
    ),
    "first": (
        "Diktum KESATU",
        "Menetapkan pengurus KPSPAMS “{kpspams}” {desa} dengan susunan sebagaimana tercantum dalam Lampiran yang "
        "merupakan bagian tidak terpisahkan dari Keputusan ini.",
        _GROUP,
        "kpspams",
        False,
    ),
    # The tasks of a KPSPAMS, shortened from the domain reference (kpspams, tasks).
    "tasks": (
        "Tugas pengurus (KEDUA)",
        "melaksanakan AD/ART dan keputusan musyawarah anggota\n"
        "menetapkan iuran bersama masyarakat untuk operasi, pemeliharaan, penyusutan, dan pengembangan sarana\n"
        "menghimpun, membukukan, dan mengelola dana kelompok\n"
        "mengoperasikan, memelihara, dan memperbaiki sarana serta melindungi sumber air\n"
        "menggerakkan perilaku hidup bersih dan sehat\n"
        "mengadakan rapat berkala dan mempertanggungjawabkan pengelolaan kepada masyarakat",
        _GROUP,
        "",
        True,
    ),
    "third": (
        "Diktum KETIGA",
        "Masa bakti pengurus adalah ............ tahun terhitung sejak tanggal ditetapkan.",
        _GROUP,
        "",
        False,
    ),
    "fourth": (
        "Diktum KEEMPAT",
        "Biaya yang timbul akibat Keputusan ini dibebankan pada iuran pengguna, Anggaran Pendapatan dan Belanja Desa, "
        "dan sumber lain yang sah dan tidak mengikat.",
        _GROUP,
        "",
        False,
    ),
    "fifth": ("Diktum KELIMA", "Keputusan ini mulai berlaku pada tanggal ditetapkan.", _GROUP, "", False),
}

LETTERS = {
    Kind.INVITATION: _INVITATION,
    Kind.ASSIGNMENT_LETTER: _ASSIGNMENT_LETTER,
    Kind.MEMO: _MEMO,
    Kind.OFFICIAL_MINUTES: _OFFICIAL_MINUTES,
    Kind.FORMATION_MINUTES: _FORMATION_MINUTES,
    Kind.DECREE_DRAFT: _DECREE_DRAFT,
}
