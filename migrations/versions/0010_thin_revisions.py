"""Earlier texts are found by when they were saved, so that the worker can thin them.

Revision: 0010, after 0009.
"""

from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_section_save_saved_at', 'section_save', ['saved_at'])


def downgrade() -> None:
    op.drop_index('ix_section_save_saved_at', 'section_save')
