"""Invitations count when they are accepted; the name that was typed stands with them.

Revision: 0014, after 0013. Whoever has written in a file, or holds no role here and has confirmed their address, was
let in before: they stay. Anybody else has to accept.
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('member', sa.Column('name', sa.Text(), nullable=False, server_default=''))
    op.add_column('member', sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True))
    op.execute(sa.text('UPDATE member SET name = (SELECT name FROM person WHERE person.id = member.person_id)'))
    op.execute(sa.text(
        'UPDATE member SET accepted_at = invited_at WHERE EXISTS (SELECT 1 FROM section_save AS s WHERE'
        ' s.application_id = member.application_id AND s.saved_by_id = member.person_id) OR ('
        ' EXISTS (SELECT 1 FROM person AS p WHERE p.id = member.person_id AND p.email_confirmed_at IS NOT NULL)'
        ' AND NOT EXISTS (SELECT 1 FROM role_grant AS g WHERE g.person_id = member.person_id))'
    ))


def downgrade() -> None:
    op.drop_column('member', 'accepted_at')
    op.drop_column('member', 'name')
