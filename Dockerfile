# Three stages: `build` has the tools, `portal` runs the site, `proxy` stands before it.

FROM docker.io/library/python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python3 -m venv /venv
COPY requirements/base.txt requirements/base.txt
RUN /venv/bin/pip install --quiet --require-hashes -r requirements/base.txt \
 && /venv/bin/pip uninstall --quiet --yes pip setuptools
COPY . .
# What a settings file asks for; nothing of it stays in the image.
RUN SECRET_KEY=build FIELD_KEYS=YnVpbGRzIG9ubHksIG5ldmVyIGluIHByb2R1Y3Rpb24= ALLOWED_HOSTS=- BASE_URL=http://- \
    DATABASE_URL=sqlite:// /venv/bin/python manage.py collectstatic --noinput -v0 \
 && /venv/bin/python -m compileall -q /app /venv \
 && sed '/^{#.*#}$/d' templates/503.html >/503.html  # without Django's comment it is plain HTML

FROM docker.io/library/nginx:1.28-bookworm AS proxy
COPY --from=build /app/collected /srv/static
COPY --from=build /503.html /srv/pages/503.html
COPY deploy/nginx /etc/portal
RUN install -d -m 1777 /bodies  # as Docker mounts memory over it: with these rights, and for root
USER nginx
EXPOSE 8080 8443
CMD ["/bin/sh", "/etc/portal/start.sh"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 \
  CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/healthz/proxy"]

FROM docker.io/library/python:3.11-slim-bookworm AS portal
# The image's own pip goes too: nothing is installed any more.
RUN useradd --system --uid 10001 --no-create-home portal \
 && install -d -o portal -g portal /srv/media /srv/backups \
 && rm -rf /usr/local/bin/pip* /usr/local/lib/python3*/site-packages/pip* /usr/local/lib/python3*/ensurepip
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MEDIA_ROOT=/srv/media
USER portal
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "crcl_portal.wsgi"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz/live', timeout=4)"]
