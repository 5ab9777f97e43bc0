"""Words of public texts that mend typing errors in a search, other words for the same thing, and examples of ideas.

Revision: 0025, after 0024. The words are learnt when the index is next filled: `flask index`.
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'search_word',
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('word', sa.Text(), nullable=False),
        sa.Column('written', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('language', 'word', name=op.f('pk_search_word')),
    )
    op.create_table(
        'search_synonym',
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('typed', sa.Text(), nullable=False),
        sa.Column('means', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('language', 'typed', name=op.f('pk_search_synonym')),
    )
    op.create_table(
        'idea',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.Text(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('sector', sa.Text(), nullable=False),
        sa.Column('title_nl', sa.Text(), nullable=False),
        sa.Column('title_fr', sa.Text(), nullable=False),
        sa.Column('text_nl', sa.Text(), nullable=False),
        sa.Column('text_fr', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_idea')),
        sa.UniqueConstraint('key', name=op.f('uq_idea_key')),
    )


def downgrade() -> None:
    op.drop_table('idea')
    op.drop_table('search_synonym')
    op.drop_table('search_word')
