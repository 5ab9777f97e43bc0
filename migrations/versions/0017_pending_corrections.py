"""A correction that differs from agreed minutes waits for a second person.

Revision: 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'pending_correction',
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('outcome', sa.Text(), nullable=False),
        sa.Column('rank', sa.Integer(), nullable=True),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('answer_by', sa.Date(), nullable=True),
        sa.Column('why', sa.Text(), nullable=False),
        sa.Column('feedback', sa.JSON(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['application_id'], ['application.id'], name=op.f('fk_pending_correction_application_id_application'),
            ondelete='CASCADE',
        ),
        sa.ForeignKeyConstraint(
            ['by_id'], ['person.id'], name=op.f('fk_pending_correction_by_id_person'), ondelete='SET NULL'
        ),
        sa.PrimaryKeyConstraint('application_id', name=op.f('pk_pending_correction')),
    )


def downgrade() -> None:
    op.drop_table('pending_correction')
