"""Reading a document that was answered: every word in it, and what it says of itself."""

import io
import re
import sqlite3
import tempfile
from zipfile import ZipFile

from pypdf import PdfReader


def all_of(response) -> str:
    """All that an answered page or document holds, whatever its kind: its words and what it says of itself."""
    kind = response.headers.get("Content-Type", "")
    if kind == "application/pdf":
        return _all_of_pdf(b"".join(response))
    if kind.endswith("wordprocessingml.document"):
        return _all_of_word(b"".join(response))
    if kind == "application/vnd.sqlite3":
        return _all_of_database(b"".join(response))
    return b"".join(response).decode() if response.streaming else response.text


def _all_of_database(data: bytes) -> str:
    """All that the database says, and whatever else its bytes hold, such as rows that were taken out."""
    with tempfile.NamedTemporaryFile(suffix=".sqlite3") as file:
        file.write(data)
        file.flush()
        connection = sqlite3.connect(file.name)
        dump = "\n".join(connection.iterdump())
        connection.close()
    return f"{dump}\n{data.decode(errors='replace')}"


def _all_of_pdf(data: bytes) -> str:
    pdf = PdfReader(io.BytesIO(data))
    root = pdf.trailer["/Root"]
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    about = [str(pdf.metadata), root["/Metadata"].get_data().decode()]
    return "\n".join([*pages, *about, *(str(part) for part in pdf.outline)])


def _all_of_word(data: bytes) -> str:
    """The text of every part of the file, tags taken out within a paragraph so that no word is cut."""
    files = ZipFile(io.BytesIO(data))
    parts = [files.read(name).decode() for name in files.namelist() if name.endswith((".xml", ".rels"))]
    return "\n".join(re.sub(r"<[^>]+>", "", part.replace("</w:p>", "\n")) + "\n" + part for part in parts)
