"""Calls and forms that staff write in the open only when both languages stand; files that are corrected, shared, asked
back and written about; late codes, the two-minute check, rehearsals, and who looked at what.

Revision: 0003, after 0002.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'look',
        sa.Column('about', sa.Text(), nullable=False),
        sa.Column('by', sa.Text(), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('about', 'by', 'on', name=op.f('pk_look')),
    )
    op.create_table(
        'twin_mark',
        sa.Column('about', sa.Text(), nullable=False),
        sa.Column('place', sa.Text(), nullable=False),
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('about', 'place', name=op.f('pk_twin_mark')),
    )
    op.create_table(
        'questionnaire_draft',
        sa.Column('questionnaire_id', sa.Integer(), nullable=False),
        sa.Column('definition', sa.JSON(), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['changed_by_id'], ['person.id'], name=op.f('fk_questionnaire_draft_changed_by_id_person'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_questionnaire_draft_questionnaire_id_questionnaire'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('questionnaire_id', name=op.f('pk_questionnaire_draft')),
    )
    op.create_table(
        'eligibility_question',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('name_nl', sa.Text(), nullable=False),
        sa.Column('name_fr', sa.Text(), nullable=False),
        sa.Column('text_nl', sa.Text(), nullable=False),
        sa.Column('text_fr', sa.Text(), nullable=False),
        sa.Column('hint_nl', sa.Text(), nullable=False),
        sa.Column('hint_fr', sa.Text(), nullable=False),
        sa.Column('advice_nl', sa.Text(), nullable=False),
        sa.Column('advice_fr', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_eligibility_question_call_id_call'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_eligibility_question')),
    )
    op.create_index(op.f('ix_eligibility_question_call_id'), 'eligibility_question', ['call_id'])
    op.create_table(
        'late_code',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sa.Text(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('email', sa.Text(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('until', sa.DateTime(timezone=True), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=True),
        sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_late_code_call_id_call'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_late_code_made_by_id_person'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_late_code')),
        sa.UniqueConstraint('code', name=op.f('uq_late_code_code')),
    )
    op.create_index(op.f('ix_late_code_call_id'), 'late_code', ['call_id'])
    op.create_table(
        'rehearsal',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.Text(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('report', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_rehearsal_by_id_person'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_rehearsal_call_id_call'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_rehearsal')),
        sa.UniqueConstraint('key', name=op.f('uq_rehearsal_key')),
    )
    op.create_index(op.f('ix_rehearsal_call_id'), 'rehearsal', ['call_id'])
    op.create_table(
        'application_message',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('from_team', sa.Boolean(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_application_message_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_application_message_by_id_person'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_application_message')),
    )
    op.create_index(op.f('ix_application_message_application_id'), 'application_message', ['application_id'])
    op.create_table(
        'form_move',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('from_version_id', sa.Integer(), nullable=False),
        sa.Column('to_version_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_form_move_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['from_version_id'], ['questionnaire_version.id'], name=op.f('fk_form_move_from_version_id_questionnaire_version')),
        sa.ForeignKeyConstraint(['to_version_id'], ['questionnaire_version.id'], name=op.f('fk_form_move_to_version_id_questionnaire_version')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_form_move')),
    )
    op.create_index(op.f('ix_form_move_application_id'), 'form_move', ['application_id'])
    op.create_table(
        'member',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('role', sa.Text(), nullable=False),
        sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('invited_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_member_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['invited_by_id'], ['person.id'], name=op.f('fk_member_invited_by_id_person'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_member_person_id_person'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_member')),
        sa.UniqueConstraint('application_id', 'person_id', name=op.f('uq_member_application_id_person_id')),
    )
    op.create_index(op.f('ix_member_person_id'), 'member', ['person_id'])
    op.create_table(
        'submission',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('questionnaire_version_id', sa.Integer(), nullable=False),
        sa.Column('sections', sa.JSON(), nullable=False),
        sa.Column('attachments', sa.JSON(), nullable=False),
        sa.Column('declarations', sa.JSON(), nullable=False),
        sa.Column('in_grace', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_submission_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_submission_by_id_person'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['questionnaire_version_id'], ['questionnaire_version.id'], name=op.f('fk_submission_questionnaire_version_id_questionnaire_version')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_submission')),
        sa.UniqueConstraint('application_id', 'number', name=op.f('uq_submission_application_id_number')),
    )
    with op.batch_alter_table('application') as batch_op:
        for moment in ('handed_in_at', 'late_until', 'reminded_at', 'returned_at', 'warned_at', 'emptied_at'):
            batch_op.add_column(sa.Column(moment, sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('assisted_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('is_rehearsal', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_foreign_key(op.f('fk_application_assisted_by_id_person'), 'person', ['assisted_by_id'], ['id'], ondelete='SET NULL')
    op.execute('UPDATE application SET handed_in_at = submitted_at')
    with op.batch_alter_table('application') as batch_op:
        batch_op.alter_column('is_rehearsal', existing_type=sa.Boolean(), server_default=None)
    for table in ('call', 'programme'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('published_at', sa.DateTime(timezone=True), nullable=True))
        rows = sa.table(table, sa.column('published_at', sa.DateTime(timezone=True)))
        op.execute(rows.update().values(published_at=datetime.now(UTC)))
    with op.batch_alter_table('decision') as batch_op:
        batch_op.add_column(sa.Column('answer_by', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('move') as batch_op:
        batch_op.add_column(sa.Column('questions', sa.JSON(), nullable=False, server_default='[]'))
    with op.batch_alter_table('move') as batch_op:
        batch_op.alter_column('questions', existing_type=sa.JSON(), server_default=None)
    with op.batch_alter_table('section_save') as batch_op:
        batch_op.add_column(sa.Column('questionnaire_version_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f('fk_section_save_questionnaire_version_id_questionnaire_version'), 'questionnaire_version', ['questionnaire_version_id'], ['id'])
    op.execute(
        'UPDATE section_save SET questionnaire_version_id = (SELECT application.questionnaire_version_id'
        ' FROM application WHERE application.id = section_save.application_id)'
    )
    with op.batch_alter_table('section_save') as batch_op:
        batch_op.alter_column('questionnaire_version_id', existing_type=sa.Integer(), nullable=False)
    what_was_handed_in()


def what_was_handed_in() -> None:
    """Until now a file that was handed in could not change any more: what stands there is what was handed in."""
    moment, json = sa.DateTime(timezone=True), sa.JSON()
    application = sa.table(
        'application', sa.column('id'), sa.column('person_id'), sa.column('questionnaire_version_id'),
        sa.column('submitted_at', moment), sa.column('declarations', json),
    )
    saves = sa.table('section_save', sa.column('application_id'), sa.column('section'), sa.column('revision'))
    files = sa.table('attachment', sa.column('id'), sa.column('application_id'), sa.column('removed_at'))
    submission = sa.table(
        'submission', sa.column('application_id'), sa.column('number'), sa.column('at', moment), sa.column('by_id'),
        sa.column('questionnaire_version_id'), sa.column('sections', json), sa.column('attachments', json),
        sa.column('declarations', json), sa.column('in_grace'),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(application).where(application.c.submitted_at.is_not(None))).all():
        newest = sa.select(saves.c.section, sa.func.max(saves.c.revision)).where(saves.c.application_id == row.id)
        there = sa.select(files.c.id).where(files.c.application_id == row.id, files.c.removed_at.is_(None))
        connection.execute(
            submission.insert().values(
                application_id=row.id,
                number=1,
                at=row.submitted_at,
                by_id=row.person_id,
                questionnaire_version_id=row.questionnaire_version_id,
                sections={section: number for section, number in connection.execute(newest.group_by(saves.c.section))},
                attachments=sorted(connection.scalars(there)),
                declarations=row.declarations,
                in_grace=False,
            )
        )


def downgrade() -> None:
    with op.batch_alter_table('section_save') as batch_op:
        batch_op.drop_constraint(op.f('fk_section_save_questionnaire_version_id_questionnaire_version'), type_='foreignkey')
        batch_op.drop_column('questionnaire_version_id')
    with op.batch_alter_table('application') as batch_op:
        batch_op.drop_constraint(op.f('fk_application_assisted_by_id_person'), type_='foreignkey')
        for column in ('is_rehearsal', 'assisted_by_id', 'emptied_at', 'warned_at', 'returned_at', 'reminded_at', 'late_until', 'handed_in_at'):
            batch_op.drop_column(column)
    for table, column in (('programme', 'published_at'), ('call', 'published_at'), ('decision', 'reminded_at'), ('decision', 'answer_by'), ('move', 'questions')):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column(column)
    for table in (
        'submission', 'member', 'form_move', 'application_message', 'rehearsal', 'late_code', 'eligibility_question',
        'questionnaire_draft', 'twin_mark', 'look',
    ):
        op.drop_table(table)
