#!/bin/sh
# tools/collect-organization against a stub of the aws command that answers from testdata/aws-output.
#
# Usage: collect_organization_test.sh SCRIPT TESTDATA [SHELL]

set -eu

script=$1
answers=$2
shell=${3:-sh}
export answers

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

failures=0
check() { # check DESCRIPTION COMMAND...
  description=$1
  shift
  if "$@"; then
    echo "ok: $description"
  else
    echo "FAILED: $description"
    failures=$((failures + 1))
  fi
}

# The stub refuses every call that is not in the samples, and what FAIL_ON names.
mkdir "$scratch/bin"
cat > "$scratch/bin/aws" << 'STUB'
#!/bin/sh
set -eu
[ "$1" = organizations ]
operation=$2
shift 2
echo "$operation $*" >> "$LOG"
id=
while [ $# -gt 0 ]; do
  case $1 in
    --parent-id | --target-id | --policy-id) id=$2 ;;
    --filter) [ "$2" = SERVICE_CONTROL_POLICY ] ;;
    --output) [ "$2" = json ] ;;
    --profile | --region) ;;
    *)
      echo "stub: unexpected $1" >&2
      exit 1
      ;;
  esac
  shift 2
done
if [ "$operation/$id" = "${FAIL_ON:-}" ]; then
  printf '{"Policies": ['
  echo "An error occurred (AccessDeniedException) when calling the operation" >&2
  exit 254
fi
[ "$operation/$id" != "${SILENT_ON:-}" ] || exit 0
[ "$operation" != list-policies ] || id=SERVICE_CONTROL_POLICY
cat "$answers/$operation${id:+/$id}.json"
STUB
chmod +x "$scratch/bin/aws"
PATH=$scratch/bin:$PATH
LOG=$scratch/log
export PATH LOG

collect() { # collect ARGUMENT...: the exit code is in $code, the output in $scratch/out and $scratch/err
  code=0
  : > "$LOG"
  "$shell" "$script" "$@" > "$scratch/out" 2> "$scratch/err" || code=$?
}
says() { grep -qF -- "$1" "$scratch/err"; }
left_nothing() { [ "$(ls -A "$scratch/place")" = "${1:-}" ]; }
mkdir "$scratch/place"

collect "$scratch/place/new"
check "collects" [ "$code" = 0 ]
check "the tree is the sample's" diff -r "$answers" "$scratch/place/new"
check "nothing else is left" left_nothing new
check "counts the calls" grep -q "^collect-organization: 24 calls made" "$scratch/out"
check "made that many" [ "$(grep -c . "$LOG")" = 24 ]
check "makes only reading calls" [ -z "$(grep -v -E '^(list|describe)-' "$LOG")" ]
check "names the next command" grep -qF "scpcheck tree --org $scratch/place/new" "$scratch/out"
check "keeps others out" [ "$(stat -c %a "$scratch/place/new")" = 700 ]
rm -r "$scratch/place/new"

mkdir "$scratch/place/empty"
collect --profile lab --region eu-north-1 "$scratch/place/empty/"
check "takes an empty directory" diff -r "$answers" "$scratch/place/empty"
check "passes the options on" [ "$(grep -c -- '--profile lab --region eu-north-1' "$LOG")" = 24 ]
rm -r "$scratch/place/empty"

FAIL_ON=list-policies-for-target/700000000003
export FAIL_ON
collect "$scratch/place/new"
check "a failed call fails" [ "$code" = 1 ]
check "says which" says "aws organizations list-policies-for-target failed"
check "shows what AWS said" says "AccessDeniedException"
check "leaves nothing" left_nothing
FAIL_ON=list-organizational-units-for-parent/ou-k3m9-fieldwork
collect "$scratch/place/new"
check "a failed call inside the tree fails" [ "$code" = 1 ]
check "leaves nothing of the tree" left_nothing
unset FAIL_ON

SILENT_ON=list-roots/
export SILENT_ON
collect "$scratch/place/new"
check "an empty answer fails" [ "$code" = 1 ]
check "says so" says "list-roots gave no answer"
check "leaves nothing of it" left_nothing
unset SILENT_ON

mkdir "$scratch/place/used"
: > "$scratch/place/used/file"
collect "$scratch/place/used"
check "a directory in use is refused" [ "$code" = 1 ]
check "says why" says "is not empty"
check "makes no call" [ ! -s "$LOG" ]
check "leaves it alone" [ "$(ls -A "$scratch/place/used")" = file ]
collect "$scratch/place/used/file"
check "a file is refused" [ "$code" = 1 ]

collect
check "needs a directory" [ "$code" = 2 ]
collect --profile
check "an option needs its value" [ "$code" = 2 ]
collect --verbose "$scratch/place/new"
check "an unknown option is refused" [ "$code" = 2 ]
collect --help
check "has help" grep -q "^usage: collect-organization" "$scratch/out"

[ "$failures" = 0 ]
