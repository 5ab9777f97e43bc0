"""The sign-in form."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField

from app.core.http.forms import Form, email_address, needed


class SignInForm(Form):
    email = EmailField(_l("Your e-mail address"), [needed(_l("Fill in your e-mail address")), email_address])
    next = HiddenField()
