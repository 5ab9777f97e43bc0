"""Criteria: when they were frozen, and what was changed on a public call, with the reason.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

# A finished review that was opened again is a draft now; the audit trail still knows that it was finished.
FREEZE = """
    UPDATE call SET judging_frozen_at = (
        SELECT MIN(finished.at) FROM (
            SELECT application.call_id AS call_id, review.done_at AS at FROM review
            JOIN assignment ON assignment.id = review.assignment_id
            JOIN application ON application.id = assignment.application_id
            WHERE review.done_at IS NOT NULL
            UNION ALL
            SELECT application.call_id, audit_entry.at FROM audit_entry
            JOIN application ON audit_entry.about = 'application:' || application.id
            WHERE audit_entry.deed = 'review.finished'
        ) AS finished WHERE finished.call_id = call.id
    )
"""


def upgrade() -> None:
    with op.batch_alter_table('call') as batch:
        batch.add_column(sa.Column('judging_frozen_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        'call_change',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('what', sa.Text(), nullable=False),
        sa.Column('reason_nl', sa.Text(), nullable=False),
        sa.Column('reason_fr', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_call_change_call_id_call'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_call_change_by_id_person'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_call_change')),
    )
    op.create_index(op.f('ix_call_change_call_id'), 'call_change', ['call_id'])
    op.execute(FREEZE)


def downgrade() -> None:
    op.drop_table('call_change')
    with op.batch_alter_table('call') as batch:
        batch.drop_column('judging_frozen_at')
