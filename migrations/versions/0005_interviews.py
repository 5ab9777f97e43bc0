"""Interviews: until when applicants of a call change a moment themselves, and what calendars must hear is off.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'interview_plan',
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('notice_hours', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_interview_plan_call_id_call'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('call_id', name=op.f('pk_interview_plan')),
    )
    op.create_table(
        'called_off',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('interview_id', sa.Integer(), nullable=True),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('slot_key', sa.Text(), nullable=False),
        sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_called_off_call_id_call'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['interview_id'], ['interview.id'], name=op.f('fk_called_off_interview_id_interview'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_called_off_person_id_person'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_called_off')),
        sa.UniqueConstraint('interview_id', name=op.f('uq_called_off_interview_id')),
        sa.UniqueConstraint('person_id', 'slot_key', name=op.f('uq_called_off_person_id_slot_key')),
    )
    op.create_index(op.f('ix_called_off_call_id'), 'called_off', ['call_id'])


def downgrade() -> None:
    op.drop_table('called_off')
    op.drop_table('interview_plan')
