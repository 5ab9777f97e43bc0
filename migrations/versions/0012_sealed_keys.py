"""Letters: the keys of links are sealed until a letter is sent; those of letters that left are taken out.

Revision: 0012, after 0011.
"""

import re

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

KEY = re.compile(
    r"(/(?:nl/aanmelden|fr/connexion|nl/agenda/plaats|fr/agenda/place)/)(?!(?:verstuurd|envoye)(?![\w-]))[A-Za-z0-9_-]+"
)
COLUMNS = ('subject', 'body', 'text', 'html')
AT_ONCE = 500


def upgrade() -> None:
    with op.batch_alter_table('letter') as table:
        table.add_column(sa.Column('sealed', sa.Text(), nullable=False, server_default=''))
    with op.batch_alter_table('letter') as table:
        table.alter_column('sealed', existing_type=sa.Text(), server_default=None)
    _take_keys_out()


def downgrade() -> None:
    with op.batch_alter_table('letter') as table:
        table.drop_column('sealed')


def _take_keys_out() -> None:
    """Of letters that will not be sent any more; those that wait keep theirs, for their readers need it."""
    connection, last = op.get_bind(), 0
    find = sa.text(
        f"SELECT id, {', '.join(COLUMNS)} FROM letter WHERE id > :last AND state IN ('sent', 'cancelled')"
        f' ORDER BY id LIMIT {AT_ONCE}'
    )
    change = sa.text(f"UPDATE letter SET {', '.join(f'{name} = :{name}' for name in COLUMNS)} WHERE id = :id")
    while rows := connection.execute(find, {'last': last}).mappings().all():
        last = rows[-1]['id']
        for row in rows:
            values = {name: KEY.sub(r'\1…', row[name]) for name in COLUMNS}
            if any(values[name] != row[name] for name in COLUMNS):
                connection.execute(change, {**values, 'id': row['id']})
