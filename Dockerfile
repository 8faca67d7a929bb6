FROM python:3.11-slim AS build
WORKDIR /srv
COPY requirements/runtime.txt requirements/runtime.txt
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/repscribe --create-home repscribe
WORKDIR /srv
COPY --from=build /opt/venv /opt/venv
COPY alembic.ini ./
COPY training training
COPY parser parser
COPY storage storage
COPY migrations migrations
COPY bot bot
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 REPSCRIBE_HOME=/var/lib/repscribe PORT=8080
USER repscribe
EXPOSE 8080
# Long polling opens no port; the check then asks whether the database answers.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-m", "bot", "health"]
CMD ["python", "-m", "bot", "run"]
