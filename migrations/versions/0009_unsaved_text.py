"""The text of a section that was sent after the sign-in had ended, kept for the browser that sent it.

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'unsaved_text',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('digest', sa.Text(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('section', sa.Text(), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('answers', sa.JSON(), nullable=False),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_unsaved_text_application_id_application'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_unsaved_text')),
        sa.UniqueConstraint('digest', name=op.f('uq_unsaved_text_digest')),
    )
    op.create_index(op.f('ix_unsaved_text_application_id'), 'unsaved_text', ['application_id'])
    op.create_index(op.f('ix_unsaved_text_sent_at'), 'unsaved_text', ['sent_at'])


def downgrade() -> None:
    op.drop_table('unsaved_text')
