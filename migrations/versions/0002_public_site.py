"""Registrations for events, messages from visitors, the search index, former slugs, the mark of fabricated rows, and
when a call, an event or a piece of news last changed.

Revision: 0002, after 0001.
"""

import unicodedata
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

# FTS5 keeps no copy of the text: it reads search_entry, and these triggers tell it what changed (SQLite, "External
# Content Tables"). Words arrive as stems in plain ASCII, so the simplest tokenizer is the right one.
SQLITE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(stems, content='search_entry', content_rowid='id', tokenize='ascii')",
    """CREATE TRIGGER search_fts_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_fts (rowid, stems) VALUES (new.id, new.stems);
    END""",
    """CREATE TRIGGER search_fts_removed AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_fts (search_fts, rowid, stems) VALUES ('delete', old.id, old.stems);
    END""",
    """CREATE TRIGGER search_fts_changed AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_fts (search_fts, rowid, stems) VALUES ('delete', old.id, old.stems);
        INSERT INTO search_fts (rowid, stems) VALUES (new.id, new.stems);
    END""",
)
# The stage that each programme of the starting content is made for.
SERVES = {'inspire': 'idea', 'seeds': 'start', 'peps': 'young', 'blossom': 'grown', 'innovate': 'several'}
POSTGRESQL = ("CREATE INDEX search_fts ON search_entry USING gin (to_tsvector('simple', stems))",)


def upgrade() -> None:
    op.create_table(
        'registration',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.Text(), nullable=False),
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('email', sa.Text(), nullable=False),
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('state', sa.Text(), nullable=False),
        sa.Column('signed_up_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('reminded', sa.Boolean(), nullable=False),
        sa.Column('came', sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_registration_event_id_event'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_registration')),
        sa.UniqueConstraint('event_id', 'email', name=op.f('uq_registration_event_id_email')),
        sa.UniqueConstraint('key', name=op.f('uq_registration_key')),
    )
    op.create_index(op.f('ix_registration_event_id'), 'registration', ['event_id'])
    op.create_table(
        'message',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.Text(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('email', sa.Text(), nullable=False),
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('handled_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['handled_by_id'], ['person.id'], name=op.f('fk_message_handled_by_id_person'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
        sa.UniqueConstraint('key', name=op.f('uq_message_key')),
    )
    op.create_index(op.f('ix_message_received_at'), 'message', ['received_at'])
    op.create_table(
        'search_entry',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('place', sa.Text(), nullable=False),
        sa.Column('thing_id', sa.Integer(), nullable=False),
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('slug', sa.Text(), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('stems', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entry')),
        sa.UniqueConstraint('place', 'thing_id', 'language', name=op.f('uq_search_entry_place_thing_id_language')),
    )
    op.create_table(
        'former_slug',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('place', sa.Text(), nullable=False),
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('slug', sa.Text(), nullable=False),
        sa.Column('present', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_former_slug')),
        sa.UniqueConstraint('place', 'language', 'slug', name=op.f('uq_former_slug_place_language_slug')),
    )
    for table in ('event', 'enterprise'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('is_rehearsal', sa.Boolean(), nullable=False, server_default=sa.false()))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column('is_rehearsal', existing_type=sa.Boolean(), server_default=None)
    sort_by_name()
    with op.batch_alter_table('programme') as batch_op:
        batch_op.add_column(sa.Column('serves', sa.Text(), nullable=False, server_default=''))
    programme = sa.table('programme', sa.column('key'), sa.column('serves'))
    for key, stage in SERVES.items():
        op.execute(programme.update().where(programme.c.key == key).values(serves=stage))
    with op.batch_alter_table('programme') as batch_op:
        batch_op.alter_column('serves', existing_type=sa.Text(), server_default=None)
    for table in ('event', 'article', 'call'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('revised_at', sa.DateTime(timezone=True), nullable=True))
        rows = sa.table(table, sa.column('revised_at', sa.DateTime(timezone=True)))
        op.execute(rows.update().values(revised_at=datetime.now(UTC)))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column('revised_at', existing_type=sa.DateTime(timezone=True), nullable=False)
    for statement in SQLITE if op.get_bind().dialect.name == 'sqlite' else POSTGRESQL:
        op.execute(statement)


def sort_by_name() -> None:
    """A name without accents and capitals beside each name: neither database sorts Dutch and French by itself."""
    with op.batch_alter_table('enterprise') as batch_op:
        batch_op.add_column(sa.Column('sort_name', sa.Text(), nullable=False, server_default=''))
    enterprise = sa.table('enterprise', sa.column('id'), sa.column('name'), sa.column('sort_name'))
    connection = op.get_bind()
    for id_, name in connection.execute(sa.select(enterprise.c.id, enterprise.c.name)).all():
        apart = unicodedata.normalize('NFD', name.casefold().replace('œ', 'oe').replace('’', "'"))
        folded = ''.join(letter for letter in apart if not unicodedata.combining(letter))
        connection.execute(sa.update(enterprise).where(enterprise.c.id == id_).values(sort_name=folded))
    with op.batch_alter_table('enterprise') as batch_op:
        batch_op.alter_column('sort_name', existing_type=sa.Text(), server_default=None)


def downgrade() -> None:
    for table in ('former_slug', 'search_entry', 'message', 'registration'):
        op.drop_table(table)  # with its triggers
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE search_fts')
    for table in ('event', 'article', 'call'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column('revised_at')
    for table in ('event', 'enterprise'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column('is_rehearsal')
    with op.batch_alter_table('enterprise') as batch_op:
        batch_op.drop_column('sort_name')
    with op.batch_alter_table('programme') as batch_op:
        batch_op.drop_column('serves')
