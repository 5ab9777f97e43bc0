"""A call remembers the deadline it had when it closed early, and the one its plan was written for.

Revision: 0027, after 0026.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db.base import UTCDateTime

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('call', sa.Column('closed_early_from', UTCDateTime(), nullable=True))
    op.add_column('call', sa.Column('plan_was_for', UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('call', 'plan_was_for')
    op.drop_column('call', 'closed_early_from')
