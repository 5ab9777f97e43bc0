"""What people typed on a page with several actions and did not send.

Revision: 0024, after 0023.
"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'unsent_text',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('page', sa.Text(), nullable=False),
        sa.Column('fields', sa.JSON(), nullable=False),
        sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_unsent_text_person_id_person'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_unsent_text')),
        sa.UniqueConstraint('person_id', 'page', name=op.f('uq_unsent_text_person_id_page')),
    )
    op.create_index(op.f('ix_unsent_text_kept_at'), 'unsent_text', ['kept_at'])


def downgrade() -> None:
    op.drop_index(op.f('ix_unsent_text_kept_at'), table_name='unsent_text')
    op.drop_table('unsent_text')
