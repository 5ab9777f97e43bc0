"""The field's words for tables and columns: reviewer, criterion score, comment, access log, outgoing mail, published.

Revision: 0022, after 0021.
"""

from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

TABLES = (
    ('reader', 'reviewer'),
    ('mark', 'criterion_score'),
    ('remark', 'comment'),
    ('look', 'access_log_entry'),
    ('twin_mark', 'stale_translation'),
    ('seat', 'meeting_member'),
    ('lost_seat', 'removed_meeting_member'),
    ('letter', 'outgoing_mail'),
)
COLUMNS = (
    ('advice', 'words', 'comment'),
    ('assignment', 'reader_id', 'reviewer_id'),
    ('assignment', 'told_at', 'notified_at'),
    ('audit_entry', 'deed', 'action'),
    ('call_change', 'told_at', 'announced_at'),
    ('conflict', 'sign', 'signal'),
    ('conflict', 'standing', 'status'),
    ('conflict', 'words', 'explanation'),
    ('decision', 'told_at', 'published_at'),
    ('review', 'window', 'tab_id'),
    ('review', 'words', 'comment'),
    ('section_save', 'window', 'tab_id'),
)
CONSTRAINTS = (
    ('assignment', 'fk_assignment_reader_id_reader', 'fk_assignment_reviewer_id_reviewer'),
    ('assignment', 'uq_assignment_application_id_reader_id', 'uq_assignment_application_id_reviewer_id'),
    ('outgoing_mail', 'fk_letter_again_of_id_letter', 'fk_outgoing_mail_again_of_id_outgoing_mail'),
    ('outgoing_mail', 'fk_letter_edited_by_id_person', 'fk_outgoing_mail_edited_by_id_person'),
    ('outgoing_mail', 'pk_letter', 'pk_outgoing_mail'),
    ('outgoing_mail', 'uq_letter_key', 'uq_outgoing_mail_key'),
    ('access_log_entry', 'pk_look', 'pk_access_log_entry'),
    ('removed_meeting_member', 'fk_lost_seat_meeting_id_meeting', 'fk_removed_meeting_member_meeting_id_meeting'),
    ('removed_meeting_member', 'fk_lost_seat_person_id_person', 'fk_removed_meeting_member_person_id_person'),
    ('removed_meeting_member', 'pk_lost_seat', 'pk_removed_meeting_member'),
    ('criterion_score', 'fk_mark_criterion_id_criterion', 'fk_criterion_score_criterion_id_criterion'),
    ('criterion_score', 'fk_mark_review_id_review', 'fk_criterion_score_review_id_review'),
    ('criterion_score', 'pk_mark', 'pk_criterion_score'),
    ('criterion_score', 'uq_mark_review_id_criterion_id', 'uq_criterion_score_review_id_criterion_id'),
    ('reviewer', 'fk_reader_call_id_call', 'fk_reviewer_call_id_call'),
    ('reviewer', 'fk_reader_invited_by_id_person', 'fk_reviewer_invited_by_id_person'),
    ('reviewer', 'fk_reader_person_id_person', 'fk_reviewer_person_id_person'),
    ('reviewer', 'pk_reader', 'pk_reviewer'),
    ('reviewer', 'uq_reader_call_id_person_id', 'uq_reviewer_call_id_person_id'),
    ('comment', 'fk_remark_application_id_application', 'fk_comment_application_id_application'),
    ('comment', 'fk_remark_by_id_person', 'fk_comment_by_id_person'),
    ('comment', 'pk_remark', 'pk_comment'),
    ('meeting_member', 'fk_seat_meeting_id_meeting', 'fk_meeting_member_meeting_id_meeting'),
    ('meeting_member', 'fk_seat_person_id_person', 'fk_meeting_member_person_id_person'),
    ('meeting_member', 'pk_seat', 'pk_meeting_member'),
    ('meeting_member', 'uq_seat_meeting_id_person_id', 'uq_meeting_member_meeting_id_person_id'),
    ('stale_translation', 'pk_twin_mark', 'pk_stale_translation'),
)
INDEXES = (
    ('access_log_entry', 'ix_look_at', 'ix_access_log_entry_at', ('at',)),
    ('outgoing_mail', 'ix_letter_created_at', 'ix_outgoing_mail_created_at', ('created_at',)),
    ('assignment', 'ix_assignment_reader_id', 'ix_assignment_reviewer_id', ('reviewer_id',)),
    ('outgoing_mail', 'ix_letter_about', 'ix_outgoing_mail_about', ('about',)),
    ('outgoing_mail', 'ix_letter_batch', 'ix_outgoing_mail_batch', ('batch',)),
    ('outgoing_mail', 'ix_letter_state_due_at', 'ix_outgoing_mail_state_due_at', ('state', 'due_at')),
    ('removed_meeting_member', 'ix_lost_seat_person_id', 'ix_removed_meeting_member_person_id', ('person_id',)),
    ('criterion_score', 'ix_mark_criterion_id', 'ix_criterion_score_criterion_id', ('criterion_id',)),
    ('reviewer', 'ix_reader_person_id', 'ix_reviewer_person_id', ('person_id',)),
    ('comment', 'ix_remark_application_id', 'ix_comment_application_id', ('application_id',)),
    ('meeting_member', 'ix_seat_person_id', 'ix_meeting_member_person_id', ('person_id',)),
)


