"""A save knows how long was written on its section up to it.

Revision: 0033, after 0032.
"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('section_save', sa.Column('worked_seconds', sa.Integer(), server_default='0', nullable=False))
    op.create_index('ix_section_save_worked', 'section_save', ['application_id', 'section', 'worked_seconds'])


def downgrade() -> None:
    op.drop_index('ix_section_save_worked', table_name='section_save')
    op.drop_column('section_save', 'worked_seconds')
