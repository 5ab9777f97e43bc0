"""The reason of a cancelled appointment; slots of withdrawn applications become free.

Revision: 0028, after 0027.
"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

WITHDRAWN = "SELECT interview.id FROM interview JOIN application ON application.id = interview.application_id WHERE state = 'withdrawn'"


def upgrade() -> None:
    with op.batch_alter_table('called_off') as batch:
        batch.add_column(sa.Column('reason', sa.Text(), nullable=False, server_default=''))
    with op.batch_alter_table('called_off') as batch:
        batch.alter_column('reason', existing_type=sa.Text(), existing_nullable=False, server_default=None)
    op.execute(
        "INSERT INTO called_off (call_id, interview_id, slot_key, starts_at, ends_at, at, reason) "
        "SELECT slot.call_id, interview_id, key, starts_at, ends_at, coalesce((SELECT max(move.at) FROM move "
        "JOIN interview ON interview.application_id = move.application_id "
        "WHERE interview.id = slot.interview_id AND to_state = 'withdrawn'), revised_at), '' "
        f"FROM slot WHERE interview_id IN ({WITHDRAWN}) "
        "AND interview_id NOT IN (SELECT interview_id FROM called_off WHERE interview_id IS NOT NULL)"
    )
    op.execute(f"UPDATE slot SET interview_id = NULL WHERE interview_id IN ({WITHDRAWN})")


def downgrade() -> None:
    with op.batch_alter_table('called_off') as batch:
        batch.drop_column('reason')
