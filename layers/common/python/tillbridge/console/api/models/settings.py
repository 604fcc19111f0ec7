"""Settings, their versions, and pauses."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StrictBool

from tillbridge.console.api.models.taken import Taken
from tillbridge.domain.connection import StoreState
from tillbridge.usecases.pausing import LONGEST_WHY


class NewSettings(Taken):
    """Settings to be changed, each by name, as `tillbridge store set` takes them. `compare`: both sides are compared
    then, all products."""

    settings: Annotated[dict[str, Annotated[str, Field(max_length=4_000)]], Field(min_length=1)]
    compare: StrictBool = False


class NewPause(Taken):
    """Why a store is paused, for whoever meets it paused."""

    why: Annotated[str, Field(max_length=LONGEST_WHY)] = ""


class SettingChange(BaseModel):
    """One setting that a version changed."""

    name: str
    before: str
    after: str


class SettingsVersion(BaseModel):
    """The settings from `at` on, and who changed what; `by` is "" and `at` null of those that were there before
    versions were kept."""

    version: int
    by: str
    at: datetime | None
    settings: dict[str, str]
    changes: list[SettingChange]


class Settings(BaseModel):
    """The settings of a store, by name, as `version` has them; the last ten versions, newest first. `linked`: products
    that were linked at the last full comparison."""

    version: int
    settings: dict[str, str]
    linked: int
    versions: list[SettingsVersion]


class StoreStanding(BaseModel):
    """Whether a store is active, paused (by whom, why and since when) or needs attention."""

    state: StoreState
    paused_by: str
    paused_why: str
    paused_at: datetime | None
