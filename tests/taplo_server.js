// Runs the language server of Even Better TOML over standard streams, with what that extension gives it.
// It has no network and tells on standard error what it would have fetched. With the argument "windows", paths are what
// they would be there, on the drive C:.

const fs = require("node:fs");
const { posix, win32 } = require("node:path");
const { TaploLsp } = require("@taplo/lsp");

const isWindows = process.argv[2] === "windows";
const paths = isWindows ? win32 : posix;
const onDisk = (path) => (isWindows ? path.replaceAll("\\", "/").replace(/^[a-z]:/i, "") : path);

globalThis.fetch = async (request) => {
  process.stderr.write(`fetch ${request.url ?? request}\n`);
  throw new Error("no network");
};

const environment = {
  cwd: () => (isWindows ? "C:\\" : "/"),
  envVar: () => undefined,
  envVars: () => [],
  fetch: { fetch, Headers, Request, Response },
  findConfigFile: (folder) =>
    [".taplo.toml", "taplo.toml"].map((name) => paths.join(folder, name)).find((path) => fs.existsSync(onDisk(path))),
  glob: () => [],
  isAbsolute: (path) => paths.isAbsolute(path),
  now: () => new Date(),
  readFile: (path) => fs.promises.readFile(onDisk(path)),
  stdErrAtty: () => false,
  stderr: process.stderr,
  stdin: process.stdin,
  stdout: process.stdout,
  urlToFilePath: (url) => decodeURIComponent(url).slice(isWindows ? "file:///".length : "file://".length),
  writeFile: (path, content) => fs.promises.writeFile(onDisk(path), content),
};

function send(message) {
  const body = Buffer.from(JSON.stringify(message));
  process.stdout.write(`Content-Length: ${body.length}\r\n\r\n`);
  process.stdout.write(body);
}

async function serve() {
  const server = await TaploLsp.initialize(environment, { onMessage: send });
  let received = Buffer.alloc(0);
  for await (const chunk of process.stdin) {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const start = received.indexOf("\r\n\r\n") + 4;
      const length = Number(/Content-Length: (\d+)/.exec(received.subarray(0, Math.max(0, start)))?.[1]);
      if (start < 4 || received.length < start + length) break;
      server.send(JSON.parse(received.subarray(start, start + length)));
      received = received.subarray(start + length);
    }
  }
  process.exit(0);
}

serve();
