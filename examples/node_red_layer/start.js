// Runs the flows: `node start.js [patch.json]`. A patch replaces pieces of the text of function nodes: that is how the
// broken variants are made of the one healthy flow.

const { spawn } = require("child_process");
const fs = require("fs");
const path = require("path");
const { demandNode, program } = require("./cache");

demandNode();
if (!fs.existsSync(program())) {
  console.error(`Node-RED is not installed. Do that with: node ${path.join(__dirname, "setup.js")}`);
  process.exit(1);
}
const home = process.env.LAYER_HOME;
if (!home) {
  console.error("LAYER_HOME is not set: the folder in which the layer keeps what it knows");
  process.exit(1);
}
fs.mkdirSync(home, { recursive: true });
const flows = JSON.parse(fs.readFileSync(path.join(__dirname, "flows.json"), "utf8"));
const patch = process.argv[2] ? JSON.parse(fs.readFileSync(process.argv[2], "utf8")) : { changes: [] };
for (const { node: id, from, to } of patch.changes) {
  const node = flows.find((each) => each.id === id);
  if (!node || node.func.split(from).length !== 2) {
    console.error(`${process.argv[2]}: there must be a function node ${id} in which this stands once: ${from}`);
    process.exit(1);
  }
  node.func = node.func.replace(from, () => to);
}
fs.writeFileSync(path.join(home, "flows.json"), JSON.stringify(flows));
const words = [program(), "--userDir", home, "--settings", path.join(__dirname, "settings.js"), path.join(home, "flows.json")];
const authority = process.env.CROSSDOCK_CA_FILE;
const env = authority ? { ...process.env, NODE_EXTRA_CA_CERTS: authority } : process.env;
const layer = spawn(process.execPath, words, { stdio: "inherit", env });
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => layer.kill(signal));
layer.on("exit", (code) => process.exit(code ?? 0));
