# What the checks of the built program share. To be sourced; sets BIN and a folder WORK that goes when the check ends.
# Every check dies with a message at the first thing that is not as it must be.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
BIN=$PWD/${WHENCE_BIN:-.ci/out/whence}
ROOT=$PWD
[[ ${WHENCE_BIN:-} = /* ]] && BIN=$WHENCE_BIN
[ -x "$BIN" ] || { echo "no program at $BIN: run .ci/run build first" >&2; exit 2; }
WORK=$(mktemp -d)
at_end() { :; }
trap 'at_end; rm -rf "$WORK"' EXIT

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# run CODE COMMAND... runs a command that must end with this code, and at all: after half an hour it is ended with 137.
# What it prints is in $WORK/stdout and $WORK/stderr.
run() {
  local want=$1 got=0
  shift
  timeout -s KILL 1800 "$@" >"$WORK/stdout" 2>"$WORK/stderr" || got=$?
  [ "$got" -eq "$want" ] || fail "exit code $got, want $want: $*
$(head -c 2000 "$WORK/stdout" "$WORK/stderr")"
}

# says FILE TEXT: the last command printed TEXT there (stdout or stderr), as an extended regular expression.
says() { grep -qE -- "$2" "$WORK/$1" || fail "$1 does not say “$2”: $(head -c 2000 "$WORK/$1")"; }

# sound STORE: the store opens and holds what it says.
sound() {
  run 0 "$BIN" --store "$1" verify
  says stdout 'holds what it says'
}

# documents STORE prints how many documents a store holds.
documents() { "$BIN" --store "$1" export nquads | grep -c ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:whence:ns:Document> '; }

# since MOMENT prints the seconds since a moment, as $EPOCHREALTIME told it.
since() { awk "BEGIN { printf \"%.2f\\n\", $EPOCHREALTIME - $1 }"; }

# within LIMIT SECONDS WHAT tells how long it took beside what is expected. Times are measured and told, never a failure:
# the machine may be busy. What hangs is ended by run.
within() { echo "$3: $2 s (expected: at most $1)"; }
