"""Subscriptions to e-mails about calls and to the newsletter; the address that stops a letter with one click.

Revision: 0029, after 0028.
"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('outgoing_mail', sa.Column('unsubscribe', sa.Text(), nullable=False, server_default=''))
    op.create_table(
        'subscription',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.Text(), nullable=False),
        sa.Column('email', sa.Text(), nullable=False),
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('renewed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('renewal_asked_at', sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription')),
        sa.UniqueConstraint('email', name=op.f('uq_subscription_email')),
        sa.UniqueConstraint('key', name=op.f('uq_subscription_key')),
    )
    op.create_index(op.f('ix_subscription_renewed_at'), 'subscription', ['renewed_at'])
    op.create_table(
        'subscription_request',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.Text(), nullable=False),
        sa.Column('token_hash', sa.Text(), nullable=False),
        sa.Column('email', sa.Text(), nullable=False),
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('topics', sa.Text(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription_request')),
        sa.UniqueConstraint('key', name=op.f('uq_subscription_request_key')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_subscription_request_token_hash')),
    )
    op.create_index(op.f('ix_subscription_request_email'), 'subscription_request', ['email'])
    op.create_index(op.f('ix_subscription_request_asked_at'), 'subscription_request', ['asked_at'])
    op.create_table(
        'subscription_topic',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('subscription_id', sa.Integer(), nullable=False),
        sa.Column('topic', sa.Text(), nullable=False),
        sa.Column('version', sa.Text(), nullable=False),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['subscription_id'],
            ['subscription.id'],
            name=op.f('fk_subscription_topic_subscription_id_subscription'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription_topic')),
        sa.UniqueConstraint('subscription_id', 'topic', name=op.f('uq_subscription_topic_subscription_id_topic')),
    )
    op.create_index(op.f('ix_subscription_topic_topic'), 'subscription_topic', ['topic'])
    op.create_table(
        'subscription_link',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sa.Text(), nullable=False),
        sa.Column('subscription_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['subscription_id'],
            ['subscription.id'],
            name=op.f('fk_subscription_link_subscription_id_subscription'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription_link')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_subscription_link_token_hash')),
    )
    op.create_index(op.f('ix_subscription_link_subscription_id'), 'subscription_link', ['subscription_id'])
    op.create_table(
        'call_notice',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('subscription_id', sa.Integer(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['call_id'], ['call.id'], name=op.f('fk_call_notice_call_id_call'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(
            ['subscription_id'],
            ['subscription.id'],
            name=op.f('fk_call_notice_subscription_id_subscription'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_call_notice')),
        sa.UniqueConstraint('subscription_id', 'call_id', 'kind', 'closes_at', name=op.f('uq_call_notice_subscription_id_call_id_kind_closes_at')),
    )
    op.create_index(op.f('ix_call_notice_call_id'), 'call_notice', ['call_id'])


def downgrade() -> None:
    for table in ('call_notice', 'subscription_link', 'subscription_topic', 'subscription_request', 'subscription'):
        op.drop_table(table)
    op.drop_column('outgoing_mail', 'unsubscribe')
