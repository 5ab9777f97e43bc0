"""A partner has a website, to which the page about us leads.

Revision: 0035, after 0034.
"""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('partner', sa.Column('website', sa.Text(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('partner', 'website')
