"""PDFs: good ones as programs write them, and those that run, fetch, hide, or wear their reader out."""

import zlib

from tests.torture.archives import an_archive
from tests.torture.cases import Kinds, kept, refused

PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Annots[5 0 R]>>"
LINK = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/F 4/A<</S/URI/URI(https://x.example/JavaScript?/Launch)>>>>"
FORBIDDEN_LINKS = {
    "a script": b"(javascript:app.alert\\(1\\))",
    "a script in capitals": b"(JavaScript:x)",
    "a script in pieces": b"(java\\\nscr\\151pt:x)",
    "a script behind white space": b"( \tjava\nscript:x)",
    "a script in hexadecimal": b"<6A617661 7363726970743A78>",
    "a script in UTF-16": b"(\xfe\xff" + "javascript:x".encode("utf-16-be") + b")",
    "a file": b"(file:///C:/Windows/System32/cmd.exe)",
    "a share": b"(\\\\\\\\x.example\\\\a)",
    "a program": b"(ms-msdt:/id)",
    "data": b"(data:text/html,x)",
}
WORDS = b"BT /F1 12 Tf (I write HTML/JavaScript and /Launch things) Tj ET"


def a_stream(plain: bytes, head: bytes = b"", *, packed: bool = True) -> bytes:
    """A stream object's body."""
    raw_bytes = zlib.compress(plain) if packed else plain
    name = b"/Filter/FlateDecode" if packed else b""
    return b"<<%b%b/Length %d>>\nstream\n%b\nendstream" % (head, name, len(raw_bytes), raw_bytes)


def a_pdf(*more: bytes, catalog: bytes = b"", trailer: bytes = b"", page: bytes = PAGE, tail: bytes = b"") -> bytes:
    """A whole small PDF with a right table; `more` become the objects from 6 on."""
    bodies = [b"<</Type/Catalog/Pages 2 0 R%b>>" % catalog, PAGES, page, a_stream(WORDS, packed=False), LINK, *more]
    written, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(bodies) + 1, table)
    return written + b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n%b" % (
        len(bodies) + 1,
        trailer,
        start,
        tail,
    )


def packed_objects(*bodies: bytes, filters: bytes = b"/FlateDecode", first: int = 20) -> bytes:
    """An object stream, in which objects stand compressed; numbers from `first` on."""
    table, plain = b"", b""
    for number, body in enumerate(bodies, first):
        table += b"%d %d " % (number, len(plain))
        plain += body + b" "
    raw_bytes = zlib.compress(table + plain, 9)
    return b"<</Type/ObjStm/N %d/First %d/Filter%b/Length %d>>\nstream\n%b\nendstream" % (
        len(bodies),
        len(table),
        filters,
        len(raw_bytes),
        raw_bytes,
    )


def all_packed() -> bytes:
    """As newer programs write: the catalogue inside an object stream, the table a stream too."""
    objects = packed_objects(b"<</Type/Catalog/Pages 2 0 R>>", PAGES, b"<</Type/Page/Parent 2 0 R>>", first=1)
    table = a_stream(b"\x00" * 30, b"/Type/XRef/W[1 2 1]/Size 6/Root 1 0 R/Index[0 6]")
    return b"%%PDF-1.5\n4 0 obj\n%b\nendobj\n5 0 obj\n%b\nendobj\nstartxref\n0\n%%%%EOF" % (objects, table)


def in_a_stream() -> bytes:
    """A second table points at an object that stands inside a picture's octets."""
    inside = b"90 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"
    return a_pdf(a_stream(b"\xff\xd8" + inside, b"/Subtype/Image", packed=False))


def updated(plain: bytes) -> bytes:
    """A later version appended to an innocent one."""
    return a_pdf() + plain + b"\ntrailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n0\n%%EOF\n"


def opened_by(action: bytes) -> bytes:
    return a_pdf(catalog=b"/OpenAction<<%b>>" % action)


