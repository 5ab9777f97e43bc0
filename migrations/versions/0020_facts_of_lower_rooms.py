"""When a file was decided stands with the application, and how far a review is with the assignment.

Rooms below the decisions and the reviews ask for both; they used to name the tables of the rooms above them.

Revision: 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('application') as batch:
        batch.add_column(sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('assignment') as batch:
        batch.add_column(sa.Column('begun_at', sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column('done_at', sa.DateTime(timezone=True), nullable=True))
    op.execute(
        'UPDATE application SET decided_at ='
        ' (SELECT taken_at FROM decision WHERE decision.application_id = application.id)'
    )
    for column in ('begun_at', 'done_at'):
        op.execute(
            f'UPDATE assignment SET {column} ='  # noqa: S608 - two names from the line above
            f' (SELECT {column} FROM review WHERE review.assignment_id = assignment.id)'
        )
    with op.batch_alter_table('review') as batch:
        batch.drop_column('begun_at')
        batch.drop_column('done_at')


def downgrade() -> None:
    with op.batch_alter_table('review') as batch:
        batch.add_column(sa.Column('begun_at', sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column('done_at', sa.DateTime(timezone=True), nullable=True))
    for column in ('begun_at', 'done_at'):
        op.execute(
            f'UPDATE review SET {column} ='  # noqa: S608 - two names from the line above
            f' (SELECT {column} FROM assignment WHERE assignment.id = review.assignment_id)'
        )
    with op.batch_alter_table('review') as batch:
        batch.alter_column('begun_at', nullable=False)
    with op.batch_alter_table('assignment') as batch:
        batch.drop_column('begun_at')
        batch.drop_column('done_at')
    with op.batch_alter_table('application') as batch:
        batch.drop_column('decided_at')
