"""Files of the store that nothing refers to any more and that could not be deleted at once.

Revision: 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'dropped_file',
        sa.Column('digest', sa.Text(), nullable=False),
        sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('digest', name=op.f('pk_dropped_file')),
    )


def downgrade() -> None:
    op.drop_table('dropped_file')
