"""Every table of the first rooms.

Revision: 0001, the first.
"""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('article',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('slug_nl', sa.Text(), nullable=False),
    sa.Column('slug_fr', sa.Text(), nullable=False),
    sa.Column('title_nl', sa.Text(), nullable=False),
    sa.Column('title_fr', sa.Text(), nullable=False),
    sa.Column('lead_nl', sa.Text(), nullable=False),
    sa.Column('lead_fr', sa.Text(), nullable=False),
    sa.Column('body_nl', sa.Text(), nullable=False),
    sa.Column('body_fr', sa.Text(), nullable=False),
    sa.Column('quote_nl', sa.Text(), nullable=False),
    sa.Column('quote_fr', sa.Text(), nullable=False),
    sa.Column('quote_by_nl', sa.Text(), nullable=False),
    sa.Column('quote_by_fr', sa.Text(), nullable=False),
    sa.Column('quote_note_nl', sa.Text(), nullable=False),
    sa.Column('quote_note_fr', sa.Text(), nullable=False),
    sa.Column('source_name_nl', sa.Text(), nullable=False),
    sa.Column('source_name_fr', sa.Text(), nullable=False),
    sa.Column('source_url', sa.Text(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article')),
    sa.UniqueConstraint('key', name=op.f('uq_article_key')),
    sa.UniqueConstraint('slug_fr', name=op.f('uq_article_slug_fr')),
    sa.UniqueConstraint('slug_nl', name=op.f('uq_article_slug_nl'))
    )
    with op.batch_alter_table('article', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_article_published_on'), ['published_on'], unique=False)

    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('deed', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('previous', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry')),
    sa.UniqueConstraint('digest', name=op.f('uq_audit_entry_digest'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_about'), ['about'], unique=False)

    op.create_table('funding_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('from_year', sa.Integer(), nullable=False),
    sa.Column('to_year', sa.Integer(), nullable=False),
    sa.Column('source_nl', sa.Text(), nullable=False),
    sa.Column('source_fr', sa.Text(), nullable=False),
    sa.Column('detail_nl', sa.Text(), nullable=False),
    sa.Column('detail_fr', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_funding_round'))
    )
    op.create_table('indicator',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('slug_nl', sa.Text(), nullable=False),
    sa.Column('slug_fr', sa.Text(), nullable=False),
    sa.Column('name_nl', sa.Text(), nullable=False),
    sa.Column('name_fr', sa.Text(), nullable=False),
    sa.Column('unit_nl', sa.Text(), nullable=False),
    sa.Column('unit_fr', sa.Text(), nullable=False),
    sa.Column('definition_nl', sa.Text(), nullable=False),
    sa.Column('definition_fr', sa.Text(), nullable=False),
    sa.Column('how_counted_nl', sa.Text(), nullable=False),
    sa.Column('how_counted_fr', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator')),
    sa.UniqueConstraint('key', name=op.f('uq_indicator_key')),
    sa.UniqueConstraint('slug_fr', name=op.f('uq_indicator_slug_fr')),
    sa.UniqueConstraint('slug_nl', name=op.f('uq_indicator_slug_nl'))
    )
    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('to_name', sa.Text(), nullable=False),
    sa.Column('to_email', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('key', name=op.f('uq_letter_key'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_about'), ['about'], unique=False)
        batch_op.create_index('ix_letter_state_due_at', ['state', 'due_at'], unique=False)

    op.create_table('partner',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role_nl', sa.Text(), nullable=False),
    sa.Column('role_fr', sa.Text(), nullable=False),
    sa.Column('detail_nl', sa.Text(), nullable=False),
    sa.Column('detail_fr', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner')),
    sa.UniqueConstraint('key', name=op.f('uq_partner_key'))
    )
    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('email_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email'))
    )
    op.create_table('programme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('slug_nl', sa.Text(), nullable=False),
    sa.Column('slug_fr', sa.Text(), nullable=False),
    sa.Column('title_nl', sa.Text(), nullable=False),
    sa.Column('title_fr', sa.Text(), nullable=False),
    sa.Column('tagline_nl', sa.Text(), nullable=False),
    sa.Column('tagline_fr', sa.Text(), nullable=False),
    sa.Column('question_nl', sa.Text(), nullable=False),
    sa.Column('question_fr', sa.Text(), nullable=False),
    sa.Column('lead_nl', sa.Text(), nullable=False),
    sa.Column('lead_fr', sa.Text(), nullable=False),
    sa.Column('body_nl', sa.Text(), nullable=False),
    sa.Column('body_fr', sa.Text(), nullable=False),
    sa.Column('stage_nl', sa.Text(), nullable=False),
    sa.Column('stage_fr', sa.Text(), nullable=False),
    sa.Column('duration_nl', sa.Text(), nullable=False),
    sa.Column('duration_fr', sa.Text(), nullable=False),
    sa.Column('commitment_nl', sa.Text(), nullable=False),
    sa.Column('commitment_fr', sa.Text(), nullable=False),
    sa.Column('places_nl', sa.Text(), nullable=False),
    sa.Column('places_fr', sa.Text(), nullable=False),
    sa.Column('price_nl', sa.Text(), nullable=False),
    sa.Column('price_fr', sa.Text(), nullable=False),
    sa.Column('languages_nl', sa.Text(), nullable=False),
    sa.Column('languages_fr', sa.Text(), nullable=False),
    sa.Column('selection_nl', sa.Text(), nullable=False),
    sa.Column('selection_fr', sa.Text(), nullable=False),
    sa.Column('to_send_nl', sa.Text(), nullable=False),
    sa.Column('to_send_fr', sa.Text(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('example_note_nl', sa.Text(), nullable=False),
    sa.Column('example_note_fr', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('code', name=op.f('uq_programme_code')),
    sa.UniqueConstraint('key', name=op.f('uq_programme_key')),
    sa.UniqueConstraint('slug_fr', name=op.f('uq_programme_slug_fr')),
    sa.UniqueConstraint('slug_nl', name=op.f('uq_programme_slug_nl'))
    )
    op.create_table('questionnaire',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('title_nl', sa.Text(), nullable=False),
    sa.Column('title_fr', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire')),
    sa.UniqueConstraint('key', name=op.f('uq_questionnaire_key'))
    )
    op.create_table('reference_series',
    sa.Column('prefix', sa.Text(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('prefix', name=op.f('pk_reference_series'))
    )
    op.create_table('enterprise',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('featured', sa.Boolean(), nullable=False),
    sa.Column('pitch_nl', sa.Text(), nullable=False),
    sa.Column('pitch_fr', sa.Text(), nullable=False),
    sa.Column('story_nl', sa.Text(), nullable=False),
    sa.Column('story_fr', sa.Text(), nullable=False),
    sa.Column('legal_form', sa.Text(), nullable=False),
    sa.Column('sector', sa.Text(), nullable=False),
    sa.Column('municipality', sa.Text(), nullable=False),
    sa.Column('place_nl', sa.Text(), nullable=False),
    sa.Column('place_fr', sa.Text(), nullable=False),
    sa.Column('founded', sa.Integer(), nullable=True),
    sa.Column('founded_note_nl', sa.Text(), nullable=False),
    sa.Column('founded_note_fr', sa.Text(), nullable=False),
    sa.Column('jobs', sa.Integer(), nullable=True),
    sa.Column('website', sa.Text(), nullable=False),
    sa.Column('source_name_nl', sa.Text(), nullable=False),
    sa.Column('source_name_fr', sa.Text(), nullable=False),
    sa.Column('source_url', sa.Text(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_enterprise_programme_id_programme'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enterprise')),
    sa.UniqueConstraint('slug', name=op.f('uq_enterprise_slug'))
    )
    with op.batch_alter_table('enterprise', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enterprise_programme_id'), ['programme_id'], unique=False)

    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('slug_nl', sa.Text(), nullable=False),
    sa.Column('slug_fr', sa.Text(), nullable=False),
    sa.Column('title_nl', sa.Text(), nullable=False),
    sa.Column('title_fr', sa.Text(), nullable=False),
    sa.Column('lead_nl', sa.Text(), nullable=False),
    sa.Column('lead_fr', sa.Text(), nullable=False),
    sa.Column('body_nl', sa.Text(), nullable=False),
    sa.Column('body_fr', sa.Text(), nullable=False),
    sa.Column('place_nl', sa.Text(), nullable=False),
    sa.Column('place_fr', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_event_programme_id_programme'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('key', name=op.f('uq_event_key')),
    sa.UniqueConstraint('slug_fr', name=op.f('uq_event_slug_fr')),
    sa.UniqueConstraint('slug_nl', name=op.f('uq_event_slug_nl'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_starts_at'), ['starts_at'], unique=False)

    op.create_table('indicator_value',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('from_year', sa.Integer(), nullable=False),
    sa.Column('to_year', sa.Integer(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('at_least', sa.Boolean(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('source_name_nl', sa.Text(), nullable=False),
    sa.Column('source_name_fr', sa.Text(), nullable=False),
    sa.Column('source_url', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_indicator_value_indicator_id_indicator'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator_value'))
    )
    with op.batch_alter_table('indicator_value', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_indicator_value_indicator_id'), ['indicator_id'], unique=False)

    op.create_table('page',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('title_nl', sa.Text(), nullable=False),
    sa.Column('title_fr', sa.Text(), nullable=False),
    sa.Column('lead_nl', sa.Text(), nullable=False),
    sa.Column('lead_fr', sa.Text(), nullable=False),
    sa.Column('body_nl', sa.Text(), nullable=False),
    sa.Column('body_fr', sa.Text(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['updated_by_id'], ['person.id'], name=op.f('fk_page_updated_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page')),
    sa.UniqueConstraint('key', name=op.f('uq_page_key'))
    )
    op.create_table('questionnaire_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('questionnaire_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('definition', sa.JSON(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_questionnaire_version_questionnaire_id_questionnaire')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_version')),
    sa.UniqueConstraint('questionnaire_id', 'number', name=op.f('uq_questionnaire_version_questionnaire_id_number'))
    )
    op.create_table('role_grant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_grant_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant')),
    sa.UniqueConstraint('person_id', 'role', name=op.f('uq_role_grant_person_id_role'))
    )
    op.create_table('sign_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_token_hash'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_person_id'), ['person_id'], unique=False)

    op.create_table('sign_in_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('next_path', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_link_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_link_token_hash'))
    )
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_link_person_id'), ['person_id'], unique=False)

    op.create_table('call',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('title_nl', sa.Text(), nullable=False),
    sa.Column('title_fr', sa.Text(), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('grace_minutes', sa.Integer(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('fee_nl', sa.Text(), nullable=False),
    sa.Column('fee_fr', sa.Text(), nullable=False),
    sa.Column('questionnaire_version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_call_programme_id_programme')),
    sa.ForeignKeyConstraint(['questionnaire_version_id'], ['questionnaire_version.id'], name=op.f('fk_call_questionnaire_version_id_questionnaire_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call')),
    sa.UniqueConstraint('key', name=op.f('uq_call_key'))
    )
    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_programme_id'), ['programme_id'], unique=False)

    op.create_table('application',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=True),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('started_in_id', sa.Integer(), nullable=True),
    sa.Column('questionnaire_version_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('municipality', sa.Text(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declarations', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_application_call_id_call')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_application_person_id_person')),
    sa.ForeignKeyConstraint(['questionnaire_version_id'], ['questionnaire_version.id'], name=op.f('fk_application_questionnaire_version_id_questionnaire_version')),
    sa.ForeignKeyConstraint(['started_in_id'], ['sign_in.id'], name=op.f('fk_application_started_in_id_sign_in'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application')),
    sa.UniqueConstraint('key', name=op.f('uq_application_key')),
    sa.UniqueConstraint('reference', name=op.f('uq_application_reference'))
    )
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.create_index('ix_application_call_state', ['call_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_application_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_application_state_submitted_at', ['state', 'submitted_at', 'id'], unique=False)
        batch_op.create_index('ix_application_submitted_at', ['submitted_at', 'id'], unique=False)

    op.create_table('call_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('reaches', sa.Text(), nullable=False),
    sa.Column('title_nl', sa.Text(), nullable=False),
    sa.Column('title_fr', sa.Text(), nullable=False),
    sa.Column('text_nl', sa.Text(), nullable=False),
    sa.Column('text_fr', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_call_step_call_id_call'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_step'))
    )
    with op.batch_alter_table('call_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_step_call_id'), ['call_id'], unique=False)

    op.create_table('criterion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('title_nl', sa.Text(), nullable=False),
    sa.Column('title_fr', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_criterion_call_id_call'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion')),
    sa.UniqueConstraint('call_id', 'code', name=op.f('uq_criterion_call_id_code'))
    )
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_criterion_call_id'), ['call_id'], unique=False)

    op.create_table('monitoring_count',
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_monitoring_count_call_id_call'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('call_id', 'question', 'answer', name=op.f('pk_monitoring_count'))
    )
    op.create_table('anchor',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('text_nl', sa.Text(), nullable=False),
    sa.Column('text_fr', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_anchor_criterion_id_criterion'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_anchor')),
    sa.UniqueConstraint('criterion_id', 'score', name=op.f('uq_anchor_criterion_id_score'))
    )
    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_attachment_application_id_application'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment')),
    sa.UniqueConstraint('key', name=op.f('uq_attachment_key'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_application_id'), ['application_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_by_id', sa.Integer(), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_decision_application_id_application'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['taken_by_id'], ['person.id'], name=op.f('fk_decision_taken_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('application_id', name=op.f('uq_decision_application_id'))
    )
    op.create_table('move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('from_state', sa.Text(), nullable=False),
    sa.Column('to_state', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_move_application_id_application'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_move_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_move'))
    )
    with op.batch_alter_table('move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_move_application_id'), ['application_id'], unique=False)

    op.create_table('note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_note_application_id_application'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_note_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_note'))
    )
    with op.batch_alter_table('note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_note_application_id'), ['application_id'], unique=False)

    op.create_table('section_save',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('section', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('window', sa.Text(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_section_save_application_id_application'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['saved_by_id'], ['person.id'], name=op.f('fk_section_save_saved_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_section_save')),
    sa.UniqueConstraint('application_id', 'section', 'revision', name=op.f('uq_section_save_application_id_section_revision'))
    )


def downgrade() -> None:
    op.drop_table('section_save')
    with op.batch_alter_table('note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_note_application_id'))

    op.drop_table('note')
    with op.batch_alter_table('move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_move_application_id'))

    op.drop_table('move')
    op.drop_table('decision')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachment_application_id'))

    op.drop_table('attachment')
    op.drop_table('anchor')
    op.drop_table('monitoring_count')
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_criterion_call_id'))

    op.drop_table('criterion')
    with op.batch_alter_table('call_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_call_step_call_id'))

    op.drop_table('call_step')
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.drop_index('ix_application_submitted_at')
        batch_op.drop_index('ix_application_state_submitted_at')
        batch_op.drop_index(batch_op.f('ix_application_person_id'))
        batch_op.drop_index('ix_application_call_state')

    op.drop_table('application')
    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_call_programme_id'))

    op.drop_table('call')
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_link_person_id'))

    op.drop_table('sign_in_link')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_person_id'))

    op.drop_table('sign_in')
    op.drop_table('role_grant')
    op.drop_table('questionnaire_version')
    op.drop_table('page')
    with op.batch_alter_table('indicator_value', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_indicator_value_indicator_id'))

    op.drop_table('indicator_value')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_starts_at'))
        batch_op.drop_index(batch_op.f('ix_event_programme_id'))

    op.drop_table('event')
    with op.batch_alter_table('enterprise', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enterprise_programme_id'))

    op.drop_table('enterprise')
    op.drop_table('reference_series')
    op.drop_table('questionnaire')
    op.drop_table('programme')
    op.drop_table('person')
    op.drop_table('partner')
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index('ix_letter_state_due_at')
        batch_op.drop_index(batch_op.f('ix_letter_about'))

    op.drop_table('letter')
    op.drop_table('indicator')
    op.drop_table('funding_round')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entry_about'))

    op.drop_table('audit_entry')
    with op.batch_alter_table('article', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_article_published_on'))

    op.drop_table('article')
