// Loaded before a server that xtask starts: xtask holds its input open, and a server whose xtask is gone should go as well.
process.stdin.on("end", () => process.exit()).resume();