def upgrade() -> None:
    for before, after in TABLES:
        op.rename_table(before, after)
    for table, before, after in COLUMNS:
        op.alter_column(table, before, new_column_name=after)
    rename_constraints([(table, before, after) for table, before, after in CONSTRAINTS])
    for table, before, after, columns in INDEXES:
        rename_index(table, before, after, columns)
    rename_sequences(TABLES)
    op.execute("UPDATE role_grant SET role = 'reviewer' WHERE role = 'juror'")


def downgrade() -> None:
    op.execute("UPDATE role_grant SET role = 'juror' WHERE role = 'reviewer'")
    rename_sequences([(after, before) for before, after in TABLES])
    columns_before = {(table, after): before for table, before, after in COLUMNS}
    rename_constraints([(table, after, before) for table, before, after in CONSTRAINTS])
    for table, before, after in COLUMNS:
        op.alter_column(table, after, new_column_name=before)
    for table, before, after, columns in INDEXES:
        rename_index(table, after, before, [columns_before.get((table, one), one) for one in columns])
    for before, after in TABLES:
        op.rename_table(after, before)


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == 'sqlite'


def rename_constraints(names: list[tuple[str, str, str]]) -> None:
    """Rename constraints. On SQLite their names are only text in the stored CREATE TABLE statement."""
    if not is_sqlite():
        for table, before, after in names:
            op.execute(f'ALTER TABLE {table} RENAME CONSTRAINT {before} TO {after}')
        return
    connection = op.get_bind()
    version = connection.exec_driver_sql('PRAGMA schema_version').scalar()
    connection.exec_driver_sql('PRAGMA writable_schema=ON')
    for table, before, after in names:
        connection.exec_driver_sql(
            "UPDATE sqlite_master SET sql = replace(replace(sql, 'CONSTRAINT ' || ? || ' ', 'CONSTRAINT ' || ? || ' '), "
            "'CONSTRAINT \"' || ? || '\" ', 'CONSTRAINT ' || ? || ' ') WHERE type = 'table' AND name = ?",
            (before, after, before, after, table),
        )
    connection.exec_driver_sql(f'PRAGMA schema_version={version + 1}')
    connection.exec_driver_sql('PRAGMA writable_schema=OFF')


def rename_index(table: str, before: str, after: str, columns: list[str]) -> None:
    if is_sqlite():
        op.drop_index(before, table_name=table)
        op.create_index(after, table, columns)
    else:
        op.execute(f'ALTER INDEX {before} RENAME TO {after}')


def rename_sequences(tables: list[tuple[str, str]]) -> None:
    """On PostgreSQL the sequence behind `id` carries the name of the table."""
    if is_sqlite():
        return
    for before, after in tables:
        op.execute(f'ALTER SEQUENCE IF EXISTS {before}_id_seq RENAME TO {after}_id_seq')
