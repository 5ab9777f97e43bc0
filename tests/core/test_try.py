import time
from tests.builders import *
def test_signin(client):
    t=time.time()
    page = client.get_path("/nl/aanmelden", skip={"files"})
    print(time.time()-t, len(page.statements), page.text[:500])
def test_people(els, amina, app):
    print(els.session(), els.person.roles)
def test_build(app):
    a_step(a_call()); a_criterion(a_call(open=False)); an_enterprise(); an_event(); an_indicator(); a_page(); an_article(); a_partner(); a_funding_round()
    x = an_application(state=State.JURY); print(x.reference, x.title)
    y = an_application(submitted=True, call=a_call(version=a_version(the_form())), language="fr"); print(y.reference, y.title)
    db.session.commit()
