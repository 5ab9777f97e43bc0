"""Office files as their programs write them, and archives with something wrong in every part of them."""

import io
import stat
import struct
import zipfile

from tests.torture.cases import Kinds, kept, refused

ODT = b"application/vnd.oasis.opendocument.text"
OPEN = "http://schemas.openxmlformats.org"
TYPES = '<Types xmlns="x"><Override PartName="/word/document.xml" ContentType="{}"/></Types>'
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCUMENT = '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Goeiedag</w:t></w:r></w:p>{}</w:body></w:document>'
RELATIONS = '<Relationships xmlns="r"><Relationship Id="a" Type="{}/relationships/{}" Target="{}"{}/></Relationships>'
CONTENT = '<o:d xmlns:o="o" xmlns:xlink="x" xmlns:text="t" xmlns:draw="w" xmlns:script="s"><o:body>{}</o:body></o:d>'
MANIFEST = '<manifest:manifest xmlns:manifest="m"><manifest:file-entry>{}</manifest:file-entry></manifest:manifest>'
DOCTYPE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
LAUGHS = (
    "<!DOCTYPE a [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + step)} '{f'&{chr(97 + step)};' * 10}'>" for step in range(9))
    + "]><a>&j;</a>"
)

Members = dict[str, bytes | str]


def an_archive(members: Members, *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Any archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def a_docx(more: Members | None = None, *, body: str = "", kind: str = WORD_TYPE) -> bytes:
    """A text of Word with a settings part; `more` adds or replaces members."""
    usual: Members = {
        "[Content_Types].xml": TYPES.format(kind),
        "_rels/.rels": RELATIONS.format(OPEN, "officeDocument", "word/document.xml", ""),
        "word/document.xml": DOCUMENT.format(body),
        "word/media/image1.png": b"\x89PNG\r\n\x1a\n",
    }
    return an_archive(usual | (more or {}))


def members(content: bytes) -> dict[str, bytes]:
    """Every part of an archive, also of an archive inside it."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            found[name] = archive.read(name)
            if name.endswith(".xlsx"):
                found |= {f"{name}/{part}": inside for part, inside in members(found[name]).items()}
    return found


def related(kind: str, target: str, part: str = "document", outside: str = ' TargetMode="External"') -> bytes:
    """A Word text of which a part needs this."""
    return a_docx({f"word/_rels/{part}.xml.rels": RELATIONS.format(OPEN, kind, target, outside)})


def an_odt(body: str = "", more: Members | None = None) -> bytes:
    """A text of LibreOffice, with the empty parts that it likes to write."""
    usual: Members = {
        "mimetype": ODT,
        "Configurations2/accelerator/current.xml": b"",
        "Thumbnails/thumbnail.png": b"\x89PNG\r\n\x1a\n",
        "content.xml": CONTENT.format(body),
        "META-INF/manifest.xml": MANIFEST.format(""),
    }
    return an_archive(usual | (more or {}), compression=zipfile.ZIP_STORED)


def a_sheet(more: Members | None = None) -> bytes:
    return an_archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"} | (more or {}))


def a_link() -> bytes:
    """A member that is a symbolic link to a file of ours."""
    packed = io.BytesIO(a_docx())
    with zipfile.ZipFile(packed, "a") as archive:
        link = zipfile.ZipInfo("word/media/image2.png")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return packed.getvalue()


def renamed(name: bytes) -> bytes:
    """A member whose name no program would write; of the same length as the one it replaces."""
    return a_docx({"word/a_name_of_32_characters_xx.xml": "<a/>"}).replace(
        b"word/a_name_of_32_characters_xx.xml", name.ljust(35, b"x")
    )


def twice() -> bytes:
    """Two members of one name: one program shows this, another that."""
    return a_docx({"word/documenu.xml": DOCUMENT.format("")}).replace(b"word/documenu.xml", b"word/document.xml")


def overlapping(count: int = 50) -> bytes:
    """Many entries in the table of contents, one and the same octets: the bomb that unpacks without layers."""
    honest = a_docx({"word/media/zero.bin": b"\x00" * 1_900_000})
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        start = archive.start_dir
    table, closing = honest[start:-22], honest[-22:]
    entry = table[table.rindex(b"PK\x01\x02") :]
    many = table + b"".join(entry.replace(b"zero.bin", b"ze%02d.bin" % number) for number in range(count))
    number = struct.unpack("<H", closing[10:12])[0] + count
    ending = closing[:8] + struct.pack("<HHII", number, number, len(many), start) + b"\x00\x00"
    return honest[:start] + many + ending


def in_layers(depth: int = 6) -> bytes:
    """Archives inside archives."""
    inside = an_archive({"zero.bin": b"\x00" * 3_000_000})
    for _layer in range(depth):
        inside = an_archive({f"{number}.zip": inside for number in range(4)})
    return a_docx({"word/media/layers.bin": inside})


def lying() -> bytes:
    """Says that it unpacks into ten octets."""
    honest = a_docx({"word/big.bin": b"\x00" * 100_000})
    return honest.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))


def damaged() -> bytes:
    """One octet of the text is another one."""
    stored = an_archive({"mimetype": ODT, "content.xml": CONTENT.format("goeiedag")}, compression=zipfile.ZIP_STORED)
    return stored.replace(b"goeiedag", b"goeiedah")


def in_between() -> bytes:
    """A program between two members, where no table of contents looks."""
    good = an_odt()
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        start = archive.start_dir
    hidden = b"MZ" + b"\x90" * 500
    return good[:start] + hidden + good[start:-6] + struct.pack("<IH", start + len(hidden), 0)


def locked() -> bytes:
    """The bit that says that a password is needed."""
    good = bytearray(a_docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = good.find(mark)
        while found >= 0:
            good[found + place] |= 1
            found = good.find(mark, found + 4)
    return bytes(good)


def locked_word() -> bytes:
    """What Word writes with a password: an old kind of file with the new one inside, unreadable."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1_000 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 500
    )


