"""Rancangan Keputusan Kepala Desa on the board of a KPSPAMS, with its annex, for the village to number and sign.

It cites only rules that apply to every village; the village adds its others by hand (dotted line).
"""

from datetime import date
from string import ascii_lowercase

from accounts.models import User
from documents.content import Parameters
from documents.groups import decree
from documents.groups.decree import LINE, SHORT, DecreeContent, DecreeDocument
from documents.layout.frame import SignatureBlock
from documents.letter_parts import DOTS, GROUP, LetterPart, by_name
from documents.letters import Letter
from documents.signers import VILLAGE_HEAD, Signer
from kpspams.models import KpspamsGroup, LegalDocument
from records import formats


class DecreeDraftContent(DecreeContent):
    decider: str
    number: str
    about: str
    considering: list[list[str]]  # letter, text
    basis: list[str]
    noted: str
    dicta: dict[str, str]
    tasks: list[str]
    signatures: list[SignatureBlock]
    copies: list[str]


class DecreeDraft(DecreeDocument[DecreeDraftContent]):
    kind, title, code_prefix = "decree_draft", "Rancangan SK", "SK"
    decree_position = 2
    signers = (Signer(VILLAGE_HEAD),)
    letter_parts = by_name(
        LetterPart(
            "considering",
            "Menimbang",
            "bahwa sarana air minum dan sanitasi di {desa} perlu dikelola, dioperasikan, dan dipelihara oleh "
            "masyarakat agar pelayanannya berkelanjutan;\n"
            f"bahwa musyawarah di {{desa}} pada tanggal {DOTS} telah memilih pengurus KPSPAMS “{{kpspams}}”;\n"
            "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan "
            "{kepala} tentang Penetapan Pengurus KPSPAMS “{kpspams}” {desa};",
            GROUP,
            required="kpspams",
            listed=True,
        ),
        LetterPart(
            "basis",
            "Mengingat",
            "Undang-Undang Nomor 6 Tahun 2014 tentang Desa sebagaimana telah diubah dengan Undang-Undang Nomor 3 Tahun "
            "2024\n"
            "Peraturan Pemerintah Nomor 122 Tahun 2015 tentang Sistem Penyediaan Air Minum\n"
            "Peraturan Menteri Dalam Negeri Nomor 111 Tahun 2014 tentang Pedoman Teknis Peraturan di Desa\n"
            "Peraturan Menteri Dalam Negeri Nomor 18 Tahun 2018 tentang Lembaga Kemasyarakatan Desa dan Lembaga Adat "
            "Desa",
            GROUP,
            listed=True,
        ),
        LetterPart(
            "noted",
            "Memperhatikan",
            "Berita Acara Musyawarah {musyawarah} KPSPAMS “{kpspams}” Nomor ................ tanggal "
            ".................................;",
            f"{GROUP} musyawarah",
        ),
        LetterPart(
            "first",
            "Diktum KESATU",
            "Menetapkan pengurus KPSPAMS “{kpspams}” {desa} dengan susunan sebagaimana tercantum dalam Lampiran yang "
            "merupakan bagian tidak terpisahkan dari Keputusan ini.",
            GROUP,
            required="kpspams",
        ),
        LetterPart(
            "tasks",
            "Tugas pengurus (KEDUA)",
            "melaksanakan AD/ART dan keputusan musyawarah anggota\n"
            "menetapkan iuran bersama masyarakat untuk operasi, pemeliharaan, penyusutan, dan pengembangan sarana\n"
            "menghimpun, membukukan, dan mengelola dana kelompok\n"
            "mengoperasikan, memelihara, dan memperbaiki sarana serta melindungi sumber air\n"
            "menggerakkan perilaku hidup bersih dan sehat\n"
            "mengadakan rapat berkala dan mempertanggungjawabkan pengelolaan kepada masyarakat",
            GROUP,
            listed=True,
        ),
        LetterPart(
            "third",
            "Diktum KETIGA",
            "Masa bakti pengurus adalah ............ tahun terhitung sejak tanggal ditetapkan.",
            GROUP,
        ),
        LetterPart(
            "fourth",
            "Diktum KEEMPAT",
            "Biaya yang timbul akibat Keputusan ini dibebankan pada iuran pengguna, Anggaran Pendapatan dan Belanja "
            "Desa, dan sumber lain yang sah dan tidak mengikat.",
            GROUP,
        ),
        LetterPart("fifth", "Diktum KELIMA", "Keputusan ini mulai berlaku pada tanggal ditetapkan.", GROUP),
    )
    template = "documents/decree_draft.html"

    def label(self, parameters: Parameters) -> str:
        return "Rancangan Keputusan Kepala Desa dan lampirannya"

    def collect(self, subject: KpspamsGroup, parameters: Parameters, user: User | None) -> DecreeDraftContent:
        signing = decree.signing_of(self, subject)
        found = decree.common(signing, subject, "Rancangan Keputusan Kepala Desa,")
        signed = signing.blocks(village=subject.village, group=subject, names={VILLAGE_HEAD: found["head"]})
        terms = found["terms"]
        letter = Letter(self, self.district_of(subject), date.fromisoformat(found["document"]["dated"]))
        values = decree.letter_values(found)
        considering = letter.lines("considering", **values)
        return {
            **found,
            "decider": found["head_title"].rstrip(",").upper(),
            "number": f"NOMOR {LINE} TAHUN {SHORT}",
            "about": f"PENETAPAN PENGURUS KELOMPOK PENGELOLA SISTEM PENYEDIAAN AIR MINUM DAN SANITASI (KPSPAMS) "
            f"“{subject.name.upper()}” {found['village'].upper()}",
            "considering": [[f"{at}.", line] for at, line in zip(ascii_lowercase, considering, strict=False)],
            "basis": [line.rstrip(";") for line in [*letter.lines("basis", **values), *_own_rules(subject)]],
            "noted": letter.text("noted", **values | {"musyawarah": values["musyawarah"].title()}),
            "dicta": {name: letter.text(name, **values) for name in ("first", "third", "fourth", "fifth")},
            "tasks": [line.rstrip(";.") for line in letter.lines("tasks", **values)],
            "signatures": [{**block, "title": block["title"].upper()} for block in signed],
            "copies": [
                f"Bupati {found['district']} melalui Camat {found['subdistrict']}",
                f"Ketua {terms['dpmu']} Kabupaten {found['district']}",
                f"Ketua BPD {found['village']}",
                "Yang bersangkutan",
            ],
        }


def _own_rules(group: KpspamsGroup) -> list[str]:
    """Perdes of this group that are recorded with number and day."""
    rules = LegalDocument.objects.filter(group=group, kind=LegalDocument.Kind.VILLAGE_RULE, in_process=False)
    return [
        f"Peraturan {group.village} Nomor {rule.number} tanggal {formats.date_id(rule.dated_on)}"
        for rule in rules.exclude(number="").order_by("dated_on")
        if rule.dated_on
    ]
