"""The words of the pages, Chinese and English, from `texts.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from graph.errors import InputError
from graph.vocabulary import CONTACT_KINDS, KIND_LABELS, RELATIONS, STATES, Kind, ListType, list_types
from queries.words import SHEET_LABELS
from viz.labels import share

LOCALES = ("zh-CN", "en")


@cache
def _words() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(files("viz").joinpath("texts.yaml").read_text("utf-8"))
    return loaded


class Texts:
    """Words in one language: `texts("hops", n=2)`; names of kinds, relations and lists from the vocabulary."""

    def __init__(self, locale: str) -> None:
        if locale not in LOCALES:
            raise InputError("不支持的语言", value=locale, remedy="用 " + " 或 ".join(LOCALES))
        self.locale = locale
        self.english = locale == "en"

    def __call__(self, key: str, **values: object) -> str:
        """The words under `key` with `values` filled in; an unknown key is an error of ours."""
        return _words()[key]["en" if self.english else "zh"].format(**values)

    def relation(self, name: str) -> str:
        """A relation type's short label; a type outside the vocabulary is shown by its name."""
        known = RELATIONS.get(name)
        if name in SHEET_LABELS and not self.english:
            return SHEET_LABELS[name]
        return name.replace("_", " ").lower() if known is None or self.english else known.label

    def kind(self, name: str) -> str:
        """A subject kind's label."""
        if name not in set(Kind):
            return name
        return name.replace("_", " ") if self.english else KIND_LABELS[Kind(name)]

    def listing(self, code: str) -> str:
        """A list's name; an unknown code is shown as it is."""
        found = list_type(code)
        if found is None:
            return code
        return found.name_en if self.english else found.name

    def state(self, name: str) -> str:
        """A listing's state."""
        return name.replace("_", " ") if self.english else STATES.get(name, name)

    def contact(self, name: str) -> str:
        """A contact's kind."""
        return name if self.english else CONTACT_KINDS.get(name, name)

    def band(self, name: str) -> str:
        """A score band: 高, 中, 低."""
        key = f"band_{name}"
        return self(key) if key in _words() else name

    def source_key(self, name: str) -> str:
        """What a source says of itself under `name`; unknown keys are shown as they are."""
        return self(f"src_{name}") if f"src_{name}" in _words() else name

    def rated(self, name: str, ratio: float | None) -> str:
        """Relation label with its share: 「股东 35%」."""
        return f"{self.relation(name)} {share(ratio)}".rstrip()


def list_type(code: str) -> ListType | None:
    """What is known of a list, None for a code outside the vocabulary."""
    return list_types().get(code)
