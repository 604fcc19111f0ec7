"""`tillbridge jobs`: list what people asked for, or show one job."""

from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    job: Annotated[str, typer.Argument(help="The job to show, product by product.")] = "",
    limit: Annotated[
        int, typer.Option(min=1, max=100, help="How many to list, newest first.")
    ] = 20,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Show what people asked for, and how far it is.

    A job is a push, an import, a link, an unlink or an undo that somebody asked for, here or in the console. It is
    kept for 30 days."""
    from cli.cannot_run import CannotRun
    from cli.deployment.connections import choose
    from cli.deployment.jobs import job_tables
    from cli.screen.console import print_json
    from cli.screen.job_report import job_json, show_job, show_jobs
    from tillbridge.usecases.console.follow_job import follow_job, newest_jobs

    target, name = choose(stack, store)
    tables = job_tables(target)
    if job:
        found = follow_job(tables, name, job)
        if found is None:
            raise CannotRun(f"There is no job {job[:80]}. `tillbridge jobs` lists them.")
        if as_json:
            print_json(job_json(found))
        else:
            show_job(found)
        return
    jobs = newest_jobs(tables, name, limit=limit)
    if as_json:
        print_json({"jobs": [job_json(each) for each in jobs]})
    else:
        show_jobs(jobs)
