"""The driver speaks Bolt with its Rust extension, which is what makes whole answers and loads bearable."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version

from graph import bolt


def test_the_rust_extension_is_installed_and_in_use() -> None:
    assert bolt.GraphDatabase is not None  # the driver as the program has it
    codec = import_module("neo4j._codec.packstream.v1")
    assert callable(codec._rust_pack)
    assert callable(codec._rust_unpack)
    assert version("neo4j-rust-ext").startswith(version("neo4j"))
