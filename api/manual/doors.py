"""Commands that screen lists, hand out files, and open the service."""

from __future__ import annotations

from api.arguments import Argument, Command, port
from api.manual.shared import ENGINE, HOPS, POSSIBLE, PROFILES, REPLAY, SCENARIO, SUBJECT, output
from api.words import Words

SCREENING: tuple[Command, ...] = (
    Command(
        "screen",
        Words("筛查一份申请人名单", "screen a list of applicants"),
        "screening:screen",
        (
            Argument(("file",), Words("CSV 或 XLSX 名单", "a CSV or XLSX list"), metavar="FILE"),
            Argument(
                ("--scenario",),
                Words("业务场景，见 xinmai scenarios", "the scenario, see xinmai scenarios"),
                metavar="S",
                default="general",
            ),
            PROFILES,
            REPLAY,
            Argument(
                ("--name-column",),
                Words("名称所在列的标题或列号", "title or letter of the column with the names"),
                metavar="COLUMN",
            ),
            output(".xlsx .json .html", required=False, many=True),
            Argument(
                ("--since-last",),
                Words("上次筛查的 JSON，只标出变化", "JSON of the last screening, to mark what changed"),
                metavar="FILE",
            ),
            ENGINE,
        ),
        examples=("xinmai screen applicants.xlsx --scenario procurement -o result.xlsx -o result.html",),
        reads=True,
    ),
    Command(
        "bidders",
        Words("同一标段的投标人两两比对", "compare the bidders of a lot, pair by pair"),
        "bidders:bidders",
        (
            Argument(("file",), Words("CSV 或 XLSX 投标人名单", "a CSV or XLSX list of bidders"), metavar="FILE"),
            Argument(
                ("--law",),
                Words("依据：tender 招标投标法；procurement 政府采购法", "tender law, or government procurement law"),
                metavar="tender|procurement",
                choices=("tender", "procurement"),
                required=True,
            ),
            Argument(
                ("--name-column",),
                Words("名称所在列的标题或列号", "title or letter of the column with the names"),
                metavar="COLUMN",
            ),
            output(".xlsx .json .html", required=False, many=True),
        ),
        Words(
            "每个标段 2 至 200 家。只有规则明文规定、身份和事实确定的才判为禁止；其余均为提示。",
            "2 to 200 bidders a lot. Prohibited is only what a rule says on settled facts; all else is an alert.",
        ),
        examples=("xinmai bidders bidders.xlsx --law tender -o pairs.xlsx -o pairs.html",),
        reads=True,
    ),
    Command(
        "template",
        Words("写出可填写的空白名单", "write an empty list to fill in"),
        "screening:template",
        (
            Argument(
                ("kind",),
                Words("screen 申请人；bidders 投标人", "screen: applicants; bidders: bidders of a lot"),
                metavar="screen|bidders",
                choices=("screen", "bidders"),
            ),
            output(".xlsx"),
        ),
        stores=False,
    ),
)

