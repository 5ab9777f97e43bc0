"""Decisions that differ from the agreed minutes: why, who said so, and who confirmed it.

Revision: 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

PEOPLE = ('deviated_by_id', 'confirmed_by_id')


def upgrade() -> None:
    with op.batch_alter_table('decision') as batch:
        batch.add_column(sa.Column('deviation', sa.Text(), nullable=False, server_default=''))
        batch.add_column(sa.Column('deviated_by_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('confirmed_by_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True))
        for column in PEOPLE:
            name = op.f(f'fk_decision_{column}_person')
            batch.create_foreign_key(name, 'person', [column], ['id'], ondelete='SET NULL')
    with op.batch_alter_table('decision') as batch:
        batch.alter_column('deviation', existing_type=sa.Text(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('decision') as batch:
        for column in PEOPLE:
            batch.drop_constraint(op.f(f'fk_decision_{column}_person'), type_='foreignkey')
        for column in (*PEOPLE, 'deviation', 'confirmed_at'):
            batch.drop_column(column)
