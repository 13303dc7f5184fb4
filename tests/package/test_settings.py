import logging
from pathlib import Path

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from vobiz_mcp.client import missing
from vobiz_mcp.settings import Settings, WrongSettings, from_environment


def plain(settings: Settings) -> dict[str, str]:
    held = {name: getattr(settings, name) for name in Settings.model_fields.keys() - {"trust_env"}}
    return {name: value if isinstance(value, str) else value.get_secret_value() for name, value in held.items()}


def test_without_any_setting_everything_is_missing_and_nothing_fails() -> None:
    settings = from_environment()
    assert missing(settings, "telephony") == ["VOBIZ_AUTH_ID", "VOBIZ_AUTH_TOKEN"]
    assert missing(settings, "agent") == ["VOBIZ_AGENT_API_KEY", "VOBIZ_AGENT_API_SECRET", "VOBIZ_AGENT_BASE_URL"]
    assert settings.base_url == "https://api.vobiz.ai"


@pytest.mark.parametrize(
    ("variables", "telephony", "agent"),
    [
        pytest.param({"AUTH_ID": "MA_1", "AUTH_TOKEN": "t"}, [], 3, id="telephony alone"),
        pytest.param(
            {"AGENT_API_KEY": "k", "AGENT_API_SECRET": "s", "AGENT_BASE_URL": "https://a.test"}, 2, [], id="agent alone"
        ),
        pytest.param({"AUTH_ID": "MA_1"}, ["VOBIZ_AUTH_TOKEN"], 3, id="half of a half"),
        pytest.param({"AUTH_ID": "MA_1", "AUTH_TOKEN": "  "}, ["VOBIZ_AUTH_TOKEN"], 3, id="a blank is no value"),
    ],
)
def test_either_half_works_alone(
    variables: dict[str, str], telephony: object, agent: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"VOBIZ_{name}", value)
    settings = from_environment()
    for api, expected in (("telephony", telephony), ("agent", agent)):
        absent = missing(settings, api)  # type: ignore[arg-type]
        assert expected == (len(absent) if isinstance(expected, int) else absent)


@pytest.mark.parametrize(
    ("variable", "value", "kept"),
    [
        ("AUTH_TOKEN", " tok-en+/= \n", "tok-en+/="),
        ("AUTH_ID", "\tMA_1 ", "MA_1"),
        ("AGENT_API_SECRET", "s3cr3t_!\r\n", "s3cr3t_!"),
        ("BASE_URL", " https://api.test/ ", "https://api.test"),
        ("BASE_URL", "https://api.vobiz.ai/api/v1/", "https://api.vobiz.ai"),
        ("BASE_URL", "", "https://api.vobiz.ai"),
        ("BASE_URL", "  ", "https://api.vobiz.ai"),
        ("BASE_URL", "http://localhost:8000", "http://localhost:8000"),
        ("BASE_URL", "http://[::1]:8000", "http://[::1]:8000"),
        ("AGENT_BASE_URL", "http://127.0.0.1:1/prefix/", "http://127.0.0.1:1/prefix"),
        ("AGENT_BASE_URL", "https://a.test/api/v1", "https://a.test/api/v1"),
        ("AGENT_BASE_URL", "", ""),
    ],
)
def test_a_value_is_stripped_of_what_copying_adds(
    variable: str, value: str, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"VOBIZ_{variable}", value)
    assert plain(from_environment())[variable.lower()] == kept


