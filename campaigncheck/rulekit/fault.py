"""What a rule raises when it could not judge a campaign, and who wrote it is to blame, not the program."""

from __future__ import annotations

from campaigncheck.messages import Message


class RuleFaultError(Exception):
    """A rule that cannot be evaluated; told instead of the program's own fault."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(message.render("en"))
        self.message = message
        self.hint = hint
