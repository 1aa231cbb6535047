"""Commands that change what the graph holds."""

from __future__ import annotations

from api.arguments import Argument, Command, day
from api.words import Words

DATA: tuple[Command, ...] = (
    Command(
        "load",
        Words("把文件或目录装入图中", "load files or directories into the graph"),
        "data:load",
        (
            Argument(("paths",), Words("文件或目录", "files or directories"), metavar="PATH", many="+"),
            Argument(
                ("--source",),
                Words(
                    "来源名称；不写则按文件自动识别",
                    "the source's name; recognised from the files if left out",
                ),
                metavar="NAME",
            ),
            Argument(
                ("--mode",),
                Words(
                    "full：来源中不再出现的记录即行结束；delta：只处理出现的行",
                    "full: what the source no longer holds ends; delta: only the rows present are touched",
                ),
                choices=("full", "delta"),
            ),
            Argument(
                ("--snapshot",),
                Words("数据快照日期", "date of the source's snapshot"),
                metavar="DATE",
                kind=day,
            ),
            Argument(
                ("--allow-shrink",),
                Words("来源比上次少两成以上也照装", "load even if over a fifth of the source is gone"),
                action="store_true",
            ),
            Argument(
                ("--strict",),
                Words("有行被拒绝时以退出码 4 结束", "end with exit code 4 if rows were rejected"),
                action="store_true",
            ),
        ),
        Words(
            "先全部核对再一次写入：失败时图保持原样，同样的文件再装一次不改变任何内容。",
            "Everything is checked before anything is written: a failed load leaves the graph as it was,"
            " and the same files loaded again change nothing.",
        ),
        ("xinmai load examples/city", "xinmai load my-package --source mine --strict"),
    ),
    Command(
        "unload",
        Words("撤回一个来源的全部记录", "withdraw everything one source said"),
        "data:unload",
        (Argument(("source",), Words("来源名称", "the source's name"), metavar="SOURCE"),),
    ),
    Command(
        "sources",
        Words("列出已装入的来源", "list what is loaded"),
        "data:sources",
        details=Words("文件、快照日期、行数、所含名单。", "Files, snapshot date, rows, lists covered."),
        reads=True,
    ),
    Command(
        "same",
        Words("记录两个主体是否同一的人工决定", "record a decision whether two subjects are the same"),
        "data:same",
        (
            Argument(("a",), Words("主体", "a subject"), metavar="A"),
            Argument(("b",), Words("另一主体", "another subject"), metavar="B"),
            Argument(("--yes",), Words("是同一主体", "they are the same"), action="store_true"),
            Argument(("--no",), Words("不是同一主体", "they are not the same"), action="store_true"),
            Argument(("--reason",), Words("理由，留痕", "the reason, kept in the log"), metavar="TEXT"),
            Argument(("--undo",), Words("撤销此前的决定", "take the decision back"), action="store_true"),
        ),
        Words("重新装入数据后仍然有效。", "It survives reloads."),
        ('xinmai same A B --no --reason "身份证号不同"', "xinmai same A B --undo"),
    ),
    Command(
        "backup",
        Words("备份整个图，使用中也一致", "back up the whole store, consistent while in use"),
        "copies:backup",
        (
            Argument(
                ("dest",), Words("备份文件，或放备份的目录", "the backup file, or a directory for it"), metavar="DEST"
            ),
        ),
    ),
    Command(
        "restore",
        Words("从备份恢复整个图", "restore the whole store from a backup"),
        "copies:restore",
        (
            Argument(("src",), Words("备份文件", "the backup file"), metavar="SRC"),
            Argument(
                ("--force",),
                Words("目标库不是空的也恢复，取代其中全部内容", "replace all there is in a store that is not empty"),
                action="store_true",
            ),
        ),
    ),
)
