"""Vendored files are the pinned ones, with their licences."""

from __future__ import annotations

from pathlib import Path

import pytest

from viz import assets, vendor


def test_every_file_is_the_pinned_one() -> None:
    assert vendor.check() == []
    assert set(vendor.pinned()) >= {
        "vis-network.min.js",
        "vis-network.LICENSE-MIT",
        "vis-network.LICENSE-APACHE-2.0",
        "cytoscape.min.js",
        "cytoscape.LICENSE",
        "cytoscape-dagre.min.js",
    }


def test_a_changed_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VENDOR.json", "vis-network.LICENSE-MIT"):
        (tmp_path / name).write_bytes((Path(vendor.__file__).parent / "vendor" / name).read_bytes())
    monkeypatch.setattr(vendor, "_HERE", tmp_path)
    assert vendor.text("vis-network.LICENSE-MIT").startswith("The MIT License")
    (tmp_path / "vis-network.LICENSE-MIT").write_bytes(b"changed")
    with pytest.raises(ValueError, match="sha256"):
        vendor.text("vis-network.LICENSE-MIT")
    assert "vis-network.LICENSE-MIT" in vendor.check()


def test_the_library_carries_its_licence_and_no_map() -> None:
    script = assets.library()
    assert "MIT" in script[:1500]
    assert "Copyright" in script[:1500]
    assert "sourceMappingURL" not in script
    assert "</script" not in script.lower()
    assert "<!--" not in script


def test_the_styles_it_adds_are_known() -> None:
    styles = assets.library_styles()
    assert len(styles) == 7
    assert any("div.vis-tooltip" in style for style in styles)
