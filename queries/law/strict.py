"""Reading YAML that people edit: every key known, every value in its range, every fault told with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import Any

import yaml

from graph.errors import InputError
from queries.law.pack import Words


class _OnceEach(yaml.SafeLoader):
    """A key said twice is an error: YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                raise yaml.constructor.ConstructorError(None, None, f"duplicate key {key}", node.start_mark)
        return super().construct_mapping(node, deep=deep)


def document(content: str, file: str) -> Mapping[str, Any]:
    """A YAML mapping. Raises InputError naming the file."""
    try:
        raw = yaml.load(content, Loader=_OnceEach)
    except yaml.YAMLError as error:
        raise InputError("YAML 有误", file=file, value=" ".join(str(error).split())) from error
    if not isinstance(raw, Mapping):
        raise InputError("文件不是键值表", file=file, remedy="参照随附的文件")
    return raw


class Row:
    """One mapping of such a document. `entry`: what it belongs to, as told in errors (“规则 R05”)."""

    def __init__(self, raw: Any, file: str, entry: str, path: str = "") -> None:
        self.file, self.entry, self.path = file, entry, path
        if not isinstance(raw, Mapping):
            raise self.fault("", "须为键值表", raw)
        self.raw: Mapping[Any, Any] = raw

    def __contains__(self, field: str) -> bool:
        return self.raw.get(field) is not None

    def fault(self, field: str, why: str, value: Any = "") -> InputError:
        """The error to raise: file, entry, field, what is wrong, and the value."""
        place = ".".join(part for part in (self.path, field) if part)
        message = "：".join(part for part in (self.entry, place, why) if part)
        return InputError(message, file=self.file, value=str(value))

    def only(self, *known: str) -> Row:
        """The row itself, where it has no other keys."""
        for key in self.raw:
            if key not in known:
                raise self.fault("", f"未知的字段，可用：{'、'.join(known)}", key)
        return self

    def row(self, field: str) -> Row:
        """The mapping under a key; an empty one where there is none."""
        raw = self.raw.get(field)
        return self._inner({} if raw is None else raw, field)

    def rows(self, field: str) -> list[Row]:
        """The mappings listed under a key."""
        return [self._inner(raw, f"{field}[{n}]") for n, raw in enumerate(self._list(field))]

    def named(self, field: str) -> Iterator[tuple[str, Row]]:
        """The mappings under a key, by their own keys."""
        inner = self.row(field)
        for key in inner.raw:
            yield str(key), inner.row(key)

    def text(self, field: str) -> str:
        """A text; empty where there is none."""
        value = self.raw.get(field, "")
        if value is None or isinstance(value, Mapping | list | bool):
            raise self.fault(field, "须为文字", value)
        return str(value)

    def needed(self, field: str) -> str:
        """A text that must not be empty."""
        value = self.text(field).strip()
        if not value:
            raise self.fault(field, "不能为空")
        return value

    def words(self, field: str) -> Words | None:
        """A text in two languages, `{zh, en}`; both have to be said."""
        if field not in self:
            return None
        inner = self.row(field).only("zh", "en")
        return Words(inner.needed("zh"), inner.needed("en"))

    def needed_words(self, field: str) -> Words:
        """A text in two languages that must not be missing."""
        words = self.words(field)
        if words is None:
            raise self.fault(field, "不能为空，须写 zh 与 en")
        return words

    def one_of(self, field: str, known: Collection[str], default: str = "") -> str:
        """A value out of a set; without one the default, which must not be empty then."""
        value = self.text(field) if field in self else default
        if value not in known:
            raise self.fault(field, f"须为其中之一：{'、'.join(sorted(known))}", value)
        return value

    def some_of(self, field: str, known: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of values, out of a set where there is one, none said twice."""
        values = [str(value) for value in self._list(field)]
        for number, value in enumerate(values):
            if known is not None and value not in known:
                raise self.fault(field, f"未知的值，可用：{'、'.join(sorted(known))}", value)
            if value in values[:number]:
                raise self.fault(field, "重复", value)
        return tuple(values)

    def flag(self, field: str, default: bool | None = False) -> bool | None:
        """True or false; without one the default."""
        value = self.raw.get(field, default)
        if value is not default and not isinstance(value, bool):
            raise self.fault(field, "须为 true 或 false", value)
        return None if value is None else bool(value)

    def number(self, field: str) -> int | None:
        """A whole number above 0, if there is one."""
        value = self.raw.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self.fault(field, "须为正整数", value)
        return value

    def share(self, field: str) -> float | None:
        """A share between 0 and 1, if there is one."""
        value = self.raw.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.fault(field, "须在 0 与 1 之间", value)
        return float(value)

    def day(self, field: str) -> str:
        """A day as `YYYY-MM-DD`; empty where there is none. YAML gives some of them as dates already."""
        value = self.raw.get(field)
        if value is None:
            return ""
        try:
            return dt.date.fromisoformat(str(value)).isoformat()
        except ValueError:
            raise self.fault(field, "须为日期 YYYY-MM-DD", value) from None

    def span(self) -> tuple[str, str]:
        """`valid_from` and `valid_to`, in this order in time."""
        first, last = self.day("valid_from"), self.day("valid_to")
        if first and last and last < first:
            raise self.fault("valid_to", "早于 valid_from", last)
        return first, last

    def _inner(self, raw: Any, field: str) -> Row:
        return Row(raw, self.file, self.entry, ".".join(part for part in (self.path, field) if part))

    def _list(self, field: str) -> list[Any]:
        raw = self.raw.get(field)
        if raw is None:
            return []
        if not isinstance(raw, list):
            raise self.fault(field, "须为列表", raw)
        return raw
