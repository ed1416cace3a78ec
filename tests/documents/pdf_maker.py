"""Write small PDF files by hand: text at places, rules, a picture, a password."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

WIDTH, HEIGHT = 600, 800
SIZE = 16.0
LEFT, RIGHT = 80.0, 528.0  # 28 characters


@dataclass
class PdfPage:
    """A page: words at (x, y from the top, size), rules from point to point, perhaps a picture."""

    words: list[tuple[float, float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    picture: bool = False
    watermark: str = ""

    def write(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        """Put a line of text; ``y`` is its top."""
        self.words.append((x, y, size, text))

    def flow(self, y: float, paragraphs: list[str], indent: int = 2) -> float:
        """Put paragraphs as hard-wrapped lines of 28 characters; return the next line's top."""
        for paragraph in paragraphs:
            first = True
            while paragraph:
                room = 28 - indent * first
                self.write(LEFT + SIZE * indent * first, y, paragraph[:room])
                paragraph, first, y = paragraph[room:], False, y + 26
        return y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Put the four rules of a cell."""
        self.rules += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]

    def content(self) -> bytes:
        """The page's drawing commands."""
        parts = [f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S" for x0, y0, x1, y1 in self.rules]
        for x, y, size, text in self.words:
            parts.append(
                f"BT /F1 {size} Tf {x} {HEIGHT - y - size * 0.88} Td <{_codes(text)}> Tj ET"
            )
        if self.watermark:
            parts.append(
                f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <{_codes(self.watermark)}> Tj ET"
            )
        if self.picture:
            parts.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im1 Do Q")
        return "\n".join(parts).encode()


def _codes(text: str) -> str:
    return text.encode("utf-16-be").hex()


def make_pdf(pages: list[PdfPage], *, encrypted: bool = False, mapped: bool = True) -> bytes:
    """Return the file; ``mapped=False`` leaves out which characters the codes of the font are."""
    characters = sorted({char for page in pages for word in page.words for char in word[3]})
    characters += sorted({char for page in pages for char in page.watermark} - set(characters))
    to_unicode = _to_unicode(characters)
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(len(pages)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R]" + (b" /ToUnicode 5 0 R" if mapped else b"") + b" >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000 /FontDescriptor 7 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        5: _stream(to_unicode),
        6: _stream(b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"),
        7: b"<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /Ascent 880 /Descent -120 "
        b"/CapHeight 880 /ItalicAngle 0 /StemV 80 /FontBBox [0 -120 1000 880] >>",
    }  # fmt: skip
    for at, page in enumerate(pages):
        objects[10 + 2 * at] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {11 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R >> /XObject << /Im1 6 0 R >> >> >>"
        ).encode()
        objects[11 + 2 * at] = _stream(page.content())
    return _assemble(objects, encrypted)


def _to_unicode(characters: list[str]) -> bytes:
    lines = [f"<{_codes(char)}> <{_codes(char)}>" for char in characters if ord(char) < 0x10000]
    blocks = [
        f"{len(lines[at : at + 100])} beginbfchar\n"
        + "\n".join(lines[at : at + 100])
        + "\nendbfchar"
        for at in range(0, len(lines), 100)
    ]
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap end end"
    ).encode()


def _stream(content: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(content)
    head = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def _assemble(objects: dict[int, bytes], encrypted: bool) -> bytes:
    body, places = b"%PDF-1.5\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(body)
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start, most = len(body), max(objects) + 1
    rows = [
        f"{places[number]:010} 00000 n \n" if number in places else "0000000000 65535 f \n"
        for number in range(most)
    ]
    lock = ""
    if encrypted:
        secret = "41" * 32
        lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{secret}> /U <{secret}> /P -4 >> /ID [<00><00>] "
    trailer = f"trailer << /Size {most} /Root 1 0 R {lock}>>\nstartxref\n{start}\n%%EOF"
    return body + f"xref\n0 {most}\n{''.join(rows)}".encode() + trailer.encode()
