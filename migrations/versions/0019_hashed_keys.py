"""Keys of registrations and late codes: only hashes stay.

Revision: 0019, after 0018. Links that were mailed before keep working. Going back ends all of them: a hash cannot be
turned into a key again.
"""

import hashlib
import hmac
import re

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

SHOWN = 4
CODE = re.compile(r"(?<![\w-])(?:[ACDEFGHJKLMNPQRTUVWXY346789]{4}-){2}[ACDEFGHJKLMNPQRTUVWXY346789]{4}(?![\w-])")
COLUMNS = ('subject', 'body', 'text', 'html')
AT_ONCE = 500


def upgrade() -> None:
    op.create_table(
        'registration_link',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sa.Text(), nullable=False),
        sa.Column('registration_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['registration_id'], ['registration.id'], name=op.f('fk_registration_link_registration_id_registration'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_link')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_registration_link_token_hash')),
    )
    op.create_index(op.f('ix_registration_link_registration_id'), 'registration_link', ['registration_id'])
    _hash_registrations()
    with op.batch_alter_table('registration') as batch:
        batch.drop_constraint('uq_registration_key', type_='unique')
        batch.drop_column('key')
    with op.batch_alter_table('late_code') as batch:
        batch.add_column(sa.Column('code_hash', sa.Text(), nullable=False, server_default=''))
        batch.add_column(sa.Column('ending', sa.Text(), nullable=False, server_default=''))
    _hash_codes()
    with op.batch_alter_table('late_code') as batch:
        batch.drop_constraint('uq_late_code_code', type_='unique')
        batch.drop_column('code')
        batch.alter_column('code_hash', existing_type=sa.Text(), server_default=None)
        batch.alter_column('ending', existing_type=sa.Text(), server_default=None)
        batch.create_unique_constraint(op.f('uq_late_code_code_hash'), ['code_hash'])
    _take_codes_out_of_letters()


def downgrade() -> None:
    with op.batch_alter_table('late_code') as batch:
        batch.add_column(sa.Column('code', sa.Text(), nullable=False, server_default=''))
    op.execute(sa.text("UPDATE late_code SET code = 'ended ' || CAST(id AS TEXT)"))
    with op.batch_alter_table('late_code') as batch:
        batch.drop_constraint('uq_late_code_code_hash', type_='unique')
        batch.drop_column('code_hash')
        batch.drop_column('ending')
        batch.alter_column('code', existing_type=sa.Text(), server_default=None)
        batch.create_unique_constraint(op.f('uq_late_code_code'), ['code'])
    with op.batch_alter_table('registration') as batch:
        batch.add_column(sa.Column('key', sa.Text(), nullable=False, server_default=''))
    op.execute(sa.text("UPDATE registration SET key = 'ended ' || CAST(id AS TEXT)"))
    with op.batch_alter_table('registration') as batch:
        batch.alter_column('key', existing_type=sa.Text(), server_default=None)
        batch.create_unique_constraint(op.f('uq_registration_key'), ['key'])
    op.drop_table('registration_link')


def _hash_registrations() -> None:
    """Whoever is forgotten has no page any more; their key stood in the place of their address too."""
    connection = op.get_bind()
    op.execute(sa.text("UPDATE registration SET email = 'forgotten:' || CAST(id AS TEXT) WHERE email = key"))
    add = sa.text('INSERT INTO registration_link (token_hash, registration_id) VALUES (:token_hash, :id)')
    for row in connection.execute(sa.text("SELECT id, key FROM registration WHERE name <> '' ORDER BY id")).all():
        connection.execute(add, {'token_hash': hashlib.sha256(row.key.encode()).hexdigest(), 'id': row.id})


def _hash_codes() -> None:
    """As core/sealing.py: a code is short, so its hash needs the key of the installation."""
    connection = op.get_bind()
    key = hmac.digest(current_app.config['SECRET_KEY'].encode(), b'sealing codes', hashlib.sha256)
    change = sa.text('UPDATE late_code SET code_hash = :code_hash, ending = :ending WHERE id = :id')
    for row in connection.execute(sa.text('SELECT id, code FROM late_code ORDER BY id')).all():
        code_hash = hmac.digest(key, row.code.encode(), hashlib.sha256).hex()
        connection.execute(change, {'code_hash': code_hash, 'ending': row.code[-SHOWN:], 'id': row.id})


def _take_codes_out_of_letters() -> None:
    """Of letters that will not be sent any more; those that wait keep theirs, for their readers need it."""
    connection, last = op.get_bind(), 0
    find = sa.text(
        f"SELECT id, {', '.join(COLUMNS)} FROM letter WHERE id > :last AND kind = 'late_code'"
        f" AND state IN ('sent', 'cancelled') ORDER BY id LIMIT {AT_ONCE}"
    )
    change = sa.text(f"UPDATE letter SET {', '.join(f'{name} = :{name}' for name in COLUMNS)} WHERE id = :id")
    while rows := connection.execute(find, {'last': last}).mappings().all():
        last = rows[-1]['id']
        for row in rows:
            values = {name: CODE.sub('…-…-…', row[name]) for name in COLUMNS}
            connection.execute(change, {**values, 'id': row['id']})
