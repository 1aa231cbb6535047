"""What the codes of answers mean, in the language of a page: Chinese from the vocabulary, English beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.vocabulary import CONTACT_KINDS, FORMS, KIND_LABELS, RELATIONS, STATES, TIERS, list_types
from queries.finding import CLASS_LABELS, Class, Effect
from queries.policy import shipped
from queries.scenarios import scenarios
from viz.texts import Texts

CHINESE: Mapping[str, Mapping[str, str]] = {
    "kinds": {str(kind): label for kind, label in KIND_LABELS.items()},
    "forms": FORMS,
    "relations": {name: relation.label for name, relation in RELATIONS.items()},
    "reads": {name: relation.reads for name, relation in RELATIONS.items()},
    "states": STATES,
    "contacts": CONTACT_KINDS,
    "tiers": TIERS,
}


@cache
def vocabulary(lang: str) -> dict[str, dict[str, str]]:
    """By what is meant (kinds, relations, lists …): code to words. `lang`: zh-CN or en.

    `families` gives each list's family, `family_names` the words for those.
    """
    english, texts = lang == "en", Texts(lang)
    side = "en" if english else "zh"
    plain = {what: dict(_file()["english"][what] if english else codes) for what, codes in CHINESE.items()}
    return {
        **plain,
        "lists": {code: kind.name_en if english else kind.name for code, kind in list_types().items()},
        "families": {code: kind.family for code, kind in list_types().items()},
        "bands": _worded(shipped().bands, texts, "band"),
        "classes": {
            **_worded(Class, texts, "class"),
            **({} if english else {str(c): w for c, w in CLASS_LABELS.items()}),
        },
        "effects": _worded((effect.value for effect in Effect), texts, "effect"),
        "grades": _worded(("text", "partial", "unverified"), texts, "grade"),
        "scenarios": {code: getattr(profile.name, side) for code, profile in scenarios().items()},
        "family_names": {code: words[side] for code, words in _file()["families"].items()},
        "decisions": {code: words[side] for code, words in _file()["decisions"].items()},
    }


def _worded(codes: Iterable[str], texts: Texts, prefix: str) -> dict[str, str]:
    return {str(code): texts(f"{prefix}_{code}") for code in codes}


@cache
def _file() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(files("api").joinpath("vocabulary.yaml").read_text(encoding="utf-8"))
    return read
