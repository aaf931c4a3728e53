"""Which files a commit has, and which campaigns are in them."""

from __future__ import annotations

from collections.abc import Iterable

from campaigncheck.history.git import Blobs, Git
from campaigncheck.history.versions import Version, version
from campaigncheck.source.limits import MAX_BYTES

_CAMPAIGNS = b"campaigns"
_SUFFIXES = (b".yaml", b".yml")
FILES = (b"100644", b"100755")
"""How git marks ordinary files; links and folders of other repositories hold no campaign."""
_MOST_NAMED = 500
"""Up to so many files are named to git; of more it lists them all."""


def home(path: bytes) -> bytes:
    """Return the folder whose campaigns belong together with a file: the outermost ``campaigns/``, else its own."""
    folders = path.split(b"/")[:-1]
    if _CAMPAIGNS in folders:
        folders = folders[: folders.index(_CAMPAIGNS) + 1]
    return b"".join(folder + b"/" for folder in folders)


def is_spec(path: bytes) -> bool:
    """Whether a file may hold a campaign, by its name; as in a run, nothing hidden does."""
    hidden = path.startswith(b".") or b"/." in path
    return path.lower().endswith(_SUFFIXES) and not hidden


class Trees:
    """The files of commits, and what they say; every content is looked at once."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._blobs = Blobs(git, MAX_BYTES)
        self._versions: dict[str, Version | None] = {}
        self._ids: dict[tuple[str, bytes], dict[str, bytes]] = {}

    def version(self, blob: str | None) -> Version | None:
        """Return what a content says of a campaign; None if it is none."""
        if blob is None:
            return None
        if blob not in self._versions:
            data = self._blobs.read(blob)
            self._versions[blob] = version(data) if data is not None else None
        return self._versions[blob]

    def learn(self, blob: str, known: Version) -> None:
        """Take in what a content says, which somebody has read already."""
        self._versions.setdefault(blob, known)

    def holds(self, blob: str | None, name: str) -> bool:
        """Whether a content is that of a campaign."""
        known = self.version(blob)
        return known is not None and known.id == name

    def find(self, commit: str, paths: Iterable[bytes]) -> dict[bytes, str]:
        """Return the contents of some files of a commit; those that it does not have are left out."""
        wanted = set(paths)
        if len(wanted) > _MOST_NAMED:
            return {path: blob for path, blob in self._listed(commit).items() if path in wanted}
        return self._listed(commit, *sorted(wanted)) if wanted else {}

    def campaigns(self, commit: str, folder: bytes) -> dict[str, bytes]:
        """Return the campaigns below a folder of a commit with their files."""
        key = commit, folder
        if key not in self._ids:
            found: dict[str, bytes] = {}
            self._ids[key] = found
            for path, blob in self._specs(commit, folder):
                known = self.version(blob)
                if known is not None:
                    found.setdefault(known.id, path)
        return self._ids[key]

    def has_campaigns(self, commit: str, folder: bytes) -> bool:
        """Whether there is any campaign below a folder of a commit."""
        if (commit, folder) in self._ids:
            return bool(self._ids[commit, folder])
        return any(self.version(blob) for _, blob in self._specs(commit, folder))

    def close(self) -> None:
        """Let go of git."""
        self._blobs.close()

    def _specs(self, commit: str, folder: bytes) -> list[tuple[bytes, str]]:
        listed = self._listed(commit, folder) if folder else self._listed(commit)
        return [(path, blob) for path, blob in sorted(listed.items()) if is_spec(path)]

    def _listed(self, commit: str, *paths: bytes) -> dict[bytes, str]:
        named = [b":(literal)" + path for path in paths]
        printed = self._git.bytes("ls-tree", "-r", "-z", "--full-tree", commit, "--", *named)
        found: dict[bytes, str] = {}
        for row in printed.split(b"\0")[:-1]:
            mode, _, rest = row.partition(b" ")
            if mode in FILES:
                blob, _, path = rest.removeprefix(b"blob ").partition(b"\t")
                found[path] = blob.decode()
        return found
