#!/bin/sh
# With a certificate mounted: TLS. Without one: plain, for a machine of one's own or behind a proxy that has one.
set -eu
fail() { echo "The proxy does not start: $1" >&2; exit 1; }
tls=/etc/portal/tls
if [ -r $tls/certificate.pem ] && [ -r $tls/key.pem ]; then scheme=tls; else scheme=plain; fi
if [ $scheme = plain ] && ls $tls 2>/dev/null | grep -qv '^README$'; then
  fail "TLS_FOLDER must have a certificate.pem and a key.pem that this user can read"
fi
ln -sf "/etc/portal/$scheme.conf" /tmp/server.conf
mkdir -p /tmp/cache

# Whoever comes without TLS is sent where visitors find the site, under whatever name they came.
base=${BASE_URL:-http://localhost:8080}
echo "$base" | grep -Eq '^https?://[A-Za-z0-9.-]+(:[0-9]+)?/?$' || fail "BASE_URL is no address: $base"
if [ $scheme = tls ]; then
  case $base in https:*) ;; *) fail "with a certificate, BASE_URL must begin with https://" ;; esac
  case ${HTTPS:-True} in # as Django reads it
    [FfNn0]* | [Oo][Ff]*) fail "with a certificate, HTTPS must be True: else cookies may leave without TLS" ;;
  esac
fi
echo "set \$base '${base%/}';" >/tmp/base.conf

# Proxies of yours before this one: addresses or networks, separated by commas.
{
  nets=$(echo "${TRUSTED_PROXIES:-}" | tr -d ' ' | tr ',' '\n' | grep -v '^$' || true)
  for net in $nets; do
    echo "$net" | grep -Eq '^[0-9A-Fa-f.:]+(/[0-9]+)?$' || fail "TRUSTED_PROXIES has no address in $net"
    echo "set_real_ip_from $net;"
  done
  echo "geo \$realip_remote_addr \$is_trusted {"
  echo "    default 0;"
  for net in $nets; do echo "    $net 1;"; done
  echo "}"
} >/tmp/trusted.conf

echo "resolver $(awk '/^nameserver/ {print $2; exit}' /etc/resolv.conf) valid=5s ipv6=off;" >/tmp/resolver.conf
exec nginx -c /etc/portal/nginx.conf -e /dev/stderr -g 'daemon off;'
