"""Selection: conflicts of interest, readers and what they think, interviews, jury meetings, advice and feedback;
tags and saved views; letters in batches and the words of the team for them.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# The words by which the team finds files; what FTS5 needs is told in migration 0002.
SQLITE = (
    "CREATE VIRTUAL TABLE team_fts USING fts5(stems, content='team_entry', content_rowid='application_id', tokenize='ascii')",
    """CREATE TRIGGER team_fts_added AFTER INSERT ON team_entry BEGIN
        INSERT INTO team_fts (rowid, stems) VALUES (new.application_id, new.stems);
    END""",
    """CREATE TRIGGER team_fts_removed AFTER DELETE ON team_entry BEGIN
        INSERT INTO team_fts (team_fts, rowid, stems) VALUES ('delete', old.application_id, old.stems);
    END""",
    """CREATE TRIGGER team_fts_changed AFTER UPDATE ON team_entry BEGIN
        INSERT INTO team_fts (team_fts, rowid, stems) VALUES ('delete', old.application_id, old.stems);
        INSERT INTO team_fts (rowid, stems) VALUES (new.application_id, new.stems);
    END""",
)
POSTGRESQL = ("CREATE INDEX team_fts ON team_entry USING gin (to_tsvector('simple', stems))",)


def upgrade() -> None:
    op.create_table(
        'tag',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_tag')),
        sa.UniqueConstraint('name', name=op.f('uq_tag_name')),
    )
    op.create_table(
        'conflict',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('standing', sa.Text(), nullable=False),
        sa.Column('sign', sa.Text(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_conflict_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_conflict_by_id_person'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_conflict_person_id_person'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_conflict')),
        sa.UniqueConstraint('person_id', 'application_id', name=op.f('uq_conflict_person_id_application_id')),
    )
    op.create_index(op.f('ix_conflict_application_id'), 'conflict', ['application_id'])
    op.create_table(
        'saved_view',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('query', sa.Text(), nullable=False),
        sa.Column('is_shared', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_saved_view_person_id_person'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    )
    op.create_index(op.f('ix_saved_view_person_id'), 'saved_view', ['person_id'])
    op.create_table(
        'wording',
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('subject_nl', sa.Text(), nullable=False),
        sa.Column('subject_fr', sa.Text(), nullable=False),
        sa.Column('body_nl', sa.Text(), nullable=False),
        sa.Column('body_fr', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_wording_by_id_person'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('kind', name=op.f('pk_wording')),
    )
    op.create_table(
        'meeting',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.Text(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('place', sa.Text(), nullable=False),
        sa.Column('quorum', sa.Integer(), nullable=False),
        sa.Column('minutes_each', sa.Integer(), nullable=False),
        sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('notes', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_meeting_call_id_call'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
        sa.UniqueConstraint('key', name=op.f('uq_meeting_key')),
    )
    op.create_index(op.f('ix_meeting_call_id'), 'meeting', ['call_id'])
    op.create_table(
        'reader',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('organisation', sa.Text(), nullable=False),
        sa.Column('languages', sa.Text(), nullable=False),
        sa.Column('expertise', sa.Text(), nullable=False),
        sa.Column('most_files', sa.Integer(), nullable=True),
        sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('invited_by_id', sa.Integer(), nullable=True),
        sa.Column('declared_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_reader_call_id_call'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['invited_by_id'], ['person.id'], name=op.f('fk_reader_invited_by_id_person'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reader_person_id_person'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_reader')),
        sa.UniqueConstraint('call_id', 'person_id', name=op.f('uq_reader_call_id_person_id')),
    )
    op.create_index(op.f('ix_reader_person_id'), 'reader', ['person_id'])
    op.create_table(
        'reading_plan',
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('readings', sa.Integer(), nullable=False),
        sa.Column('most_files', sa.Integer(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('blind', sa.Text(), nullable=False),
        sa.Column('wide_spread', sa.Integer(), nullable=False),
        sa.Column('band', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_reading_plan_call_id_call'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('call_id', name=op.f('pk_reading_plan')),
    )
    op.create_table(
        'advice',
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('outcome', sa.Text(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_advice_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_advice_by_id_person'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('application_id', name=op.f('pk_advice')),
    )
    op.create_table(
        'assignment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('reader_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('by_hand', sa.Boolean(), nullable=False),
        sa.Column('why', sa.JSON(), nullable=False),
        sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_assignment_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_assignment_by_id_person'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['reader_id'], ['reader.id'], name=op.f('fk_assignment_reader_id_reader'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment')),
        sa.UniqueConstraint('application_id', 'reader_id', name=op.f('uq_assignment_application_id_reader_id')),
    )
    op.create_index(op.f('ix_assignment_reader_id'), 'assignment', ['reader_id'])
    op.create_table(
        'feedback',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('criterion_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_feedback_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_feedback_by_id_person'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_feedback_criterion_id_criterion'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback')),
        sa.UniqueConstraint('application_id', 'criterion_id', name=op.f('uq_feedback_application_id_criterion_id')),
    )
    op.create_index(op.f('ix_feedback_criterion_id'), 'feedback', ['criterion_id'])
    op.create_table(
        'interview',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('invited_by_id', sa.Integer(), nullable=True),
        sa.Column('choose_by', sa.Date(), nullable=False),
        sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('notes', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_interview_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['invited_by_id'], ['person.id'], name=op.f('fk_interview_invited_by_id_person'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_interview')),
        sa.UniqueConstraint('application_id', name=op.f('uq_interview_application_id')),
    )
    op.create_table(
        'meeting_item',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('revealed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('present', sa.Integer(), nullable=True),
        sa.Column('outcome', sa.Text(), nullable=False),
        sa.Column('rank', sa.Integer(), nullable=True),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_meeting_item_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_item_meeting_id_meeting'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_item')),
        sa.UniqueConstraint('meeting_id', 'application_id', name=op.f('uq_meeting_item_meeting_id_application_id')),
    )
    op.create_index(op.f('ix_meeting_item_application_id'), 'meeting_item', ['application_id'])
    op.create_table(
        'remark',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('text', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_remark_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_remark_by_id_person'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_remark')),
    )
    op.create_index(op.f('ix_remark_application_id'), 'remark', ['application_id'])
    op.create_table(
        'seat',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('role', sa.Text(), nullable=False),
        sa.Column('came_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_seat_meeting_id_meeting'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_seat_person_id_person'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_seat')),
        sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_seat_meeting_id_person_id')),
    )
    op.create_index(op.f('ix_seat_person_id'), 'seat', ['person_id'])
    op.create_table(
        'tagged_application',
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('tag_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_tagged_application_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['tag_id'], ['tag.id'], name=op.f('fk_tagged_application_tag_id_tag'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('application_id', 'tag_id', name=op.f('pk_tagged_application')),
    )
    op.create_index(op.f('ix_tagged_application_tag_id'), 'tagged_application', ['tag_id'])
    op.create_table(
        'meeting_absence',
        sa.Column('item_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['item_id'], ['meeting_item.id'], name=op.f('fk_meeting_absence_item_id_meeting_item'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_meeting_absence_person_id_person'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('item_id', 'person_id', name=op.f('pk_meeting_absence')),
    )
    op.create_index(op.f('ix_meeting_absence_person_id'), 'meeting_absence', ['person_id'])
    op.create_table(
        'review',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('assignment_id', sa.Integer(), nullable=False),
        sa.Column('submission_number', sa.Integer(), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('window', sa.Text(), nullable=False),
        sa.Column('recommendation', sa.Text(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_review_assignment_id_assignment'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_review')),
        sa.UniqueConstraint('assignment_id', name=op.f('uq_review_assignment_id')),
    )
    op.create_table(
        'slot',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.Text(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('place_nl', sa.Text(), nullable=False),
        sa.Column('place_fr', sa.Text(), nullable=False),
        sa.Column('link', sa.Text(), nullable=False),
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('interview_id', sa.Integer(), nullable=True),
        sa.Column('revised_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_slot_call_id_call'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['interview_id'], ['interview.id'], name=op.f('fk_slot_interview_id_interview'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_slot')),
        sa.UniqueConstraint('interview_id', name=op.f('uq_slot_interview_id')),
        sa.UniqueConstraint('key', name=op.f('uq_slot_key')),
    )
    op.create_index(op.f('ix_slot_call_id'), 'slot', ['call_id'])
    op.create_table(
        'interviewer',
        sa.Column('slot_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_interviewer_person_id_person'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['slot_id'], ['slot.id'], name=op.f('fk_interviewer_slot_id_slot'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('slot_id', 'person_id', name=op.f('pk_interviewer')),
    )
    op.create_index(op.f('ix_interviewer_person_id'), 'interviewer', ['person_id'])
    op.create_table(
        'mark',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('review_id', sa.Integer(), nullable=False),
        sa.Column('criterion_id', sa.Integer(), nullable=False),
        sa.Column('score', sa.Integer(), nullable=True),
        sa.Column('cannot_judge', sa.Boolean(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_mark_criterion_id_criterion'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_mark_review_id_review'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_mark')),
        sa.UniqueConstraint('review_id', 'criterion_id', name=op.f('uq_mark_review_id_criterion_id')),
    )
    op.create_index(op.f('ix_mark_criterion_id'), 'mark', ['criterion_id'])
    op.create_table(
        'team_entry',
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('stems', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_team_entry_application_id_application'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('application_id', name=op.f('pk_team_entry')),
    )
    for statement in POSTGRESQL if op.get_bind().dialect.name == 'postgresql' else SQLITE:
        op.execute(statement)
    op.create_index('ix_application_call_submitted_at', 'application', ['call_id', 'submitted_at', 'id'])
    with op.batch_alter_table('criterion') as batch_op:
        batch_op.add_column(sa.Column('lowest', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('highest', sa.Integer(), nullable=False, server_default='5'))
        batch_op.add_column(sa.Column('reason_under', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('decision') as batch_op:
        batch_op.add_column(sa.Column('promoted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('corrected_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('letter') as batch_op:
        batch_op.add_column(sa.Column('body', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('batch', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('edited_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('again_of_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_letter_batch'), ['batch'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_letter_edited_by_id_person'), 'person', ['edited_by_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_letter_again_of_id_letter'), 'letter', ['again_of_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('move') as batch_op:
        batch_op.add_column(sa.Column('reasons', sa.JSON(), nullable=False, server_default='[]'))
    kept_by_the_program = {
        'criterion': {'lowest': sa.Integer(), 'highest': sa.Integer(), 'reason_under': sa.Integer()},
        'letter': {'body': sa.Text(), 'batch': sa.Text()},
        'move': {'reasons': sa.JSON()},
    }
    for table, columns in kept_by_the_program.items():
        with op.batch_alter_table(table) as batch_op:
            for column, kind in columns.items():
                batch_op.alter_column(column, existing_type=kind, server_default=None)


def downgrade() -> None:
    op.drop_index('ix_application_call_submitted_at', 'application')
    op.drop_table('team_entry')
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE team_fts')
    with op.batch_alter_table('move') as batch_op:
        batch_op.drop_column('reasons')

    with op.batch_alter_table('letter') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_letter_again_of_id_letter'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_letter_edited_by_id_person'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_letter_batch'))
        batch_op.drop_column('again_of_id')
        batch_op.drop_column('edited_by_id')
        batch_op.drop_column('edited_at')
        batch_op.drop_column('batch')
        batch_op.drop_column('body')

    with op.batch_alter_table('decision') as batch_op:
        batch_op.drop_column('corrected_at')
        batch_op.drop_column('promoted_at')

    with op.batch_alter_table('criterion') as batch_op:
        batch_op.drop_column('reason_under')
        batch_op.drop_column('highest')
        batch_op.drop_column('lowest')

    for table in (
        'mark', 'interviewer', 'slot', 'review', 'meeting_absence', 'tagged_application', 'seat', 'remark',
        'meeting_item', 'interview', 'feedback', 'assignment', 'advice', 'reading_plan', 'reader', 'meeting', 'wording',
        'saved_view', 'conflict', 'tag',
    ):
        op.drop_table(table)