def a_field(*pieces: str) -> bytes:
    texts = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return a_docx(body=f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{texts}</w:p>')


def document(markup: str | bytes) -> bytes:
    return a_docx({"word/document.xml": markup})


TEXTS: Kinds = {
    "docx, plain": kept("docx", a_docx),
    "docx, parts in another order": kept(
        "docx",
        lambda: an_archive({"word/document.xml": DOCUMENT.format(""), "[Content_Types].xml": TYPES.format(WORD_TYPE)}),
    ),
    "docx, links": kept("docx", lambda: related("hyperlink", "https://x.example/a?b=c")),
    "docx, template of its writer": kept("docx", lambda: related("attachedTemplate", "file:///C:\\Users\\a\\b.dotx")),
    "docx, chart": kept("docx", lambda: a_docx({"word/embeddings/sheet1.xlsx": a_sheet()})),
    "docx, page numbers": kept("docx", lambda: a_field(" PAGE ", "\\* MERGEFORMAT")),
    "odt, plain": kept("odt", an_odt),
    "odt, mimetype last": kept("odt", lambda: an_archive({"content.xml": CONTENT.format(""), "mimetype": ODT})),
    "odt, links": kept("odt", lambda: an_odt('<text:a xlink:href="mailto:a@x.example">a</text:a>')),
    "docx, macros": refused("active", lambda: a_docx({"word/vbaProject.bin": b"x"})),
    "docx, macros by type": refused(
        "active", lambda: a_docx(kind="application/vnd.ms-word.document.macroEnabled.main+xml")
    ),
    "docx, macros in a sheet": refused(
        "active", lambda: a_docx({"word/embeddings/a.xlsx": a_sheet({"xl/vbaProject.bin": b"x"})})
    ),
    "docx, template elsewhere": refused(
        "active", lambda: related("attachedTemplate", "https://x.example/t.dotm", "settings")
    ),
    "docx, template of a neighbour": refused(
        "active", lambda: related("attachedTemplate", "file://x.example/t.dotm", "settings")
    ),
    "docx, template on a share": refused(
        "active", lambda: related("attachedTemplate", "\\\\x.example\\t.dotm", "settings")
    ),
    "docx, remote picture": refused("active", lambda: related("image", "https://x.example/who-reads.png")),
    "docx, remote object": refused("active", lambda: related("oleObject", "https://x.example/a.hta!x")),
    "docx, remote without saying so": refused("active", lambda: related("image", "//x.example/a", outside="")),
    "docx, link that runs": refused("active", lambda: related("hyperlink", "javascript:alert(1)")),
    "docx, link to a program": refused("active", lambda: related("hyperlink", "ms-msdt:/id PCWDiagnostic")),
    "docx, page of the web inside": refused("active", lambda: related("aFChunk", "afchunk.mht", outside="")),
    "docx, object": refused("active", lambda: a_docx({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"})),
    "docx, object under a picture's name": refused(
        "active", lambda: a_docx({"word/media/a.emf": b"\xd0\xcf\x11\xe0\xa1"})
    ),
    "docx, control": refused("active", lambda: a_docx({"word/activeX/activeX1.bin": b"x"})),
    "docx, program": refused("active", lambda: a_docx({"word/media/setup.exe": b"x"})),
    "docx, program under a picture's name": refused("active", lambda: a_docx({"word/media/a.png": b"MZ\x90\x00"})),
    "docx, field that starts a program": refused(
        "active", lambda: a_docx(body='<w:fldSimple w:instr="DDEAUTO c:\\\\cmd"/>')
    ),
    "docx, field in pieces": refused("active", lambda: a_field(" DD", "EAU", 'TO "c:\\\\cmd.exe"')),
    "docx, field that fetches": refused("active", lambda: a_field('INCLUDEPICTURE "https://x.example/a.png"')),
    "odt, macros": refused("active", lambda: an_odt(more={"Basic/Standard/Module1.xml": "<m/>"})),
    "odt, script": refused("active", lambda: an_odt("<o:script>x</o:script>")),
    "odt, script at an event": refused("active", lambda: an_odt('<script:event-listener xlink:href="x"/>')),
    "odt, remote picture": refused("active", lambda: an_odt('<draw:image xlink:href="https://x.example/a.png"/>')),
    "odt, object": refused("active", lambda: an_odt('<draw:object-ole xlink:href="./Object 1"/>')),
    "odt, link to a macro": refused("active", lambda: an_odt('<text:a xlink:href="vnd.sun.star.script:x">x</text:a>')),
    "docx, password": refused("locked", locked_word),
    "odt, password": refused(
        "locked", lambda: an_odt(more={"META-INF/manifest.xml": MANIFEST.format("<manifest:encryption-data/>")})
    ),
}

ARCHIVES: Kinds = {
    "zip, password": refused("locked", locked),
    "zip, bomb": refused("broken", lambda: a_docx({"word/media/zero.bin": b"\x00" * 101_000_000})),
    "zip, bomb of markup": refused("broken", lambda: document(b"<a>" + b"<b/>" * 12_000_000 + b"</a>")),
    "zip, bomb without layers": refused("broken", overlapping),
    "zip, bomb in layers": refused("active", in_layers),
    "zip, itself inside": refused("active", lambda: a_docx({"word/media/self.png": a_docx()})),
    "zip, size that lies": refused("broken", lying),
    "zip, thousands of members": refused(
        "broken", lambda: a_docx({f"word/{number}.xml": b"" for number in range(2_001)})
    ),
    "zip, damaged": refused("broken", damaged),
    "zip, cut off": refused("broken", lambda: a_docx()[:-30]),
    "zip, name that climbs": refused("broken", lambda: renamed(b"word/../../../etc/cron.d/a.xml")),
    "zip, name from the root": refused("broken", lambda: renamed(b"/etc/cron.d/a.xml")),
    "zip, name of another system": refused("broken", lambda: renamed(b"C:\\Windows\\a.xml")),
    "zip, name with NUL": refused("broken", lambda: renamed(b"word/a.png\x00.xml")),
    "zip, one name twice": refused("broken", twice),
    "zip, link": refused("broken", a_link),
    "zip, something in between": refused("broken", in_between),
    "zip, something behind": refused("broken", lambda: a_docx() + b"<html><script>x()</script>"),
    "zip, page of the web as comment": refused(
        "broken", lambda: a_docx()[:-2] + struct.pack("<H", 26) + b"<html><script>x()</script>"
    ),
    "zip, packed in an unusual way": refused(
        "broken", lambda: an_archive({"word/document.xml": DOCUMENT.format("")}, compression=zipfile.ZIP_LZMA)
    ),
    "xml, entity from our disk": refused("broken", lambda: document(DOCTYPE)),
    "xml, entity from elsewhere": refused("broken", lambda: document('<!DOCTYPE a SYSTEM "https://x.example/a"><a/>')),
    "xml, a billion laughs": refused("broken", lambda: document(LAUGHS)),
    "xml, in a list of relations": refused("broken", lambda: a_docx({"word/_rels/document.xml.rels": DOCTYPE})),
    "xml, in an odt": refused("broken", lambda: an_odt(more={"content.xml": DOCTYPE})),
    "xml, two thousand deep": refused("broken", lambda: document("<a>" * 2_000 + "</a>" * 2_000)),
    "xml, one endless attribute": refused("broken", lambda: document(b'<a b="' + b"x" * 30_000_000 + b'"/>')),
    "xml, not closed": refused("broken", lambda: document("<a><b></a>")),
    "xml, in UTF-7": refused("broken", lambda: document(b"<?xml version='1.0' encoding='utf-7'?>+ADw-a/+AD4-")),
    "xml, no XML": refused("broken", lambda: document(b"\x00\xff" * 900)),
    "zip, any": refused("wrong_kind", lambda: an_archive({"x.txt": b"x"})),
    "zip, empty": refused("wrong_kind", b"PK\x05\x06" + b"\x00" * 18),
    "zip, program for Java": refused("wrong_kind", lambda: an_archive({"META-INF/MANIFEST.MF": b"", "A.class": b"x"})),
    "zip, sheet": refused("wrong_kind", a_sheet),
    "zip, book": refused("wrong_kind", lambda: an_archive({"mimetype": b"application/epub+zip", "content.xml": b"x"})),
    "zip, odt in name only": refused(
        "wrong_kind", lambda: an_archive({"mimetype": b"text/html" * 5, "content.xml": b""})
    ),
}
