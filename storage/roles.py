"""Who is a coach or an admin: said by whoever runs the bot, as the owner of the tables. The bot cannot."""

from __future__ import annotations

from storage.connecting import open_connection
from storage.errors import NotFoundError
from storage.models import UserRole


async def set_role(address: str, telegram_id: int, role: UserRole) -> None:
    """Give a user a role, in a transaction that works for that user as row-level security asks of the owner too.

    Raises:
        NotFoundError: nobody with this Telegram id has written to the bot.
    """
    connection = await open_connection(address)
    try:
        async with connection.transaction():
            await connection.execute("SELECT set_config('app.telegram_id', $1, true)", str(telegram_id))
            user_id = await connection.fetchval('SELECT id FROM "user" WHERE telegram_id = $1', telegram_id)
            if user_id is None:
                raise NotFoundError("user", telegram_id)
            await connection.execute("SELECT set_config('app.user_id', $1, true)", str(user_id))
            await connection.execute('UPDATE "user" SET role = $2::user_role_enum WHERE id = $1', user_id, role.value)
    finally:
        await connection.close()
