"""crossdock contract pact record: pacts from what a run has seen."""

from __future__ import annotations

from pathlib import Path

import click

from ...composition import RUNS


@click.command(name="record")
@click.argument("run", required=False, type=click.Path(path_type=Path), metavar="[RUN]")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Where to write them: layer-crm.json, layer-erp.json, one for each party that speaks HTTP.",
)
def command(run: Path | None, out: Path) -> None:
    """Record pacts from a run: what the layer asked of each party and what it was told, one interaction for each
    operation, status and shape.

    RUN is a run's folder, or its name under .crossdock/runs; without it the latest is taken.

        crossdock contract pact record --out pacts && crossdock contract pact verify pacts
    """
    import msgspec

    from .....simulators.hash_chain import JournalDamaged
    from ....pacts.recording import recorded
    from ....world_folders import NoJournal, entries

    folder = RUNS.parent / "latest" if run is None else run if run.exists() else RUNS / run
    try:
        recording = recorded(entries(folder))
    except (NoJournal, JournalDamaged) as error:
        raise click.UsageError(str(error)) from error
    if not recording.pacts:
        raise click.UsageError(f"{folder}: the layer asked nothing over HTTP and heard no event in this run")
    out.mkdir(parents=True, exist_ok=True)
    for provider, pact in recording.pacts.items():
        file = out / f"{pact['consumer']['name']}-{provider}.json"
        file.write_bytes(msgspec.json.format(msgspec.json.encode(pact), indent=2) + b"\n")
        click.echo(f"{file}: {len(pact['interactions'])} interactions")
    for words, times in sorted(recording.left_out.items()):
        click.echo(f"left out, {times} times: {words}")
