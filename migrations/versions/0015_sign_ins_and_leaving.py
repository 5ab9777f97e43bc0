"""Links by purpose and browser, sign-ins by level, people who left, files begun by somebody else.

Revision: 0015, after 0014.
"""

import re

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KEY = re.compile(r"(/(?:nl/aanmelden|fr/connexion)/)[^\s\"'<>]+")
LETTER = sa.table('letter', sa.column('id', sa.Integer), sa.column('subject', sa.Text))


def upgrade() -> None:
    with op.batch_alter_table('person') as batch:
        batch.add_column(sa.Column('suspended_at', MOMENT, nullable=True))
    with op.batch_alter_table('sign_in_link') as batch:
        batch.add_column(sa.Column('purpose', sa.Text(), nullable=False, server_default='sign_in'))
        batch.add_column(sa.Column('browser_hash', sa.Text(), nullable=False, server_default=''))
    with op.batch_alter_table('sign_in') as batch:
        batch.add_column(sa.Column('level', sa.Text(), nullable=False, server_default='full'))
        batch.add_column(sa.Column('proved_at', MOMENT, nullable=True))
    with op.batch_alter_table('application') as batch:
        batch.add_column(sa.Column('checked_at', MOMENT, nullable=True))
    op.create_table(
        'link_request',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('email', sa.Text(), nullable=False),
        sa.Column('purpose', sa.Text(), nullable=False),
        sa.Column('browser_hash', sa.Text(), nullable=False),
        sa.Column('next_path', sa.Text(), nullable=False),
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('asked_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_link_request')),
    )
    # What was begun before and confirmed since is the owner's: nobody is asked about it now.
    op.execute("""UPDATE application SET checked_at = started_at WHERE person_id IN (
        SELECT id FROM person WHERE email_confirmed_at IS NOT NULL)""")
    connection = op.get_bind()
    hit = sa.or_(LETTER.c.subject.like('%/aanmelden/%'), LETTER.c.subject.like('%/connexion/%'))
    for row in connection.execute(sa.select(LETTER).where(hit)).all():
        blanked = KEY.sub('\\1…', row.subject)
        connection.execute(LETTER.update().where(LETTER.c.id == row.id).values(subject=blanked))


def downgrade() -> None:
    op.drop_table('link_request')
    for table, columns in (
        ('application', ['checked_at']), ('sign_in', ['level', 'proved_at']),
        ('sign_in_link', ['purpose', 'browser_hash']), ('person', ['suspended_at']),
    ):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)
