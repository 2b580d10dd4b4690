#!/usr/bin/env bash
# Brings the compose file up with podman, asks what an operator would, and takes all of it down.
# Needs root, podman, runc, iptables, netavark, aardvark-dns, docker-compose, bc and curl. `stand_ins.sh` first, where no hub is in reach.
#
# What it cannot show: the real upstream images and BuildKit. On a machine without systemd podman
# never runs a health check by itself: a loop here does, and the order of the start waits for it.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
cleanup=()
finish() {
  for ((i = ${#cleanup[@]} - 1; i >= 0; i--)); do eval "${cleanup[i]}" >/dev/null 2>&1 || true; done
  rm -rf "$work"
}
trap finish EXIT
say() { printf '%6.1f s  %s\n' "$(echo "$(date +%s.%N) - $begun" | bc -l 2>/dev/null || echo 0)" "$*"; }
begun=$(date +%s.%N)
site=http://127.0.0.1:${HTTP_PORT:-8080}
status() { curl -s -o "$work/answer" -w '%{http_code}' --max-time 20 "$@"; }
expect() { # what, wanted, got
  if [ "$2" = "$3" ]; then say "$1: $3"; else say "FAILED $1: wanted $2, got $3"; exit 1; fi
}

if [ ! -d secrets ]; then
  "${PYTHON:-.venv/bin/python}" deploy/new_secrets.py secrets
  cleanup+=("rm -rf secrets")
fi

socket=$work/podman.sock
podman system service --time=0 "unix://$socket" & service=$!
cleanup+=("kill $service")
export DOCKER_HOST=unix://$socket DOCKER_BUILDKIT=0 COMPOSE_PROJECT_NAME=crcl-prove
compose() { docker-compose "$@"; }
( while sleep 1; do for each in $(podman ps -q); do podman healthcheck run "$each" >/dev/null 2>&1 || true; done; done ) & checks=$!
cleanup+=("kill $checks" "compose down -v --timeout 5")
until [ -S "$socket" ]; do sleep 0.1; done

for target in portal proxy; do
  tag=crcl-portal; [ $target = portal ] || tag=crcl-portal-proxy
  podman rmi -f "localhost/$tag:latest" >/dev/null 2>&1 || true  # else compose takes that
  podman build --quiet --network host --format docker --target $target -t "docker.io/library/$tag:latest" . >/dev/null
  say "built $tag: $(podman image inspect "docker.io/library/$tag:latest" --format '{{.Size}}' | awk '{printf "%d MB", $1/1e6}')"
done

bring_up() { # an address, and how curl asks it
  compose up -d --no-build --scale web=3 --scale clock=2 >"$work/up.log" 2>&1 || { cat "$work/up.log"; compose logs --tail 40; exit 1; }
  say "compose is up"
  # shellcheck disable=SC2034
  for _ in $(seq 60); do [ "$(status "$@")" = 200 ] && break; sleep 1; done
}
bring_up "$site/healthz/ready"
expect "ready" 200 "$(status "$site/healthz/ready")"
cat "$work/answer"; echo
for path in / /programs/detention/ /ngo-committee/ /interest/ /search/?q=jail /sitemap.xml /robots.txt /admin/login/; do
  expect "GET $path" 200 "$(status "$site$path")"
done
status "$site/" >/dev/null
style=$(grep -o '/static/[^"]*\.css' "$work/answer" | head -1)
expect "GET $style" 200 "$(status "$site$style")"
curl -s -H 'Accept-Encoding: gzip' -D "$work/headers" -o /dev/null "$site$style"
grep -qi '^content-encoding: gzip' "$work/headers" && say "it comes compressed, from the proxy's own disk"

in_web() { podman exec "$(podman ps -q --filter label=com.docker.compose.service=web | head -1)" "$@"; }
interests() { in_web python manage.py shell -v0 -c 'from contact.models import Interest; print(Interest.objects.count())'; }
expect "runs as" 10001 "$(in_web id -u)"
in_web sh -c 'touch /app/x 2>/dev/null' && { say "FAILED the root file system can be written"; exit 1; }
say "the root file system cannot be written"
in_web sh -c 'command -v gcc make pip || true' >"$work/tools"
expect "build tools in the image" "" "$(grep -v /usr/bin/pip "$work/tools" || true)"
in_web env >"$work/environment"
for name in secret_key field_keys database_password; do
  ! grep -qF "$(cat "secrets/$name")" "$work/environment" || { say "FAILED $name is in the environment"; exit 1; }
done
say "no secret is in the environment"

# A person writes, through the proxy.
"${PYTHON:-.venv/bin/python}" tests/containers/person.py "$site" 1
say "an expression of interest is kept: $(interests)"

in_web python manage.py backup
in_web python manage.py drill_restore
expect "ready after the drill" 200 "$(status "$site/healthz/ready")"
cat "$work/answer"; echo

podman restart -t 40 "$(podman ps -q --filter label=com.docker.compose.service=web | head -1)" >/dev/null 2>&1 || say "podman restart: $?"
for _ in $(seq 30); do [ "$(status "$site/")" = 200 ] && break; sleep 1; done
expect "after a restart" 200 "$(status "$site/")"

# Three webs and two clocks under load; one of each is killed, and nothing that was sent is lost.
before=$(interests)
for _ in 1 2 3 4; do "${PYTHON:-.venv/bin/python}" tests/containers/person.py "$site" 9 & senders="${senders:-} $!"; done
sleep 2
podman kill "$(podman ps -q --filter label=com.docker.compose.service=web | tail -1)" >/dev/null
podman kill "$(podman ps -q --filter label=com.docker.compose.service=clock | tail -1)" >/dev/null
for each in $senders; do wait "$each"; done
after=$(interests)
expect "36 people wrote while one web and one clock were killed; kept" 36 $((after - before))
compose logs --no-color database >"$work/database.log" 2>&1
! grep -q 'STATEMENT:' "$work/database.log" || { say "FAILED the database logs statements"; exit 1; }
compose logs --no-color web clock worker proxy >"$work/logs" 2>&1
! grep -Eq 'q=jail|Ada Lovelace' "$work/logs" || { say "FAILED the logs say what somebody asked or wrote"; exit 1; }
say "no log says what somebody asked or wrote"
compose ps

# In public: the same, with a certificate.
mkdir "$work/tls"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
  -keyout "$work/tls/key.pem" -out "$work/tls/certificate.pem" 2>/dev/null
chmod 755 "$work" "$work/tls"; chmod 644 "$work/tls/key.pem"  # nginx is nobody's root in there
secure=https://localhost:${HTTPS_PORT:-8443}
export HTTPS=True TLS_FOLDER="$work/tls" BASE_URL="$secure" HTTPS_PORT="${HTTPS_PORT:-8443}"
compose down --timeout 40 >/dev/null 2>&1  # what was written stays in its volumes
trusting=(--cacert "$work/tls/certificate.pem" --noproxy "*" -D "$work/headers")
bring_up "${trusting[@]}" "$secure/healthz/ready"
for path in /healthz/ready / /interest/ /search/?q=jail "$style"; do
  expect "GET $secure$path" 200 "$(status "${trusting[@]}" "$secure$path")"
done
status "${trusting[@]}" "$secure/admin/login/" >/dev/null
grep -qi '^strict-transport-security: max-age=31536000' "$work/headers" || { say "FAILED no HSTS"; exit 1; }
if grep -i '^set-cookie:' "$work/headers" | grep -qvi '; secure'; then say "FAILED a cookie may leave without TLS"; exit 1; fi
grep -qi '^set-cookie:.*; secure' "$work/headers" && say "HSTS; every cookie is Secure"
expect "without TLS" "301 $secure/interest/?a=b" "$(curl -s -o /dev/null -w '%{http_code} %{redirect_url}' "http://localhost:${HTTP_PORT:-8080}/interest/?a=b")"
expect "its monitor may ask without TLS" 200 "$(status "$site/healthz/ready")"
expect "a host that is not ours" 400 "$(status "${trusting[@]}" -H 'Host: evil.example' "$secure/")"
kept=$(interests)
expect "kept since all was taken down and brought up again" "$after" "$kept"
say "all of it held"
