"""A repository to serve, and what is asked of it without processes in between."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from starlette.testclient import TestClient

from campaigncheck.messages import Lang
from campaigncheck.serve.app import Room
from campaigncheck.serve.context import Context
from campaigncheck.serve.crew import Crew
from campaigncheck.serve.desk import Desk
from campaigncheck.serve.security import TOKEN_HEADER, Guard
from campaigncheck.serve.settings import Ask, Settings
from campaigncheck.serve.worker import Reply, answer

HOME = Path(__file__).parents[2]
TODAY = date(2026, 12, 1)
SPRING = "campaigns/sichuan/sc-2027-spring-broadband.yaml"
ADDRESS = "http://127.0.0.1:8800"


def copy(folder: Path) -> Path:
    """Copy the examples and their rules into a folder."""
    shutil.copytree(HOME / "campaigns", folder / "campaigns")
    shutil.copytree(HOME / "rules", folder / "rules")
    return folder


def settings(waivers: Path | None = None) -> Settings:
    """What is served from the working directory."""
    return Settings("campaigns", "campaigns", Path("rules"), waivers, TODAY)


class NearDesk(Desk):
    """A desk whose one worker is this process."""

    def __init__(self, context: Context) -> None:
        super().__init__(lambda: context.settings, 0)
        self.context = context
        self._crew = Crew(context.settings, 0)
        self.generation = 1

    async def ask(self, ask: Ask) -> Reply:
        """Answer here and now."""
        return answer(self.context, ask)


def client(context: Context, lang: Lang = "zh", saving: bool = False, token: str = "right") -> TestClient:
    """A client of the application that shows the token, as the page does."""
    room = Room(NearDesk(context), Guard("right"), lang, saving)
    return TestClient(room.app(), base_url=ADDRESS, headers={TOKEN_HEADER: token})
