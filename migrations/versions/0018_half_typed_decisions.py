"""What is typed of a decision of the jury before it is taken: each press of the meeting page stores it.

Revision: 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('meeting_item') as batch:
        batch.add_column(sa.Column('draft', sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('meeting_item') as batch:
        batch.drop_column('draft')
