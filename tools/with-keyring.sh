#!/bin/sh
# Runs a command with a private session bus and a private Secret Service, unlocked unless --locked is given.
#   tools/with-keyring.sh [--locked] <command> [args…]
# The command finds ROLLCALL_KEYRING (unlocked or locked) and ROLLCALL_KEYRING_PID, the process of the keyring.
# Needs: dbus-daemon gnome-keyring libsecret-1-0 (Debian)
set -e

if [ -z "$ROLLCALL_KEYRING_DIR" ]; then
  mode=unlocked
  if [ "$1" = --locked ]; then mode=locked; shift; fi
  [ $# -gt 0 ] || { echo 'usage: tools/with-keyring.sh [--locked] <command> [args…]' >&2; exit 2; }
  for tool in dbus-run-session dbus-send gnome-keyring-daemon; do
    command -v $tool >/dev/null || { echo "$tool is missing: apt-get install libsecret-1-0 gnome-keyring dbus-daemon" >&2; exit 1; }
  done
  dir=$(mktemp -d)
  trap 'rm -rf "$dir"' EXIT
  trap 'exit 143' TERM
  trap 'exit 130' INT
  mkdir -m 700 "$dir/home" "$dir/run"
  # The environment must be set before the bus starts: services that it activates inherit it.
  # The command's stderr passes by on descriptor 3, so that the noise of the bus can be dropped.
  env -u DISPLAY -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS -u XDG_DATA_HOME -u XDG_CONFIG_HOME -u XDG_CACHE_HOME \
    ROLLCALL_REAL_HOME="$HOME" HOME="$dir/home" XDG_RUNTIME_DIR="$dir/run" \
    ROLLCALL_KEYRING_DIR="$dir" ROLLCALL_KEYRING=$mode \
    dbus-run-session -- "$0" "$@" 3>&2 2>"$dir/bus.err" && status=0 || status=$?
  [ $status = 127 ] && cat "$dir/bus.err" >&2
  exit $status
fi

answers() {
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
    string:org.freedesktop.secrets 2>/dev/null | grep -q "boolean $1"
}

await() {
  tries=0
  until answers "$1"; do
    tries=$((tries + 1))
    [ $tries -lt 200 ] || { echo "The keyring did not reach the state expected ($1)." >&3; exit 1; }
    sleep 0.05
  done
}

printf 'test-password' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 3>&- &
keyring=$!
await true

if [ "$ROLLCALL_KEYRING" = locked ]; then
  # Its collection is on the disk now: a daemon started without the password finds it locked.
  kill $keyring
  wait $keyring 2>/dev/null || true
  await false
  gnome-keyring-daemon --foreground --components=secrets </dev/null >/dev/null 2>&1 3>&- &
  keyring=$!
  await true
fi

export HOME="$ROLLCALL_REAL_HOME" ROLLCALL_KEYRING_PID=$keyring
unset ROLLCALL_KEYRING_DIR ROLLCALL_REAL_HOME
"$@" 2>&3 3>&- && status=0 || status=$?
# One that the command has stopped would not see its end.
kill $keyring 2>/dev/null && kill -CONT $keyring 2>/dev/null || true
exit $status
