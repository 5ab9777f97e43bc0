"""An index for the attachments that the worker deletes by the moment of their removal.

Revision: 0026, after 0025.
"""

from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f('ix_attachment_removed_at'), 'attachment', ['removed_at'])


def downgrade() -> None:
    op.drop_index(op.f('ix_attachment_removed_at'), table_name='attachment')
