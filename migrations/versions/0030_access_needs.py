"""What people need to take part in an event, apart from their registration.

Revision: 0030, after 0029.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db.base import UTCDateTime

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'access_needs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('registration_id', sa.Integer(), nullable=False),
        sa.Column('kinds', sa.Text(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('agreed_at', UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['registration_id'],
            ['registration.id'],
            name=op.f('fk_access_needs_registration_id_registration'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_access_needs')),
        sa.UniqueConstraint('registration_id', name=op.f('uq_access_needs_registration_id')),
    )


def downgrade() -> None:
    op.drop_table('access_needs')
