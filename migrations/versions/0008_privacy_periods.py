"""The privacy page: its own list of periods goes; the page now shows the table that the program carries out.

Only the text that we shipped is taken out; what editors wrote stays. Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

SHIPPED = {
    'nl': (
        '## Hoe lang?\n'
        '\n'
        'Dit is ons voorstel, nog te bevestigen:\n'
        '\n'
        '- een concept dat je nooit indient: tot 90 dagen na het sluiten van de oproep;\n'
        '- niet geselecteerd of ingetrokken: 6 maanden na de beslissing;\n'
        '- op de reservelijst: tot 6 maanden na de start van de groep;\n'
        '- geselecteerd: je antwoorden tot 2 jaar na het programma;\n'
        '- een inschrijving voor een activiteit: naam en adres tot 6 maanden na de activiteit;\n'
        '- een bericht via het contactformulier: tot 6 maanden nadat het is afgehandeld;\n'
        '- toestemming voor nieuws of een volgende oproep: 24 maanden.\n'
        '\n'
    ),
    'fr': (
        '## Combien de temps\u202f?\n'
        '\n'
        'Ceci est notre proposition, à confirmer\xa0:\n'
        '\n'
        '- un brouillon jamais introduit\xa0: jusqu’à 90\xa0jours après la clôture de l’appel\u202f;\n'
        '- candidature non retenue ou retirée\xa0: 6\xa0mois après la décision\u202f;\n'
        '- sur la liste de réserve\xa0: jusqu’à 6\xa0mois après le début du groupe\u202f;\n'
        '- candidature retenue\xa0: vos réponses jusqu’à 2 ans après le programme\u202f;\n'
        '- une inscription à une activité\xa0: nom et adresse jusqu’à 6 mois après l’activité\u202f;\n'
        '- un message envoyé par le formulaire de contact\xa0: jusqu’à 6 mois après son traitement\u202f;\n'
        '- consentement pour des nouvelles ou un prochain appel\xa0: 24\xa0mois.\n'
        '\n'
    ),
}


def upgrade() -> None:
    for language, text in SHIPPED.items():
        column = f'body_{language}'
        op.execute(
            sa.text(f"UPDATE page SET {column} = replace({column}, :shipped, '') WHERE key = 'privacy'").bindparams(
                shipped=text
            )
        )


def downgrade() -> None:
    """The list told of other periods than the program carries out: it does not come back."""
