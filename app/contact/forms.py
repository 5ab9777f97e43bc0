"""The contact form."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, StringField, TextAreaField

from app.contact.rules import LONGEST_MESSAGE
from app.core.http.forms import Form, PublicForm, at_most, email_address, needed, no_address


class MessageForm(PublicForm):
    """The form on the contact page. It acts for nobody, so it carries no token: see `acts_for_nobody`."""

    class Meta(PublicForm.Meta):
        """No token: reading the page sets no cookie."""

        csrf = False

    name = StringField(_l("Your name"), [needed(_l("Fill in your name")), at_most(120), no_address])
    email = EmailField(_l("Your e-mail address"), [needed(_l("Fill in your e-mail address")), email_address])
    text = TextAreaField(_l("Your message"), [needed(_l("Write your message")), at_most(LONGEST_MESSAGE)])
    copy = BooleanField(_l("Send me a copy"))


class EmptyForm(Form):
    """A button; only checks the CSRF token."""
