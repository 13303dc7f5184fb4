FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /source
COPY .ci/runtime.txt .ci/
RUN python -m venv /opt/vobiz-mcp \
    && /opt/vobiz-mcp/bin/pip install --no-cache-dir --require-hashes --no-deps -r .ci/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY vobiz_mcp vobiz_mcp
COPY toolkit toolkit
RUN /opt/vobiz-mcp/bin/pip install --no-cache-dir --no-deps . \
    && /opt/vobiz-mcp/bin/pip uninstall --yes pip

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Vobiz calls" \
    org.opencontainers.image.description="Phone calls and AI agent calls, condensed for a model: what was said, done and went wrong." \
    org.opencontainers.image.version="0.1.0" \
    org.opencontainers.image.source="https://github.com/OWNER/vobiz-mcp" \
    org.opencontainers.image.licenses="MIT" \
    io.modelcontextprotocol.server.name="io.github.OWNER/vobiz-mcp"
COPY --from=build /opt/vobiz-mcp /opt/vobiz-mcp
# Nothing is ever written: the root may be read-only, and the working folder holds no .env of anybody's.
ENV PATH=/opt/vobiz-mcp/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /srv
USER 10001:10001
EXPOSE 8000
# On stdio, which is what it speaks without `serve --http`, there is nothing to ask.
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD ["python", "-c", "import sys, urllib.request as http; sys.exit('--http' in open('/proc/1/cmdline').read() and http.urlopen('http://127.0.0.1:8000/health', timeout=2).status != 200)"]
ENTRYPOINT ["vobiz-mcp"]
