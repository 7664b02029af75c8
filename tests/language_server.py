"""Speaks with the language servers of TOML over their standard streams, as editors do."""

import json
import os
import shutil
import subprocess
import sysconfig
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import quote

import pytest

from tests.commands.running import ROOT

T = TypeVar("T")

CURSOR = "‸"
PATIENCE = 30
"""So many seconds a test waits for what must come; a loaded machine takes its time."""

PROGRAMS = Path(sysconfig.get_path("scripts"))
NODE_PACKAGES = ROOT / "node_modules"
TOMBI = (str(PROGRAMS / "tombi"), "lsp")


def taplo(*arguments: str) -> Sequence[str]:
    """Name the command that runs the server of Even Better TOML."""
    node = shutil.which("node")
    if node is None or not (NODE_PACKAGES / "@taplo" / "lsp").is_dir():
        pytest.skip("node, or `npm install --no-save @taplo/lsp@0.8.0`, is not installed")
    return (node, str(Path(__file__).with_name("taplo_server.js")), *arguments)


class LanguageServer:
    """A language server with a folder opened, or none; documents are given as texts with the cursor in them."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path | None,
        settings: Any = None,
        drive: str = "",
        **environment: str,
    ) -> None:
        self._settings = settings
        self._drive = drive
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "NODE_PATH": str(NODE_PACKAGES), **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._received: SimpleQueue[Any] = SimpleQueue()
        self._problems: dict[str, list[str]] = {}
        self._versions: dict[str, int] = {}
        self._requests = 0
        self.complaints = ""
        """What the server has written to standard error, once it has been left."""
        self._readers = [threading.Thread(target=read) for read in (self._read_messages, self._read_complaints)]
        for reader in self._readers:
            reader.start()
        opened = [{"uri": self._uri(folder), "name": folder.name}] if folder else None
        capabilities = {"workspace": {"configuration": True, "workspaceFolders": True}}
        self._ask("initialize", {"processId": None, "capabilities": capabilities, "workspaceFolders": opened})
        self._send({"method": "initialized", "params": {}})

    def __enter__(self) -> "LanguageServer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        for reader in self._readers:
            reader.join()

    def hover(self, file: Path, text: str, patience: float = PATIENCE) -> str:
        """Tell what is shown when the mouse rests on the cursor; nothing if nothing is."""
        shown = self._at_cursor("textDocument/hover", file, text, patience)
        return str(shown["contents"]["value"]) if shown else ""

    def complete(self, file: Path, text: str) -> dict[str, str]:
        """Tell what can be put at the cursor, and what is said about it."""
        shown = self._at_cursor("textDocument/completion", file, text) or []
        items = shown["items"] if isinstance(shown, dict) else shown
        return {item["label"]: (item.get("documentation") or {"value": ""})["value"] for item in items}

    def problems(self, file: Path, text: str) -> list[str]:
        """Tell what is marked as wrong in a file not opened before; waits until something is."""
        self._open(file, text)
        return self._wait(lambda: self._problems.get(self._uri(file))) or []

    def _at_cursor(self, method: str, file: Path, text: str, patience: float = PATIENCE) -> Any:
        """Ask until there is an answer: at first the schema may not have been read yet."""
        line = text[: text.index(CURSOR)].count("\n")
        column = len(text[: text.index(CURSOR)].split("\n")[-1])
        self._open(file, text.replace(CURSOR, ""))
        place = {"textDocument": {"uri": self._uri(file)}, "position": {"line": line, "character": column}}
        return self._wait(lambda: self._ask(method, place), patience)

    def _open(self, file: Path, text: str) -> None:
        uri = self._uri(file)
        version = self._versions[uri] = self._versions.get(uri, 0) + 1
        if version == 1:
            document = {"uri": uri, "languageId": "toml", "version": version, "text": text}
            self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        else:
            changed = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]}
            self._send({"method": "textDocument/didChange", "params": changed})

    def _uri(self, path: Path) -> str:
        return "file://" + quote(self._drive + path.as_posix())

    def _wait(self, find: Callable[[], T], patience: float = PATIENCE) -> T:
        end = monotonic() + patience
        while not (found := find()) and monotonic() < end:
            self._take_in(0.01)
        return found

    def _ask(self, method: str, parameters: Any) -> Any:
        self._requests += 1
        self._send({"id": self._requests, "method": method, "params": parameters})
        end = monotonic() + PATIENCE
        while (seconds := end - monotonic()) > 0:
            message = self._take_in(seconds)
            if message.get("id") == self._requests and "method" not in message:
                assert "error" not in message, message
                return message["result"]
        return pytest.fail(f"{method} was not answered")

    def _take_in(self, seconds: float) -> Any:
        """Take in the next message, if one comes in time, and answer what is asked."""
        try:
            message = self._received.get(timeout=seconds)
        except Empty:
            return {}
        if message.get("method") == "textDocument/publishDiagnostics":
            found = message["params"]
            self._problems[found["uri"]] = [problem["message"] for problem in found["diagnostics"]]
        elif message.get("method") == "workspace/configuration":
            self._send({"id": message["id"], "result": [self._settings] * len(message["params"]["items"])})
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _send(self, message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read_messages(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
            elif not line.strip():
                body = stream.read(length)
                if len(body) == length:  # It may have been ended amid a message.
                    self._received.put(json.loads(body))

    def _read_complaints(self) -> None:
        assert self._process.stderr is not None
        self.complaints = self._process.stderr.read().decode(errors="replace")
