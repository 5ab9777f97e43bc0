"""Jury meetings in the calendars of their members: when a meeting last changed or was cancelled, and lost seats.

Revision: 0016, after 0015. Members of meetings that were planned before get no letter afterwards.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table('meeting') as batch:
        batch.add_column(sa.Column('revised_at', MOMENT, nullable=True))
        batch.add_column(sa.Column('cancelled_at', MOMENT, nullable=True))
    with op.batch_alter_table('seat') as batch:
        batch.add_column(sa.Column('given_at', MOMENT, nullable=True))
    now = datetime.now(UTC)
    for table, column in (('meeting', 'revised_at'), ('seat', 'given_at')):
        op.execute(sa.table(table, sa.column(column, MOMENT)).update().values({column: now}))
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=MOMENT, nullable=False)
    op.create_table(
        'lost_seat',
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ['meeting_id'], ['meeting.id'], name=op.f('fk_lost_seat_meeting_id_meeting'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_lost_seat_person_id_person'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('meeting_id', 'person_id', name=op.f('pk_lost_seat')),
    )
    op.create_index(op.f('ix_lost_seat_person_id'), 'lost_seat', ['person_id'])


def downgrade() -> None:
    op.drop_table('lost_seat')
    with op.batch_alter_table('seat') as batch:
        batch.drop_column('given_at')
    with op.batch_alter_table('meeting') as batch:
        batch.drop_column('cancelled_at')
        batch.drop_column('revised_at')
