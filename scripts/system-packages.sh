#!/bin/sh
# What the tests need and no Python package brings: Chromium, a Chinese font, a JDK >= 17 and Maven (for Neo4j).
# On Debian and Ubuntu as root: installs what is missing. Elsewhere: says what is missing, and fails only under CI.
set -eu

has_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh family)" ]; }
has_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
# macOS has a /usr/bin/java that only says there is none.
has_jdk() { [ -x "${JAVA_HOME:-/nowhere}/bin/javac" ] || javac -version >/dev/null 2>&1; }

missing() {
    has_chromium || printf ' chromium'
    has_font || printf ' fonts-noto-cjk'
    has_jdk || printf ' default-jdk-headless'
    command -v mvn >/dev/null 2>&1 || printf ' maven'
}

wanted=$(missing)
[ -n "$wanted" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "apt-get install$wanted" >&2
    apt-get update -qq
    # shellcheck disable=SC2086  # a list of words
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted fontconfig >/dev/null
    wanted=$(missing)
fi
if [ -n "$wanted" ]; then
    echo "缺少：$wanted。需要它们的测试将被跳过；请用系统的软件包管理器安装（Debian/Ubuntu 名称如上）。" >&2
    echo "Missing:$wanted. Tests that need them are skipped; install them with the system's package manager." >&2
    [ "${CI:-}" = "" ] || exit 1
fi
