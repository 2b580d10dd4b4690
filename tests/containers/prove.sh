#!/usr/bin/env bash
# Brings the compose file up with podman, asks what an operator would, and takes all of it down.
# Needs root, podman, runc, iptables, netavark, aardvark-dns, docker-compose, bc, curl, openssl. `stand_ins.sh` first, where no hub is in reach.
#
# What it cannot show: the real upstream images and BuildKit. On a machine without systemd podman
# never runs a health check by itself: a loop here does, and the order of the start waits for it.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=$(realpath -s "${PYTHON:-.venv/bin/python}")
work=$(mktemp -d)
cleanup=()
finish() {
  for ((i = ${#cleanup[@]} - 1; i >= 0; i--)); do eval "${cleanup[i]}" >/dev/null 2>&1 || true; done
  rm -rf "$work"
}
trap finish EXIT
begun=$(date +%s.%N)
say() { printf '%6.1f s  %s\n' "$(echo "$(date +%s.%N) - $begun" | bc -l)" "$*"; }
fail() { say "FAILED $*"; exit 1; }
expect() { # what, wanted, got
  [ "$2" = "$3" ] || fail "$1: wanted $2, got $3"
  say "$1: $3"
}
http_port=${HTTP_PORT:-8080} https_port=${HTTPS_PORT:-8443}
site=http://127.0.0.1:$http_port
status() { curl -s -o "$work/answer" -w '%{http_code}' --max-time 20 "$@"; }

# A copy, so that nobody's secrets are touched.
chmod 755 "$work"
mkdir "$work/portal"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$work/portal"
cd "$work/portal"
"$python" deploy/new_secrets.py secrets

socket=$work/podman.sock
podman system service --time=0 "unix://$socket" & service=$!
cleanup+=("kill $service")
export DOCKER_HOST=unix://$socket DOCKER_BUILDKIT=0 COMPOSE_PROJECT_NAME=crcl-prove
export COMPOSE_FILE=docker-compose.yml:tests/containers/podman.yml
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

until_200() { for _ in $(seq 60); do [ "$(status "$@")" = 200 ] && break; sleep 1; done; }
bring_up() { # an address, and how curl asks it
  compose up -d --no-build --scale web=3 --scale clock=2 >"$work/up.log" 2>&1 || { cat "$work/up.log"; compose logs --tail 40; exit 1; }
  say "compose is up"
  until_200 "$@"
}
of() { podman ps -q --filter "label=com.docker.compose.service=$1"; }
in_web() { podman exec "$(of web | head -1)" "$@"; }
in_database() { podman exec "$(of database)" "$@"; }
operator() { compose run --rm -T operator python manage.py "$@"; }
interests() { in_web python manage.py shell -v0 -c 'from contact.models import Interest; print(Interest.objects.count())'; }
person() { "$python" tests/containers/person.py "$site" "$1"; }

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

expect "runs as" 10001 "$(in_web id -u)"
in_web sh -c 'touch /app/x 2>/dev/null' && fail "the root file system can be written"
say "the root file system cannot be written"
expect "build tools in the image" "" "$(in_web sh -c 'command -v gcc make pip pip3 || true')"
in_web env >"$work/environment"
for name in secret_key field_keys database_password; do
  ! grep -qFe "$(cat "secrets/$name")" "$work/environment" || fail "$name is in the environment"
done
say "no secret is in the environment"
in_web ls /run/secrets /srv/backups | grep -E 'backup_key|age$' && fail "what visitors reach can read backups"
say "backups, and their key, are not where visitors' requests are answered"
podman exec "$(of proxy)" sh -c 'getent hosts database' && fail "the proxy can reach the database"
say "the proxy cannot reach the database"

head -c 900000 /dev/zero >"$work/upload"
expect "an upload reaches the portal, which asks who it is" 403 "$(status --data-binary @"$work/upload" "$site/admin/images/add/")"

# A person writes, through the proxy.
person 1
expect "expressions of interest that are kept" 1 "$(interests)"

operator backup --keep 14
operator drill_restore
expect "ready after the drill" 200 "$(status "$site/healthz/ready")"
cat "$work/answer"; echo

# The restore of docs/operations.md: what came after the backup is not there any more.
person 1
expect "and one more since the backup" 2 "$(interests)"
backup=$(compose run --rm -T operator sh -c 'ls /srv/backups/*.age' | tr -d '\r')
stopping=$SECONDS
compose stop proxy web clock worker >/dev/null 2>&1
[ $((SECONDS - stopping)) -lt 30 ] || fail "what is told to stop does not: $((SECONDS - stopping)) s"
say "what is told to stop has stopped after $((SECONDS - stopping)) s"
in_database dropdb -U portal --force portal
in_database createdb -U portal portal
operator restore "$backup"
bring_up "$site/healthz/ready"
expect "ready after the restore" 200 "$(status "$site/healthz/ready")"
expect "kept, as it was when it was saved" 1 "$(interests)"

podman restart -t 40 "$(of web | head -1)" >/dev/null 2>&1 || say "podman restart: $?"
until_200 "$site/"
expect "after a restart" 200 "$(status "$site/")"

# Three webs and two clocks under load; one of each is killed, and nothing that was sent is lost.
before=$(interests)
for _ in 1 2 3 4; do person 9 & senders="${senders:-} $!"; done
sleep 2
podman kill "$(of web | tail -1)" "$(of clock | tail -1)" >/dev/null
for each in $senders; do wait "$each"; done
after=$(interests)
expect "36 people wrote while one web and one clock were killed; kept" 36 $((after - before))
podman kill $(of web) >/dev/null
expect "where no web is left, the proxy says so" 503 "$(status "$site/")"
grep -q "1-866-644-8360" "$work/answer" && say "with whom to call"
compose logs --no-color database >"$work/database.log" 2>&1
! grep -q 'STATEMENT:' "$work/database.log" || fail "the database logs statements"
compose logs --no-color web clock worker proxy >"$work/logs" 2>&1
! grep -Eq 'q=jail|Ada Lovelace' "$work/logs" || fail "the logs say what somebody asked or wrote"
say "no log says what somebody asked or wrote"
compose ps

# In public: the same, with a certificate, counters in Redis and uploads in a bucket.
certify() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout "$work/tls/key.pem" -out "$work/tls/certificate.pem" 2>/dev/null
  chmod 644 "$work/tls/key.pem"  # nginx is nobody's root in there
}
mkdir "$work/tls"
certify
export HTTPS=True TLS_FOLDER="$work/tls" BASE_URL="https://localhost:$https_port"
export FILES_URL="s3://uploads/portal?endpoint_url=http://storage:5000&region_name=us-east-1"
write() { chmod u+w "secrets/$1"; cat >"secrets/$1"; }
write cache_url <<<"redis://:counted@cache:6379/0"
write aws_credentials <<<$'[default]\naws_access_key_id = for-tests\naws_secret_access_key = for-tests'
compose down --timeout 40 >/dev/null 2>&1  # what was written stays in its volumes
export COMPOSE_FILE=$COMPOSE_FILE:tests/containers/shared.yml
site=$BASE_URL
trusting=(--cacert "$work/tls/certificate.pem" --noproxy "*" -D "$work/headers")
export SSL_CERT_FILE=$work/tls/certificate.pem
bring_up "${trusting[@]}" "$site/healthz/live"
in_web python -c 'import boto3; boto3.client("s3", endpoint_url="http://storage:5000", region_name="us-east-1").create_bucket(Bucket="uploads")'
until_200 "${trusting[@]}" "$site/healthz/ready"
for path in /healthz/ready / /interest/ /search/?q=jail "$style"; do
  expect "GET $site$path" 200 "$(status "${trusting[@]}" "$site$path")"
done
status "${trusting[@]}" "$site/admin/login/" >/dev/null
grep -qi '^strict-transport-security: max-age=31536000' "$work/headers" || fail "no HSTS"
if grep -i '^set-cookie:' "$work/headers" | grep -qvi '; secure'; then fail "a cookie may leave without TLS"; fi
grep -qi '^set-cookie:.*; secure' "$work/headers" && say "HSTS; every cookie is Secure"
expect "without TLS" "301 $site/interest/?a=b" \
  "$(curl -s -o /dev/null -w '%{http_code} %{redirect_url}' -H 'Host: evil.example' "http://localhost:$http_port/interest/?a=b")"
expect "its monitor may ask without TLS" 200 "$(status "http://127.0.0.1:$http_port/healthz/ready")"
expect "a host that is not ours" 400 "$(status "${trusting[@]}" -H 'Host: evil.example' "$site/")"
expect "kept since all was taken down and brought up again" "$after" "$(interests)"

picture=$(in_web python manage.py shell -v0 -c "$(cat tests/containers/picture.py)")
for _ in 1 2 3 4 5 6; do
  expect "GET $picture" 200 "$(status "${trusting[@]}" "$site$picture")"
done
person 1
[ "$(podman exec "$(of cache)" redis-cli -a counted --no-auth-warning dbsize)" -gt 0 ] || fail "nothing is counted in Redis"
say "what is counted is in Redis"
podman kill "$(of cache)" >/dev/null
person 1
expect "two wrote, one of them without Redis; kept" 2 $(($(interests) - after))
expect "readiness" 503 "$(status "${trusting[@]}" "$site/healthz/ready")"
cat "$work/answer"; echo

shown() { openssl s_client -connect "127.0.0.1:$https_port" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint; }
old=$(shown)
certify
podman exec "$(of proxy)" nginx -c /etc/portal/nginx.conf -s reload 2>/dev/null
for _ in $(seq 20); do [ "$(shown)" = "$old" ] || break; sleep 0.5; done
[ "$(shown)" != "$old" ] || fail "the renewed certificate is not shown"
expect "with the renewed certificate" 200 "$(status "${trusting[@]}" "$site/")"
say "all of it held"
