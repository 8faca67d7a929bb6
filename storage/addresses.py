"""Database addresses: what users write, brought into the one shape that the driver takes, and shown without secrets."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from storage.errors import ConfigurationError

SCHEMES = ("postgresql", "postgres")


def normalise_address(url: str) -> str:
    """Bring a PostgreSQL URL into the form ``postgresql://...``.

    Accepts ``postgres://``, ``postgresql://`` and ``postgresql+driver://``; the query (``?host=/socket/directory``,
    ``sslmode=require``) stays.

    Raises:
        ConfigurationError: it is not the URL of a PostgreSQL database.
    """
    scheme, separator, rest = url.strip().partition("://")
    if not separator or scheme.partition("+")[0] not in SCHEMES:
        raise ConfigurationError(
            "DATABASE_URL has to look like postgresql://user:password@host:5432/database, "
            "or postgresql://user@/database?host=/socket/directory."
        )
    address = f"postgresql://{rest}"
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise ConfigurationError(f"DATABASE_URL cannot be read: {error}.") from error
    return address


def user_of(address: str) -> str | None:
    """Name the role that an address connects as, where it says so."""
    parts = urlsplit(address)
    if parts.username:
        return unquote(parts.username)
    return dict(parse_qsl(parts.query)).get("user")


def with_database(address: str, database: str) -> str:
    """Point an address at another database of the same server."""
    parts = urlsplit(address)
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if k not in ("dbname", "database")], safe="/")
    return f"postgresql://{parts.netloc}/{quote(database, safe='')}" + (f"?{query}" if query else "")


def socket_address(directory: str, database: str, user: str) -> str:
    """Make the address of a server that listens on a socket in ``directory``."""
    return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?host={quote(directory, safe='/')}"


def password_of(address: str) -> str | None:
    """Tell the password in an address, in its netloc or its query, so that it can be kept out of the log."""
    parts = urlsplit(address)
    return unquote(parts.password) if parts.password else dict(parse_qsl(parts.query)).get("password")


def shown(address: str) -> str:
    """Make an address fit for a message: no password, no query but the host."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    host = parts.hostname or query.get("host") or "localhost"
    port = f":{parts.port}" if parts.port else ""
    return f"{host}{port}{parts.path or '/'}"


def without_password(address: str) -> str:
    """Give an address that may be seen by others: the password has to come some other way."""
    parts = urlsplit(address)
    user, at, place = parts.netloc.rpartition("@")
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if k != "password"], safe="/")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}{at}{place}", query=query))
