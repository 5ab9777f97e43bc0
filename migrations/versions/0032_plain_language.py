"""A person remembers whether the forms show their texts in plain language.

Revision: 0032, after 0031.
"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('person', sa.Column('plain_language', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column('person', 'plain_language')
