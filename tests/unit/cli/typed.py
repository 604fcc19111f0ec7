"""What the command line says when somebody types a command."""

from typer.testing import CliRunner

from cli.main import app


def typed(*words: str, status: int = 0, answer: str = "") -> str:
    """Return what `tillbridge WORDS` prints; it must end with this exit status."""
    done = CliRunner(env={"COLUMNS": "200"}).invoke(app, words, input=answer)
    assert done.exit_code == status, (done.output, done.exception)
    return done.output
