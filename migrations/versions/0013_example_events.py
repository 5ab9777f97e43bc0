"""Events whose date and place are examples say so: a column, and a mark on those of the starting content.

Revision: 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('event', sa.Column('is_example', sa.Boolean(), nullable=False, server_default=sa.false()))
    event = sa.table('event', sa.column('place_nl', sa.Text()), sa.column('is_example', sa.Boolean()))
    op.execute(event.update().where(event.c.place_nl.like('%(voorbeeld%')).values(is_example=sa.true()))


def downgrade() -> None:
    op.drop_column('event', 'is_example')
