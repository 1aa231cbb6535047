#!/bin/sh
# Installs dist/xinmai-*-offline.tar with the network cut (a network namespace of its own, loopback only), and uses it.
#   scripts/try-bundle.sh [COMMAND of xinmai, default: demo]
# Exit 77 where the kernel gives no namespace (some containers): then nothing was tried.
set -eu
cd "$(dirname "$0")/.."
archive=$(ls -t "$PWD"/dist/xinmai-*-offline.tar | head -1)
[ "$(id -u)" = 0 ] && cut="unshare --net" || cut="unshare --map-root-user --net"
if ! $cut true 2>/dev/null; then
    echo "no network namespace here: the offline install was not tried" >&2
    exit 77
fi
room=$(mktemp -d)
trap 'rm -rf "$room" 2>/dev/null || { sleep 5; rm -rf "$room"; }' EXIT
export XINMAI_LINGER=0.5  # the embedded store ends soon after its last user, before its folder goes
tar xf "$archive" -C "$room"

$cut sh -eu -c '
python3 - <<"UP"
import fcntl, socket, struct
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:  # "ip link set lo up", without needing ip
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh22x", b"lo", 0x1))
with open("/proc/net/route") as routes:
    assert len(routes.readlines()) <= 1, "the network is not cut: there is a route out"
UP
cd "$1"
shift
time ./xinmai-*-offline/install.sh here
./here/bin/xinmai "$@"
' sh "$room" "${@:-demo}"
