"""The fixed parts of a page: our styles and script, the vendored library, and the policy that allows only these."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from viz import vendor

TEMPLATES = Path(str(files("viz"))) / "templates"


@cache
def template(name: str) -> str:
    """A file of `templates/`, line ends as browsers read them."""
    return (TEMPLATES / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def pages() -> Environment:
    """The templates of pages: whatever comes from the graph is escaped, and a word nobody gave is an error."""
    return Environment(
        loader=PackageLoader("viz"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def library() -> str:
    """vis-network with its licence in front (both must travel together) and without the pointer to its map."""
    licence = library_licence()
    script = vendor.text("vis-network.min.js")
    return f"/*! vis-network\n{licence}*/\n{script.rpartition('//# sourceMappingURL=')[0] or script}"


@cache
def library_packed() -> str:
    """The library for a page: gzip, then base64. `unpack.js` runs it."""
    return base64.b64encode(gzip.compress(library().encode(), 9, mtime=0)).decode()


@cache
def library_licence() -> str:
    """The library's licence, which stands in the page as text beside the packed library."""
    return vendor.text("vis-network.LICENSE-MIT")


@cache
def library_styles() -> tuple[str, ...]:
    """The style sheets the library adds to the page by itself."""
    return vendor.injected_styles(library())


def library_name() -> str:
    """Name, version and licence of the library, for the page's foot."""
    known = vendor.package("vis-network")
    return f"{known['package']} {known['version']}（{known['licence']}）"


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Content-Security-Policy that runs exactly these inline scripts and styles and loads nothing."""
    allowed = " ".join(map(vendor.csp_hash, scripts)) or "'none'"
    styled = " ".join(map(vendor.csp_hash, styles)) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {styled}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
