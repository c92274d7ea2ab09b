# The portal as an image: one for web, worker and beat. Fonts and static files are inside; it runs as an
# ordinary user and writes only to /data.
FROM python:3.11-slim-bookworm AS build
WORKDIR /srv
RUN python -m venv .venv
COPY requirements.txt ./
RUN .venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt
COPY . .
# Collected with the settings of a demo in a throw-away directory: no secret enters the image. The code belongs to
# root and is read by the user below, whatever the permissions of the checkout.
RUN PAMSIMAS_DATA_DIR=/tmp/build .venv/bin/python manage.py prepare --static \
    && rm -rf /tmp/build \
    && chmod -R a+rX,go-w /srv

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client openssl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin --home-dir /data portal \
    && install -d -o portal -g portal -m 700 /data
COPY --from=build /srv /srv
WORKDIR /srv
ENV PATH=/srv/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PAMSIMAS_DATA_DIR=/data
USER portal
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "pamsimas.tooling.container", "web"]
