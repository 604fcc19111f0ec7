"""What looks like a secret is found in any tracked file, and what is none is known with a reason."""

from pathlib import Path

import pytest

from tests.safety.secrets import ROOT, Finding, Known, findings, judged, known

# Put together here, so that this file holds none.
SECRETS = {
    "an AWS key": "key is AKI" + "AQ3EGRIBW5CTFPZ7N",
    "a private key": "-----BEGIN RSA PRIV" + "ATE KEY-----",
    "a token of GitHub": "ghp_" + "Rk8sT2pLmQ9vXw3yZ5bN7cD1fG4hJ6kA0eUi",
    "an access token": "access_token" + ' = "' + "k3v9x0q7w2e5r8t1y4u6i0o3p9a2s5d" + '"',
    "hex": 'token: "' + "9f86d081884c7d659a2feaa0c55ad015" + '"',
    "a password in an address": "https://shop:" + "hunter22@pos.example/api",
}


def _in(folder: Path, text: str, name: str = "settings.py") -> list[Finding]:
    (folder / name).write_text(f"# the first line\n{text}\n", encoding="utf-8")
    return findings([name], folder)


@pytest.mark.parametrize("what", SECRETS)
def test_a_secret_is_found_at_its_line(tmp_path: Path, what: str) -> None:
    assert {each.line for each in _in(tmp_path, SECRETS[what])} == {2}


def test_the_word_that_tells_of_it_does_not_show_it(tmp_path: Path) -> None:
    (told,) = judged(_in(tmp_path, SECRETS["an AWS key"]), [])
    assert told == "settings.py:2: looks like a secret (AWS Access Key)"


@pytest.mark.parametrize(
    "text",
    [
        "tillbridge store add shop --hash HASH --token-file token.txt --pos-token-file pos-token.txt",
        "export TILLBRIDGE_URL=https://HOST    # the output ConsoleAddress",
        "arn:aws:kms:REGION:ACCOUNT:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ],
)
def test_examples_of_the_documentation_are_none(tmp_path: Path, text: str) -> None:
    assert _in(tmp_path, text, "page.md") == []


def test_a_picture_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\xff\xfe")
    assert findings(["a.png", "gone.txt"], tmp_path) == []


def test_an_exception_holds_for_its_files_kinds_and_lines_alone() -> None:
    found = Finding("tests/a.py", 1, "Secret Keyword", 'TOKEN = "word"')
    assert judged([found], [Known(("tests/*",), "a made-up word", ("Secret Keyword",))]) == []
    for other in (
        Known(("docs/*",), "a made-up word", ("Secret Keyword",)),
        Known(("tests/*",), "a made-up word", ("Hex",)),
        Known(("tests/*",), "a made-up word", (), "KEY = "),
    ):
        unknown, unneeded = judged([found], [other])
        assert unknown.startswith("tests/a.py:1: ")
        assert "needs this any more: a made-up word" in unneeded


@pytest.mark.parametrize(
    "rest", ['kinds = ["Hex"]', 'why = "it just is"', 'lines = "x"\nwhy = "ok"']
)
def test_an_exception_without_a_reason_or_a_bound_is_refused(rest: str) -> None:
    with pytest.raises(ValueError, match="why it is no secret"):
        known(f'[[known]]\npaths = ["a"]\n{rest}\n')


def test_those_of_the_repository_have_both() -> None:
    assert known((ROOT / ".secrets.toml").read_text(encoding="utf-8"))
