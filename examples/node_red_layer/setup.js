// Installs Node-RED, in exactly the version of package.json, into a cache folder: `node setup.js`. Nothing is written
// into the checkout, and nothing is done where it is installed already.

const { spawnSync } = require("child_process");
const fs = require("fs");
const path = require("path");
const { demandNode, folder, manifest, program } = require("./cache");

demandNode();
if (fs.existsSync(program())) {
  console.log(`Node-RED is there: ${folder()}`);
  process.exit(0);
}
// Beside its place first: half an installation must not be taken for a whole one.
const making = `${folder()}.${process.pid}`;
fs.mkdirSync(making, { recursive: true });
fs.copyFileSync(manifest, path.join(making, "package.json"));
console.log(`installing Node-RED with npm into ${folder()} (once, about 100 MB)`);
const words = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--omit=dev", "--omit=optional"];
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const done = spawnSync(npm, words, { cwd: making, stdio: "inherit" });
if (done.error || done.status !== 0) {
  fs.rmSync(making, { recursive: true, force: true });
  console.error(done.error ? `npm can't be started: ${done.error.message}` : "npm could not install it; see above");
  process.exit(1);
}
try {
  fs.renameSync(making, folder());
} catch (error) {
  if (!fs.existsSync(program())) throw error;
  fs.rmSync(making, { recursive: true, force: true }); // somebody else was quicker
}
