"""Settings of a store as versions, pausing and resuming it, and its new token."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Header

from tillbridge.console.api.call import connected, the_call
from tillbridge.console.api.lists import StoreInPath
from tillbridge.console.api.models import connecting as connecting_models
from tillbridge.console.api.models import settings as settings_models
from tillbridge.console.api.models import taken as taken_models
from tillbridge.console.api.problem import Refused
from tillbridge.console.api.shown import when
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.settings_versions import SettingsChanged
from tillbridge.domain.settings_words import NoSuchSetting
from tillbridge.usecases import pausing
from tillbridge.usecases.change_settings import change_settings
from tillbridge.usecases.console.compare_sides import compare_sides
from tillbridge.usecases.console.show_settings import show_settings
from tillbridge.usecases.rotate_token import rotate_token

_JSON = "application/json"

IfMatch = Annotated[str, Header(alias="If-Match", pattern=r'^("[0-9]{1,15}")?$')]
"""The version that the caller saw, as the header ETag gave it."""


def show(store: StoreInPath) -> Response[settings_models.Settings]:
    """Show the settings of a store, with the versions that are kept. The header ETag is the version."""
    return _shown(connected(store))


def change(
    store: StoreInPath, body: settings_models.NewSettings, if_match: IfMatch = ""
) -> Response[settings_models.Settings]:
    """Change settings: only while the version that If-Match names holds, else it is answered 412 with who changed what."""
    call, known = the_call(), connected(store)
    if not if_match:
        words = "Send the header If-Match with the ETag of the settings that you saw."
        raise Refused(428, "if_match_needed", words)
    try:
        change_settings(call.deps, known, call.person.name, int(if_match.strip('"')), body.settings)
    except SettingsChanged as why:
        raise Refused(412, "changed_meanwhile", str(why)) from why
    except NoSuchSetting as why:
        place = f"body.settings.{why.name}" if why.name else "body.settings"
        words = (
            why.rule if why.name else "There is no such setting. Those that there are GET tells."
        )
        raise Refused(422, "invalid", words, [{"place": place, "kind": "no_such_value"}]) from why
    if body.compare:
        compare_sides(call.deps, call.person, known, full=True)
    return _shown(known)


def pause(store: StoreInPath, body: settings_models.NewPause) -> settings_models.StoreStanding:
    """Pause a store: nothing is sent until it is resumed. Of one that is paused already nothing changes."""
    call = the_call()
    return _state(
        pausing.pause(call.deps.stores, call.deps.clock, StoreId(store), call.person.name, body.why)
    )


def resume(store: StoreInPath, body: taken_models.Nothing) -> settings_models.StoreStanding:  # noqa: ARG001 - a call needs a body
    """Resume a store: what waited is sent, and trouble is forgotten."""
    deps = the_call().deps
    return _state(pausing.resume(deps.stores, deps.signals, StoreId(store)))


def token(store: StoreInPath, body: connecting_models.NewToken) -> connecting_models.Scopes:
    """Replace the token of a store: it is tried first, and nobody can read it afterwards."""
    reads = rotate_token(the_call().deps, StoreId(store), body.token)
    return connecting_models.Scopes(
        data=[
            connecting_models.Scope(name=each.name, there=each.there, words=each.words)
            for each in reads
        ]
    )


def _shown(store: StoreId) -> Response[settings_models.Settings]:
    shown = show_settings(the_call().deps, store)
    version = shown.connection.settings_version
    found = settings_models.Settings(
        version=version,
        settings=dict(shown.words),
        linked=shown.linked,
        versions=[
            settings_models.SettingsVersion(
                version=each.number,
                by=each.by,
                at=when(each.at_ms),
                settings=dict(each.words),
                changes=[
                    settings_models.SettingChange(name=it.name, before=it.before, after=it.after)
                    for it in each.changes
                ],
            )
            for each in shown.versions
        ],
    )
    return Response(200, _JSON, found, headers={"ETag": f'"{version}"'})


def _state(connection: Connection) -> settings_models.StoreStanding:
    pause = connection.pause
    return settings_models.StoreStanding(
        state=connection.state,
        paused_by=pause.by,
        paused_why=pause.why,
        paused_at=when(pause.since_ms),
    )
