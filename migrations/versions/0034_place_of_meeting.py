"""The place of a jury meeting is written in both languages.

Revision: 0034, after 0033.
"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for side in ('place_nl', 'place_fr'):
        op.add_column('meeting', sa.Column(side, sa.Text(), nullable=False, server_default=''))
    op.execute('UPDATE meeting SET place_nl = place, place_fr = place')
    op.drop_column('meeting', 'place')


def downgrade() -> None:
    op.add_column('meeting', sa.Column('place', sa.Text(), nullable=False, server_default=''))
    op.execute('UPDATE meeting SET place = place_nl')
    for side in ('place_fr', 'place_nl'):
        op.drop_column('meeting', side)