HEADER = "printable ASCII"
URL = "a URL such as"
WRONG = [
    ("AUTH_TOKEN", "xyz zy", HEADER),
    ("AUTH_TOKEN", "xyz\nzy", HEADER),
    ("AUTH_TOKEN", "xyzzé", HEADER),
    ("AGENT_API_KEY", "xyz\x01zy", HEADER),
    ("AGENT_API_SECRET", "xyz\u200bzy", HEADER),
    ("AUTH_ID", "xyzzy/../x", "an account id"),
    ("AUTH_ID", "xyzzy" * 30, "an account id"),
    ("BASE_URL", "xyzzy", URL),
    ("BASE_URL", "https://", URL),
    ("BASE_URL", "https:///xyzzy", URL),
    ("BASE_URL", "https://xyzzy:port", URL),
    ("BASE_URL", "https://xyzzy:99999", URL),
    ("BASE_URL", "https://user:xyzzy@h", URL),
    ("BASE_URL", "https://@xyzzy", URL),
    ("BASE_URL", "https://xyzzy/?", URL),
    ("BASE_URL", "https://xyzzy/#", URL),
    ("BASE_URL", "https://xyzzy/?a=b", URL),
    ("BASE_URL", "https://xyzzy\\@h", URL),
    ("BASE_URL", "https://xyzzy /x", URL),
    ("BASE_URL", "https://xyzé", URL),
    ("BASE_URL", "https://[zz]/xyzzy", URL),
    ("BASE_URL", "http://xyzzy.test", "an https URL"),
    ("BASE_URL", "http://localhost.xyzzy.test", "an https URL"),
    ("BASE_URL", "ftp://xyzzy.test", "an https URL"),
    ("AGENT_BASE_URL", "http://0.0.0.0:1/xyzzy", "an https URL"),
]


@pytest.mark.parametrize(("variable", "value", "expected"), WRONG)
def test_a_wrong_value_is_named_with_what_is_expected_and_never_shown(
    variable: str, value: str, expected: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"VOBIZ_{variable}", value)
    with pytest.raises(WrongSettings) as caught:
        from_environment()
    assert f"VOBIZ_{variable} must be {expected}" in str(caught.value)
    shown = f"{caught.value!r} {caught.value} {caught.value.__cause__!r} {capfd.readouterr()}"
    assert "xyz" not in shown


def test_every_wrong_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTH_ID", "AUTH_TOKEN", "AGENT_BASE_URL"):
        monkeypatch.setenv(f"VOBIZ_{name}", "not this")
    with pytest.raises(WrongSettings, match=r"VOBIZ_AUTH_ID .*VOBIZ_AUTH_TOKEN .*VOBIZ_AGENT_BASE_URL"):
        from_environment()


def test_a_dotenv_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("VOBIZ_AUTH_ID='MA_FILE'\nVOBIZ_AUTH_TOKEN=from-file\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("VOBIZ_AUTH_TOKEN", "from-environment")
    held = plain(from_environment())
    assert (held["auth_id"], held["auth_token"]) == ("MA_FILE", "from-environment")


def test_a_dotenv_file_that_is_no_text_is_said_in_a_sentence() -> None:
    Path(".env").write_bytes(b"VOBIZ_AUTH_TOKEN=\xff\xfe\x00secret")
    with pytest.raises(WrongSettings, match=r"\.env cannot be read") as caught:
        from_environment()
    assert "secret" not in str(caught.value)


def test_secrets_show_in_no_form_of_the_settings(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("AUTH_ID", "AUTH_TOKEN", "AGENT_API_KEY", "AGENT_API_SECRET"):
        monkeypatch.setenv(f"VOBIZ_{name}", "hidden-value")
    settings = from_environment()
    forms = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert "hidden" not in f"{forms} {capfd.readouterr()} {caplog.text}"
    with pytest.raises(ValidationError):
        setattr(settings, "base_url", "https://elsewhere.test")  # noqa: B010 - mypy would forbid it too


@given(st.text("htps:/.[]@?#\\aé%0-_ \n", max_size=25).map(lambda rest: f"https://{rest}"))
def test_a_base_url_that_is_accepted_leads_to_the_host_that_it_names(url: str) -> None:
    try:
        accepted = Settings(_env_file=None, agent_base_url=url).agent_base_url
    except ValidationError:
        return
    target = httpx2.URL(f"{accepted}/api/calls/x")
    assert (target.host, target.query, target.userinfo) == (httpx2.URL(url.strip()).host, b"", b"")
    assert target.path.endswith("/api/calls/x")
