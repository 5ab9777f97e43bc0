import tests.inspection as I, re, pathlib
I.faults=lambda page, skip=(): []
from tests.builders import an_application, a_call, a_version, the_form
from app.core.db import db
def test_try(amina):
    call = a_call(version=a_version(the_form()))
    application = an_application(person=amina.person, call=call, language="fr", answers={"legal_form":"asbl","team":[{"name":"Lucie Moreau","role":"coordination","experience":"x"*40,"days":"2"},{"name":"Youssef","role":"","experience":"","days":"9"}],"enterprise_number":"0403.227.516", "summary": "é"*300})
    db.session.commit()
    css="".join(pathlib.Path("static/css/"+n+".css").read_text() for n in "tokens base components public apply".split())
    def keep(page,name):
        h=re.sub(r"<link [^>]*rel=.stylesheet[^>]*>","",str(page.soup)).replace("</head>","<style>"+css+"</style></head>").replace("<script","<template").replace("</script","</template")
        pathlib.Path(f"/tmp/coop/qp-{name}.html").write_text(h)
    for k in ("team","project","economy","practical"):
        p=amina.get("applications_writer.section", key=application.key, part=k, lang="fr")
        keep(p.submit("do=save", status=None) if k in("team","project") else p, k)
    keep(amina.get("applications_applicant.check", key=application.key, lang="nl"),"check")
