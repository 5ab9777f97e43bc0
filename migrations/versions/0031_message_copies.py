"""The copy of a message that its writer asks for.

Revision: 0031, after 0030.
"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('message') as batch:
        batch.add_column(sa.Column('copy_hash', sa.Text(), nullable=True))
        batch.add_column(sa.Column('copied_at', sa.DateTime(timezone=True), nullable=True))
        batch.create_unique_constraint(op.f('uq_message_copy_hash'), ['copy_hash'])


def downgrade() -> None:
    with op.batch_alter_table('message') as batch:
        batch.drop_constraint(op.f('uq_message_copy_hash'), type_='unique')
        batch.drop_column('copied_at')
        batch.drop_column('copy_hash')
