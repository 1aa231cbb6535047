#!/bin/sh
# Entry point of the container: reads the database password from a secret file, never from the command line.
set -eu
secret=${XINMAI_DB_AUTH_FILE:-}
if [ -n "$secret" ]; then
    [ -r "$secret" ] || { echo "无法读取密钥文件 $secret（容器用户 $(id -u)）。 Cannot read the secret file." >&2; exit 2; }
    auth=$(head -n 1 "$secret")  # user/password, as Neo4j's own image takes it
    export XINMAI_DB_USER="${auth%%/*}" XINMAI_DB_PASSWORD="${auth#*/}"
fi
exec xinmai "$@"
