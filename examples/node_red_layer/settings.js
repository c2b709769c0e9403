// How Node-RED runs here: without an editor, on one port, with what it knows in files.

module.exports = {
  uiHost: "127.0.0.1",
  uiPort: Number(process.env.LAYER_PORT),
  httpAdminRoot: false,
  disableEditor: true,
  credentialSecret: false,
  telemetry: { enabled: false, updateNotification: false },
  httpRequestTimeout: 2000,
  contextStorage: {
    default: { module: "memory" },
    file: { module: "localfilesystem", config: { flushInterval: 1 } },
  },
  functionGlobalContext: { crypto: require("crypto") },
  logging: { console: { level: "warn", metrics: false, audit: false } },
};
