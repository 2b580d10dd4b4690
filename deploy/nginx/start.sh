#!/bin/sh
# With a certificate mounted: TLS. Without one: plain, for a machine of one's own.
set -eu
if [ -f /etc/portal/tls/certificate.pem ]; then scheme=tls; else scheme=plain; fi
ln -sf "/etc/portal/$scheme.conf" /tmp/server.conf
mkdir -p /tmp/cache
exec nginx -c /etc/portal/nginx.conf -e /dev/stderr -g 'daemon off;'