def in_an_archive() -> bytes:
    """An archive whose comment is the end of the PDF: both programs open it."""
    good = a_pdf()
    return b"%PDF-1.7\n%" + b"PK\x05\x06" + b"\x00" * 16 + (len(good) - 9).to_bytes(2, "little") + good[9:]


RUNS = b"/S/JavaScript/JS(app.alert(1))"
ATTACHED = b"<</Type/Filespec/F(x.exe)/EF<</F 7 0 R>>>>"

KINDS: Kinds = {
    "pdf, plain": kept("pdf", a_pdf),
    "pdf, everything packed": kept("pdf", all_packed),
    "pdf, opens at a page": kept("pdf", lambda: a_pdf(catalog=b"/OpenAction[3 0 R/Fit]")),
    "pdf, goes to a page": kept("pdf", lambda: a_pdf(b"<</S/GoTo/D[3 0 R/Fit]>>", catalog=b"/OpenAction 6 0 R")),
    "pdf, ends in NUL": kept("pdf", lambda: a_pdf(tail=b"\r\n\x00\x00")),
    "pdf, speaks of JavaScript": kept("pdf", lambda: a_pdf(b"<</Title(About /JavaScript /JS (and) /Launch)>>")),
    "pdf, updated": kept("pdf", lambda: updated(b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj")),
    "pdf, script as it opens": refused("active", lambda: opened_by(RUNS)),
    "pdf, script elsewhere": refused("active", lambda: a_pdf(b"<<%b>>" % RUNS, catalog=b"/OpenAction 6 0 R")),
    "pdf, script under a disguised name": refused("active", lambda: opened_by(b"/#53/J#61v#61Script/#4a#53(x)")),
    "pdf, script named elsewhere": refused("active", lambda: a_pdf(b"<</S 7 0 R/X(app.alert(1))>>", b"/JavaScript")),
    "pdf, script in packed objects": refused("active", lambda: a_pdf(packed_objects(b"<<%b>>" % RUNS))),
    "pdf, script in a list of names": refused("active", lambda: a_pdf(catalog=b"/Names<</JavaScript 6 0 R>>")),
    "pdf, script in an update": refused("active", lambda: updated(b"9 0 obj<<%b>>endobj" % RUNS)),
    "pdf, script inside a picture": refused("active", in_a_stream),
    "pdf, script behind a comment": refused("active", lambda: updated(b"9 0%%x\nobj%%y\n<<%%z\n%b>>endobj" % RUNS)),
    "pdf, script behind a broken text": refused("active", lambda: updated(b"8 0 obj(\\)( 9 0 obj<<%b>>endobj" % RUNS)),
    "pdf, script in a dictionary out of step": refused("active", lambda: updated(b"9 0 obj<<1 %b>>endobj" % RUNS)),
    "pdf, script under a key twice": refused("active", lambda: opened_by(b"/S/GoTo/S/JavaScript")),
    "pdf, starts a program": refused("active", lambda: opened_by(b"/S/Launch/F(cmd.exe)")),
    "pdf, sends a form": refused("active", lambda: opened_by(b"/S/SubmitForm/F(https://x.example)")),
    "pdf, imports data": refused("active", lambda: a_pdf(b"<</S/ImportData/F(x.fdf)>>")),
    "pdf, opens a file elsewhere": refused("active", lambda: a_pdf(b"<</S/GoToR/F(\\\\\\\\x.example\\\\a)>>")),
    "pdf, opens a file inside": refused("active", lambda: a_pdf(b"<</S/GoToE/T<</R/C>>>>")),
    "pdf, opens a page of the web": refused("active", lambda: opened_by(b"/S/URI/URI(https://x.example)")),
    "pdf, fetches as a page is turned": refused(
        "active", lambda: a_pdf(page=PAGE[:-2] + b"/AA<</O<</S/URI/URI(https://x.example)>>>>>>")
    ),
    **{
        f"pdf, link to {name}": refused("active", lambda address=address: a_pdf(b"<</S/URI/URI%b>>" % address))
        for name, address in FORBIDDEN_LINKS.items()
    },
    "pdf, link to a script in another object": refused(
        "active", lambda: a_pdf(b"<</S/URI/URI 7 0 R>>", b"(javascript:app.alert(1))")
    ),
    "pdf, links below a script": refused("active", lambda: a_pdf(catalog=b"/URI<</Base(javascript:x//)>>")),
    "pdf, links to mail, telephone and the web": kept(
        "pdf",
        lambda: a_pdf(
            b"<</S/URI/URI(mailto:a@example.be)>>",
            b"<</S/URI/URI(tel:+3225551234)>>",
            b"<</S/URI/URI(www.example.be)>>",
        ),
    ),
    "pdf, hides a file": refused("active", lambda: a_pdf(ATTACHED, a_stream(b"MZ", b"/Type/EmbeddedFile"))),
    "pdf, files by name": refused("active", lambda: a_pdf(catalog=b"/Names<</EmbeddedFiles<</Names[(x) 6 0 R]>>>>")),
    "pdf, pinned file": refused("active", lambda: a_pdf(b"<</Type/Annot/Subtype/FileAttachment/FS 7 0 R>>")),
    "pdf, film": refused("active", lambda: a_pdf(b"<</Type/Annot/Subtype/RichMedia/RichMediaContent 7 0 R>>")),
    "pdf, form of another kind": refused("active", lambda: a_pdf(catalog=b"/AcroForm<</XFA[(a) 6 0 R]>>")),
    "pdf, octets elsewhere": refused("active", lambda: a_pdf(a_stream(b"x", b"/F(https://x.example/a)"))),
    "pdf, password": refused("locked", lambda: a_pdf(b"<</Filter/Standard/V 4>>", trailer=b"/Encrypt 6 0 R")),
    "pdf, cut off": refused("broken", lambda: a_pdf()[:-60]),
    "pdf, only a head": refused("broken", b"%PDF-1.7\n%%EOF"),
    "pdf, words in between": refused("broken", b"%PDF-1.7\n" + b"no object here " * 50 + b"\n%%EOF"),
    "pdf, root that is not there": refused("broken", lambda: a_pdf().replace(b"/Root 1 0 R", b"/Root 9 0 R")),
    "pdf, page of the web in its head": refused(
        "broken", lambda: a_pdf().replace(b"%\xe2", b"%<html><script>x()</script>")
    ),
    "pdf, page of the web behind it": refused("broken", lambda: a_pdf(tail=b"<html><script>x()</script></html>")),
    "pdf, archive behind it": refused("broken", lambda: a_pdf(tail=an_archive({"a.class": b"x"}))),
    "pdf, archive around it": refused("broken", in_an_archive),
    "pdf, packed bomb": refused("broken", lambda: a_pdf(packed_objects(b"[" + b" " * 30_000_000 + b"]"))),
    "pdf, packed in an unusual way": refused(
        "broken", lambda: a_pdf(packed_objects(b"null", filters=b"[/ASCIIHexDecode/FlateDecode]"))
    ),
    "pdf, ten thousand deep": refused("broken", lambda: a_pdf(b"[" * 10_000 + b"]" * 10_000)),
    "pdf, a million numbers": refused("broken", lambda: a_pdf(b"[" + b"1 " * 2_000_000 + b"]")),
    "pdf, objects without end": refused("broken", lambda: a_pdf(b"1 0 obj(" * 400_000)),
    "pdf, comments without end": refused("broken", lambda: a_pdf(b"1 0 obj%" * 400_000)),
    "pdf, not from its first octet": refused("wrong_kind", lambda: b"<html><script>x()</script>" + a_pdf()),
    "pdf, huge": refused("too_large", lambda: a_pdf(a_stream(b"\x00" * 5_000_001, packed=False))),
}
