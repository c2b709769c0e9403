// Where Node-RED is installed: outside the checkout, in a folder named after the versions in package.json.

const fs = require("fs");
const os = require("os");
const path = require("path");

const OLDEST_NODE = 18;
const manifest = path.join(__dirname, "package.json");

/** Ends the process with a sentence where Node.js is too old. */
function demandNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < OLDEST_NODE) {
    console.error(`Node.js ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}`);
    process.exit(1);
  }
}

function folder() {
  const version = JSON.parse(fs.readFileSync(manifest, "utf8")).dependencies["node-red"];
  const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");
  return path.join(cache, "crossdock", `node-red-${version}`);
}

function program() {
  return path.join(folder(), "node_modules", "node-red", "red.js");
}

module.exports = { demandNode, folder, manifest, program };