TAKEAWAY: tuple[Command, ...] = (
    Command(
        "report",
        Words("写出一个主体的网络报告", "write the network report of one subject"),
        "takeaway:report",
        (SUBJECT, output(".html .pdf .docx"), SCENARIO, PROFILES, HOPS, POSSIBLE, REPLAY),
        Words(
            "格式由文件名结尾决定。HTML 为自足的单一文件，不联网即可打开；PDF 需要本机装有中文字体；DOCX 用于审批卷宗。"
            "每页都有报告编号、基准日、数据与规则版本和内容摘要。",
            "The file's ending decides the format. HTML is one file that opens without a network; PDF needs a Chinese "
            "font on this machine; DOCX is for approval files. Number, day, versions of data and rules and the content "
            "hash stand on every page.",
        ),
        examples=(
            "xinmai report 91999999MA00004966 -o report.html",
            "xinmai report 91999999MA00004966 --scenario procurement -o report.pdf",
        ),
        reads=True,
    ),
    Command(
        "verify",
        Words("核对一份报告的内容摘要", "check the content hash of a report"),
        "takeaway:verify",
        (Argument(("file",), Words("报告：.html .pdf .docx", "a report: .html .pdf .docx"), metavar="FILE"),),
        Words(
            "由文件内所附的事实重新计算摘要，与文件写明的比较；不一致时退出码为 2。",
            "Works the hash out again from the facts inside the file and compares; exit code 2 where they differ.",
        ),
        stores=False,
    ),
    Command(
        "export",
        Words("导出一个主体周围的网络，或整个库", "export the network around one subject, or the whole store"),
        "takeaway:export",
        (
            Argument(
                ("subject",),
                Words(
                    "主体：编号、统一社会信用代码或名称；neo4j-import 不写主体，导出整个库",
                    "a subject: id, unified social credit code or name; none for neo4j-import: the whole store",
                ),
                metavar="SUBJECT",
                many="?",
            ),
            Argument(
                ("--format",),
                Words("格式", "format"),
                choices=("graphml", "gexf", "csv", "cypher", "neo4j-import"),
                required=True,
            ),
            output(
                Words(
                    "默认按主体编号命名；neo4j-import 为一个新的或空的目录",
                    "by default named by the subject's id; for neo4j-import a new or empty directory",
                ),
                required=False,
            ),
            HOPS,
            POSSIBLE,
            REPLAY,
        ),
        Words(
            "neo4j-import 把整个库写成 Neo4j 5 离线导入（neo4j-admin database import full）的 CSV 文件，"
            "附导入命令和约束语句。它是全库副本，证件号码、电话等不打码：文件仅本人可读，用完即删。"
            "其他格式只含一个主体周围的网络，号码打码。",
            "neo4j-import writes the whole store as CSV for Neo4j 5's offline import (neo4j-admin database import "
            "full), with the exact command and the constraints. It is a full copy with personal numbers in clear: the "
            "files are readable by you alone; delete them after use. The other formats hold one subject's network, "
            "masked.",
        ),
        examples=(
            "xinmai export 91999999MA00004966 --format graphml -o network.graphml",
            "xinmai export --format neo4j-import -o neo4j-files",
        ),
        reads=True,
    ),
)

SERVICE: tuple[Command, ...] = (
    Command(
        "serve",
        Words("启动本机网页与接口", "start the web page and API on this machine"),
        "service:serve",
        (
            Argument(("--host",), Words("监听地址", "address to listen on"), metavar="HOST", default="127.0.0.1"),
            Argument(
                ("--port",),
                Words("端口，0 为任选", "port, 0 for any"),
                metavar="PORT",
                kind=port,
                default=8710,
            ),
            Argument(
                ("--allow-host",),
                Words("允许的访问域名，可写多次", "a host name clients may use, may be repeated"),
                metavar="NAME",
                action="append",
            ),
            Argument(("--open",), Words("在浏览器中打开", "open the browser"), action="store_true"),
            ENGINE,
        ),
        Words(
            "启动时生成访问令牌，也可用 XINMAI_TOKEN 指定；监听本机以外的地址时必须指定。图快照在后台生成并随图更新，"
            "--engine cypher 关闭；--engine kernel 要求启动时已有当前快照。",
            "A token is made at start, or taken from XINMAI_TOKEN; to listen beyond this machine it must be. A "
            "snapshot of the graph is kept up in the background; --engine cypher switches that off, --engine kernel "
            "wants a current one at the start.",
        ),
        json=False,
    ),
    Command(
        "demo",
        Words("用虚构城市的样例数据走一遍", "a tour with the fictional sample city"),
        "demo:demo",
        (
            Argument(
                ("--into",),
                Words("样例所用目录，可随时删除", "directory of the demo, may be removed at any time"),
                metavar="DIR",
                default="out/demo",
            ),
        ),
        Words(
            "在单独的目录里进行，不触及您自己的数据。",
            "It runs in a directory of its own and does not touch your data.",
        ),
        stores=False,
    ),
)
