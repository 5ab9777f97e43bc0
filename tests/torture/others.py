"""Everything that is none of the kinds that we take, whatever it is called."""

import gzip
import io
import tarfile

from tests.torture.cases import Kinds, refused
from tests.torture.pdfs import a_pdf

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def a_tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo("../../etc/cron.d/x")
        archive.addfile(member, io.BytesIO(b""))
    return packed.getvalue()


NONE_OF_OURS: dict[str, bytes] = {
    "one octet": b"%",
    "nothing but NUL": b"\x00" * 5_000,
    "text": b"Goeiedag, bonjour",
    "text in UTF-16": "%PDF-1.7".encode("utf-16"),
    "drawing": SVG,
    "drawing, compressed": gzip.compress(SVG),
    "page of the web": b"<!doctype html><script>alert(1)</script>",
    "page of the web in XML": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script/></html>',
    "saved page of the web": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<script>",
    "script": b"alert(document.cookie)",
    "script for a server": b"<?php system($_GET[0]); ?>",
    "script for a shell": b"#!/bin/sh\nrm -rf /\n",
    "program for Windows": b"MZ" + b"\x00" * 400,
    "program for Linux": b"\x7fELF\x02\x01\x01" + b"\x00" * 400,
    "program for Java": b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + b"\x00" * 200,
    "program for browsers": b"\x00asm\x01\x00\x00\x00",
    "program that holds a PDF": b"MZ" + b"\x00" * 100 + a_pdf(),
    "shortcut": b"\x4c\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 200,
    "shortcut to a page": b"[InternetShortcut]\r\nURL=file://x.example/a\r\n",
    "page description": b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n",
    "rich text": rb"{\rtf1{\object\objemb\objdata 0105}}",
    "old text of Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "bomb of gzip": gzip.compress(b"\x00" * 20_000_000),
    "archive with a name that climbs": a_tar(),
    "archive of another kind": b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\x00" * 60,
    "archive with a password": b"Rar!\x1a\x07\x01\x00" + b"\x00" * 60,
    "film": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 100,
    "sound": b"ID3\x03\x00\x00\x00\x00\x0f\x76" + b"\x00" * 100,
    "flash": b"FWS\x0a" + b"\x00" * 100,
    "table with a formula": b"=cmd|' /C calc'!A0;x\r\n",
    "database": b"SQLite format 3\x00" + b"\x00" * 100,
    "test virus": EICAR,
    "font": b"wOF2" + b"\x00" * 100,
}

KINDS: Kinds = {name: refused("wrong_kind", content) for name, content in NONE_OF_OURS.items()} | {
    "nothing": refused("empty", b""),
    "huge": refused("too_large", lambda: b"\x00" * 6_000_000),
}
