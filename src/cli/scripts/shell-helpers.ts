/**
 * Functions of POSIX sh that a script can have at its beginning; each may use those before it. Within `$(…)` bash goes on after what
 * fails, whatever `set -e` says: so `|| exit 1` after what must not.
 */
export const HELPERS = {
  die: String.raw`die() {
  printf '%s\n' "$0: $1" >&2
  exit 1
}`,

  file: String.raw`# file PATH WHAT: refuses a file that cannot be read
file() {
  { [ -r "$1" ] && [ ! -d "$1" ]; } || die "cannot read the file $1: it is the value of $2"
}`,

  ask: String.raw`# ask WHAT: reads a value from the terminal, without echo, into $answer: one line, or after an empty one all up to Ctrl-D
ask() {
  (: < /dev/tty) 2> /dev/null || die "there is no terminal to ask for the value of $1"
  terminal=$(stty -g < /dev/tty)
  trap 'stty "$terminal" < /dev/tty; exit 1' HUP INT TERM
  stty -echo < /dev/tty
  printf 'value of %s (for several lines press Enter first): ' "$1" > /dev/tty
  rest=
  if IFS= read -r answer < /dev/tty && [ -z "$answer" ]; then
    printf '\nall its lines, then Ctrl-D: ' > /dev/tty
    answer=$(cat < /dev/tty; printf .)
    answer=${'${answer%.}'}
  else
    # Lines that were pasted after the first would be taken for the next value, and the last of them for commands.
    stty -icanon min 0 time 1 < /dev/tty
    while [ -n "$(dd bs=4096 count=1 < /dev/tty 2> /dev/null | LC_ALL=C tr -d '\000' | LC_ALL=C tr '\001-\377' x)" ]; do rest=1; done
  fi
  stty "$terminal" < /dev/tty
  trap - HUP INT TERM
  printf '\n' > /dev/tty
  [ -z "$rest" ] || die "more than one line was given for $1: press Enter first, and Ctrl-D at the end"
  [ -n "$answer" ] || die "no value was given for $1"
  printf '%s\n' "$answer" | LC_ALL=C awk 'length >= 4095 { exit 1 }' || die "a terminal cuts lines of 4095 bytes: put the value of $1 into a file"
}`,

  without_newline: String.raw`# without_newline PATH: the bytes of a file without one newline at its end
without_newline() {
  size=$(($(wc -c < "$1")))
  case $(tail -c 2 < "$1" | od -An -tx1 | tr -d ' \n') in
    0d0a) size=$((size - 2)) ;;
    *0a) size=$((size - 1)) ;;
  esac
  [ "$size" -le 0 ] || dd bs="$size" count=1 < "$1" 2> /dev/null
}`,

  env_file: String.raw`# env_file PATH KEY: the value of a key in an env file, read as kubectl reads it
env_file() {
  mark=$(printf '\357\273\277')
  return=$(printf '\r')
  while IFS= read -r line || [ -n "$line" ]; do
    line=${'${line#"$mark"}'}
    line=${'${line%"$return"}'}
    line=${'${line#"${line%%[![:space:]]*}"}'}
    case $line in
      "$2="*)
        printf %s "${'${line#*=}'}"
        return 0
        ;;
      "$2")
        printf %s "$2" | LC_ALL=C grep -q '^[A-Za-z_][A-Za-z0-9_]*$' || die "no shell has a variable $2, which $1 names"
        eval "[ -n \"\${$2+set}\" ]" || die "the variable $2, which $1 names, is not set"
        eval "printf %s \"\$$2\""
        return 0
        ;;
    esac
  done < "$1"
  die "the env file $1 has no key $2"
}`,

  env_file_variables: String.raw`# env_file_variables PATH: refuses an env file that names a variable which is not set; kubectl would take it for empty
env_file_variables() {
  LC_ALL=C sed -n 's/^[[:space:]]*\([A-Za-z_][A-Za-z0-9_]*\)[[:space:]]*$/\1/p' < "$1" | while read -r name; do
    eval "[ -n \"\${$name+set}\" ]" || die "the variable $name, which $1 names, is not set"
  done
}`,

  encode: String.raw`# encode: standard input in base64, on one line
encode() {
  base64 | tr -d '\r\n'
}`,

  json_text: String.raw`# json_text TEXT WHAT: a text in JSON, with its quotes
json_text() {
  case $1 in
    *[[:cntrl:]]*) die "$2 holds a control character" ;;
  esac
  printf '"%s"' "$(printf %s "$1" | LC_ALL=C sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/</\\u003c/g' -e 's/>/\\u003e/g' -e 's/&/\\u0026/g')"
}`,

  registry: String.raw`# registry USERNAME PASSWORD EMAIL WHAT: what a docker config holds for one registry; EMAIL is JSON, or nothing
registry() {
  username=$(json_text "$1" "the user name of $4") || exit 1
  password=$(json_text "$2" "the password of $4") || exit 1
  printf '{"username":%s,"password":%s,%s"auth":"%s"}' "$username" "$password" "$3" "$(printf %s "$1:$2" | encode)"
}`,

  tries: String.raw`# tries COMMAND…: runs it; where it fails, the rest is done all the same, and the script fails at its end
failed=0
tries() {
  "$@" || failed=1
}`,

  note: String.raw`# note TEXT: what whoever runs this has to know
note() {
  printf '%s\n' "$0: $1" >&2
}`,

  swarm_versions: String.raw`# swarm_versions NAME: the secrets of the swarm that are NAME, or a later version of it: NAME-v2, NAME-v3, …
swarm_versions() {
  all=$(docker secret ls --format '{{.Name}}') || exit 1
  printf '%s\n' "$all" | while IFS= read -r found; do
    case $found in
      "$1") printf '%s\n' "$found" ;;
      "$1"-v*)
        case ${'${found#"$1"-v}'} in
          '' | *[!0-9]*) ;;
          *) printf '%s\n' "$found" ;;
        esac
        ;;
    esac
  done
}`,

  swarm_next: String.raw`# swarm_next NAME: the name of its next version
swarm_next() {
  latest=1
  versions=$(swarm_versions "$1") || exit 1
  for found in $versions; do
    number=${'${found#"$1"}'}
    number=${'${number#-v}'}
    [ "${'${number:-1}'}" -le "$latest" ] || latest=$number
  done
  printf '%s' "$1-v$((latest + 1))"
}`,

  swarm_replace: String.raw`# swarm_replace NAME NEW: gives NEW to every service that has a version of NAME, at the same place
swarm_replace() {
  versions=$(swarm_versions "$1") || exit 1
  services=$(docker service ls --format '{{.Name}}') || exit 1
  for service in $services; do
    docker service inspect --format '{{range .Spec.TaskTemplate.ContainerSpec.Secrets}}{{.SecretName}} {{.File.UID}} {{.File.GID}} {{printf "%o" .File.Mode}} {{.File.Name}}{{"\n"}}{{end}}' "$service" |
      while read -r old uid gid mode target; do
        printf '%s\n' "$versions" | grep -qxF -e "$old" || continue
        [ "$old" != "$2" ] || continue
        docker service update --secret-rm "$old" --secret-add "source=$2,target=$target,uid=$uid,gid=$gid,mode=0$mode" "$service" < /dev/null
      done
  done
}`,
} as const;

/** The name of a helper. */
export type Helper = keyof typeof HELPERS;
