"""Consents: one record for each purpose; the boxes that were ticked until now become records.

Revision: 0007, after 0006.
"""

import json
from calendar import monthrange
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

NEWSLETTER = 'newsletter'


def upgrade() -> None:
    op.create_table(
        'consent',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=True),
        sa.Column('purpose', sa.Text(), nullable=False),
        sa.Column('version', sa.Text(), nullable=False),
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_consent_application_id_application'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consent_person_id_person'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_consent')),
    )
    for column in ('application_id', 'person_id', 'purpose'):
        op.create_index(op.f(f'ix_consent_{column}'), 'consent', [column])
    _record_what_was_ticked()


def downgrade() -> None:
    op.drop_table('consent')


def _record_what_was_ticked() -> None:
    """A consent counts from the hand-in that first carried this version of its text, as long as it is still ticked."""
    connection = op.get_bind()
    forms = {}
    given = {}
    rows = connection.execute(
        sa.text(
            'SELECT s.application_id, s.at, s.declarations, s.questionnaire_version_id, a.declarations AS still,'
            ' a.person_id, a.language, s.by_id, a.assisted_by_id'
            ' FROM submission s JOIN application a ON a.id = s.application_id'
            ' WHERE NOT a.is_rehearsal ORDER BY s.at, s.id'
        )
    ).all()
    for row in rows:
        if row.questionnaire_version_id not in forms:
            forms[row.questionnaire_version_id] = _consents_of(connection, row.questionnaire_version_id)
        ticked, still = _read(row.declarations), _read(row.still)
        for key, declaration in forms[row.questionnaire_version_id].items():
            version = declaration.get('version', '')
            if ticked.get(key) != version or still.get(key) != version:
                continue
            person = row.by_id if row.by_id not in (None, row.assisted_by_id) else row.person_id
            about = None if key == NEWSLETTER else row.application_id
            owner = ('person', person) if about is None else ('application', about)
            given.setdefault((owner, key), _record(row, key, declaration, person, about))
    if given:
        table = sa.table('consent', *(sa.column(name) for name in next(iter(given.values()))))
        table.c.given_at.type = table.c.ends_at.type = sa.DateTime(timezone=True)
        connection.execute(table.insert(), list(given.values()))


def _record(row, key, declaration, person, about) -> dict:
    at = row.at if isinstance(row.at, datetime) else datetime.fromisoformat(row.at)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    months = declaration.get('months')
    return {
        'person_id': person, 'application_id': about, 'purpose': key, 'version': declaration.get('version', ''),
        'language': row.language, 'text': declaration.get('text', {}).get(row.language, ''), 'given_at': at,
        'ends_at': _months_later(at, months) if months else None,
    }


def _consents_of(connection, version) -> dict:
    found = connection.execute(
        sa.text('SELECT definition FROM questionnaire_version WHERE id = :id'), {'id': version}
    ).scalar_one()
    definition = _read(found)
    declarations = definition.get('declaration') or definition.get('declarations') or []
    return {one['key']: one for one in declarations if one.get('consent')}


def _read(value) -> dict:
    return json.loads(value) if isinstance(value, str | bytes) else (value or {})


def _months_later(at: datetime, months: int) -> datetime:
    years, month = divmod(at.month - 1 + months, 12)
    year, month = at.year + years, month + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))
