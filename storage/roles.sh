#!/bin/sh
# Run once by the PostgreSQL image, as its superuser: the two roles, and the database in the owner's hands.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 \
  --set owner_password="$OWNER_PASSWORD" --set bot_password="$BOT_PASSWORD" --set database="$POSTGRES_DB" <<'SQL'
CREATE ROLE repscribe_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE repscribe_bot LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'bot_password';
ALTER DATABASE :"database" OWNER TO repscribe_owner;
ALTER SCHEMA public OWNER TO repscribe_owner;
GRANT CONNECT ON DATABASE :"database" TO repscribe_bot;
SQL
