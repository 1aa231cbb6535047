#!/bin/sh
# Entry point of the container: reads secrets from files, never from the command line.
set -eu
first_line() {
    [ -r "$1" ] || { echo "无法读取密钥文件 $1（容器用户 $(id -u)）。 Cannot read the secret file." >&2; exit 2; }
    head -n 1 "$1"
}
if [ -n "${XINMAI_DB_AUTH_FILE:-}" ]; then
    auth=$(first_line "$XINMAI_DB_AUTH_FILE") || exit 2  # user/password, as Neo4j's own image takes it
    export XINMAI_DB_USER="${auth%%/*}" XINMAI_DB_PASSWORD="${auth#*/}"
fi
if [ -n "${XINMAI_TOKEN_FILE:-}" ]; then
    XINMAI_TOKEN=$(first_line "$XINMAI_TOKEN_FILE") || exit 2
    export XINMAI_TOKEN
fi
exec xinmai "$@"
