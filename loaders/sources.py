"""Every source there is, one row each, and which of them a path holds.

A new source is a module with `LAYOUTS` and `read(paths, snapshot)`, and its row here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import InputError
from loaders import cn_listed, cn_register, cn_sanctions, ofac_sdn, opensanctions, package
from loaders.city import credit as city_credit
from loaders.city import register as city_register
from loaders.columns import newest
from loaders.facts import Facts
from loaders.readers import Layout, layout_of

_DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])[-_]?([0-2]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of source. `mode`: how it is loaded unless told otherwise: full, where a file holds all the
    source knows, else delta. `lists`: codes of the lists it covers.
    """

    name: str
    title: str
    mode: str
    layouts: tuple[Layout, ...]
    read: Callable[[Sequence[Path], str], Facts]
    lists: tuple[str, ...] = ()


_ALL = (
    Source("package", "图数据包", "delta", package.LAYOUTS, package.read),
    Source("cn_listed", "A股上市公司", "full", cn_listed.LAYOUTS, cn_listed.read),
    Source("cn_register", "市场主体登记", "delta", cn_register.LAYOUTS, cn_register.read),
    Source("ofac_sdn", "美国OFAC特别指定国民名单", "full", ofac_sdn.LAYOUTS, ofac_sdn.read, ("OFAC_SDN",)),
    Source(
        "cn_sanctions",
        "中国对外反制、出口管制和不可靠实体清单",
        "full",
        cn_sanctions.LAYOUTS,
        cn_sanctions.read,
        ("CN_UEL", "CN_EXPORT", "CN_COUNTER"),
    ),
    Source("opensanctions", "OpenSanctions 名单", "full", opensanctions.LAYOUTS, opensanctions.read),
    Source("city_register", "公共信用主体登记", "full", city_register.LAYOUTS, city_register.read),
    Source("city_credit", "公共信用记录与名单", "delta", city_credit.LAYOUTS, city_credit.read),
)
SOURCES: dict[str, Source] = {source.name: source for source in _ALL}


@dataclass(slots=True)
class Found:
    """A source and its files at the paths asked for. `name`: under which its facts are kept."""

    source: Source
    name: str
    files: tuple[Path, ...]
    warnings: tuple[str, ...] = ()
    _seen: str = field(default="", init=False)

    def read(self, snapshot: str | None = None) -> Facts:
        """What the files say. Raises InputError for a file that is empty, damaged or lacks columns."""
        facts = self.source.read(self.files, snapshot or self._dated())
        self._seen = newest(facts.relations["seen_on"])
        facts.warnings[:0] = self.warnings
        return facts

    def snapshot(self, given: str | None = None) -> str:
        """The day the data speak of: as given, as the file names say, or (once read) the newest day on which a
        relation was seen; "" when nothing tells.
        """
        return given or self._dated() or self._seen

    def _dated(self) -> str:
        days = ["-".join(match.groups()) for path in self.files for match in _DAY_IN_NAME.finditer(path.stem)]
        return max(days, default="")


def recognise(paths: Sequence[Path], source: str | None = None) -> list[Found]:
    """The sources found at these files and directories, in the order of first sight.

    `source`: a name of SOURCES reads the files as that source only; any other is the name to keep the facts of
    the one source found under. Files of no known source are named in the warnings of the first one found.
    Raises InputError for a path that is missing, a file that is of no known source, and where none is found.
    """
    known = [SOURCES[source]] if source in SOURCES else list(SOURCES.values())
    files: dict[str, list[Path]] = {}
    unknown: list[str] = []
    for path, asked in _files(paths):
        owner = _owner(path, known)
        if owner is not None:
            held = files.setdefault(owner.name, [])
            held.extend([] if path in held else [path])
        elif asked or (path.suffix.lower() == ".csv" and path.stat().st_size == 0):
            raise _unrecognised(path)  # an empty table may be a known source that arrived cut
        else:
            unknown.append(str(path))
    if not files:
        names = "、".join(Path(name).name for name in unknown[:5])
        raise InputError(
            "目录中没有已知来源的文件", file=str(paths[0]) if paths else "", value=names, remedy=_expected()
        )
    if source and source not in SOURCES and len(files) > 1:
        raise InputError("多个来源不能共用一个名称", value=source, remedy=f"分别载入：{'、'.join(files)}")
    named = source if source and source not in SOURCES else None
    found = [Found(SOURCES[name], named or name, tuple(held)) for name, held in files.items()]
    found[0].warnings = tuple(f"{name}：不属于已知来源，已跳过" for name in unknown)
    return found


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Every file at the paths, with whether it was asked for by itself."""
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file())
            shown = [p for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts)]
            if not shown:
                raise InputError("目录是空的", file=str(path), remedy=_expected())
            yield from ((p, False) for p in shown)
        elif path.is_file():
            yield path, True
        else:
            raise InputError("文件或目录不存在", file=str(path), remedy="检查路径")


def _owner(path: Path, known: Sequence[Source]) -> Source | None:
    """The source one of whose layouts fits the file; a header that fits counts before a name."""
    layout = layout_of(path, [layout for source in known for layout in source.layouts])
    return next((source for source in known if layout in source.layouts), None)


def _unrecognised(path: Path) -> InputError:
    empty = path.stat().st_size == 0
    return InputError(
        "文件是空的（0 字节）" if empty else "不是已知来源的文件",
        file=str(path),
        value=path.name,
        remedy="重新获取该文件" if empty else _expected(),
    )


def _expected() -> str:
    names = "；".join(
        f"{source.title}：{'、'.join(pattern for layout in source.layouts for pattern in layout.files)}"
        for source in SOURCES.values()
    )
    return f"已知来源的文件有 {names}"
