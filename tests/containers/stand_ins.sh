#!/usr/bin/env bash
# Images under the names that the Dockerfile and compose ask for, made of Debian's own packages:
# for a machine that reaches Debian's archive and PyPI, but no hub. Needs podman, debootstrap, root.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

there() { podman image exists "$1"; }

if ! there localhost/debian:bookworm-slim; then
  debootstrap --variant=minbase bookworm "$work/root" >/dev/null
  tar -C "$work/root" -c . | podman import - localhost/debian:bookworm-slim
fi

# How this machine reaches its package archives goes along, where it says anything of its own.
mkdir -p "$work/here/certificates" "$work/here/apt"
cp /etc/ssl/certs/ca-certificates.crt "$work/here/certificates/" 2>/dev/null || true
cp -r /etc/apt/sources.list* "$work/here/apt/" 2>/dev/null || true
{ pip config get global.index-url 2>/dev/null || true; } >"$work/here/index"

make() { # a name, on what it stands if not on Debian, and the lines of a Dockerfile after FROM
  there "$1" && return
  { echo "FROM ${2:-localhost/debian:bookworm-slim}"
    echo "ENV DEBIAN_FRONTEND=noninteractive"
    cat; } >"$work/Dockerfile"
  podman build --quiet --network host --format docker -t "$1" -f "$work/Dockerfile" "$work/here"
}

make docker.io/library/python:3.11-slim-bookworm <<'D'
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends ca-certificates python3 python3-venv \
 && ln -s /usr/bin/python3 /usr/local/bin/python
COPY certificates/ /etc/ssl/certs/
COPY index /etc/pip-index
RUN [ ! -s /etc/pip-index ] || printf '[global]\nindex-url = %s\n' "$(cat /etc/pip-index)" >/etc/pip.conf
ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
D

make docker.io/library/nginx:1.28-bookworm <<'D'
RUN groupadd -g 101 nginx && useradd -u 101 -g 101 -M nginx \
 && apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light curl
D

cat >"$work/here/postgres.sh" <<'S'
#!/bin/sh
# What the real image's entrypoint does, as far as compose asks for it.
set -eu
export PATH=$(echo /usr/lib/postgresql/*/bin):$PATH PGDATA=/var/lib/postgresql/data
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb -E UTF8 --locale=C.UTF-8 -U "$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" --auth=scram-sha-256 --auth-local=trust >/dev/null
  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
  pg_ctl -w start -o "-c listen_addresses=" >/dev/null
  createdb -U "$POSTGRES_USER" -h /var/run/postgresql "$POSTGRES_DB" 2>/dev/null || true
  pg_ctl -w stop >/dev/null
fi
exec "$@" -c listen_addresses='*'
S
make docker.io/library/postgres:18 <<'D'
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql postgresql-contrib \
 && rm -rf /var/lib/postgresql/* && chown postgres /var/lib/postgresql && ln -s /usr/lib/postgresql/*/bin/* /usr/local/bin/ || true
COPY --chmod=755 postgres.sh /entrypoint.sh
USER postgres
ENTRYPOINT ["/entrypoint.sh"]
CMD ["postgres"]
D

make docker.io/library/redis:8-bookworm <<'D'
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends redis-server
D

# An S3 that is nobody's: the one of the tests.
make docker.io/motoserver/moto:5.2.5 docker.io/library/python:3.11-slim-bookworm <<'D'
RUN python -m venv /moto && /moto/bin/pip install --quiet 'moto[s3]==5.2.5' flask flask-cors
ENTRYPOINT ["/moto/bin/moto_server", "-H", "0.0.0.0"]
D
