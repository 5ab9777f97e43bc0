"""The last run of each job, and indexes for what the worker deletes by its age.

Revision: 0021, after 0020.
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

INDEXES = (
    ('sign_in', 'ends_at'), ('sign_in', 'ended_at'), ('sign_in_link', 'ends_at'), ('sign_in_link', 'used_at'),
    ('look', 'at'), ('letter', 'created_at'), ('message', 'handled_at'), ('late_code', 'until'),
    ('consent', 'withdrawn_at'), ('consent', 'ends_at'), ('meeting', 'starts_at'),
    ('event', 'ends_at'),
)


def upgrade() -> None:
    op.create_table(
        'job',
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('done', sa.Integer(), nullable=False),
        sa.Column('failures', sa.Integer(), nullable=False),
        sa.Column('error', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_job')),
    )
    for table, column in INDEXES:
        op.create_index(op.f(f'ix_{table}_{column}'), table, [column])


def downgrade() -> None:
    for table, column in reversed(INDEXES):
        op.drop_index(op.f(f'ix_{table}_{column}'), table_name=table)
    op.drop_table('job')
