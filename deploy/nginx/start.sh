#!/bin/sh
# With a certificate mounted: TLS. Without one: plain, for a machine of one's own.
set -eu
if [ -f /etc/portal/tls/certificate.pem ]; then scheme=tls; else scheme=plain; fi
ln -sf "/etc/portal/$scheme.conf" /tmp/server.conf
mkdir -p /tmp/cache
case ${HTTPS_PORT:-443} in 443) port='' ;; *) port=:$HTTPS_PORT ;; esac  # as visitors reach it
echo "set \$port '$port';" >/tmp/port.conf
echo "resolver $(awk '/^nameserver/ {print $2; exit}' /etc/resolv.conf) valid=5s ipv6=off;" >/tmp/resolver.conf
exec nginx -c /etc/portal/nginx.conf -e /dev/stderr -g 'daemon off;'
