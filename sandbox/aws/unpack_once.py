"""Code and layers unpacked once for each local AWS. ministack unpacks both anew for every process of a function: 1,600
files, each of which Python then compiles, were more than half of what a cold start cost."""

import zipfile
from pathlib import Path
from threading import Lock
from types import ModuleType, SimpleNamespace
from typing import Any

type Contents = frozenset[tuple[str, int]]
"""The names and checksums of what an archive holds."""


def unpack_once(runtime: ModuleType, folder: Path) -> None:
    """Make ministack's processes of functions share what is unpacked, below `folder`. As in AWS, no function may change
    its code: another process would run it."""
    shared = {**vars(zipfile), "ZipFile": _sharing(folder)}
    runtime.zipfile = SimpleNamespace(**shared)  # type: ignore[attr-defined]  # ministack's own


def _sharing(folder: Path) -> type[zipfile.ZipFile]:
    """Return a class of archives that are unpacked below `folder` and linked to from where they are wanted."""
    unpacked: dict[Contents, Path] = {}
    one_at_a_time = Lock()

    class Shared(zipfile.ZipFile):
        def namelist(self) -> list[str]:
            """Return the names that ministack has to look at: none of an archive that it has looked at before."""
            return [] if self._contents() in unpacked else super().namelist()

        def extractall(self, path: Any = None, members: Any = None, pwd: Any = None) -> None:
            """Put a link to what is unpacked in the place of the empty folder `path`."""
            contents = self._contents()
            with one_at_a_time:
                if contents not in unpacked:
                    shared = folder / str(len(unpacked))
                    super().extractall(shared, members, pwd)
                    unpacked[contents] = shared
            wanted = Path(path)
            wanted.rmdir()
            wanted.symlink_to(unpacked[contents], target_is_directory=True)

        def _contents(self) -> Contents:
            return frozenset((each.filename, each.CRC) for each in self.infolist())

    return Shared
