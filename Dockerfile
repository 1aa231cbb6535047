# The service in production, beside Neo4j (compose.yaml). A glibc image: the embedded store's Java is built for it.
FROM python:3.12.8-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/xinmai
COPY requirements.lock ./
RUN /opt/xinmai/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY graph graph
COPY loaders loaders
COPY queries queries
COPY viz viz
COPY api api
COPY examples examples
RUN /opt/xinmai/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .

FROM python:3.12.8-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin xinmai \
    && install -d -o xinmai -g xinmai -m 0700 /data
COPY --from=build /opt/xinmai /opt/xinmai
COPY --chmod=0755 scripts/container-start.sh /usr/local/bin/container-start
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
ENV XDG_CACHE_HOME=/data/cache PATH=/opt/xinmai/bin:$PATH PYTHONUNBUFFERED=1 PYTHONUTF8=1 XINMAI_DB=/data/xinmai-data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8710
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8710/readyz', timeout=4)"]
ENTRYPOINT ["container-start"]
# Inside its container only; compose.yaml publishes it on the host's loopback.
CMD ["serve", "--host", "0.0.0.0", "--port", "8710"]
