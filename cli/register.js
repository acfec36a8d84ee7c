// Lets Node load TypeScript: compiled by ts-node in its swc mode, without type-checking (`npm run typecheck` does
// that), and kept in .slipway/compiled by content. Loading the compiler costs as much time and memory as a synth of
// the whole organization, so that it is loaded only for what has changed.
const { createHash } = require("node:crypto");
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const ROOT = join(__dirname, "..");
const KEPT = join(ROOT, ".slipway", "compiled");
const hash = (...texts) =>
  texts.reduce((sum, text) => sum.update(text).update("\0"), createHash("sha256")).digest("hex");
const read = (path) => readFileSync(path, "utf8");

/** Whatever else the compiler's output rests on: its settings, and the versions that the manifest pins. */
const settings = hash(process.version, read(join(ROOT, "tsconfig.json")), read(join(ROOT, "package.json")));

let compiler;
function compile(source, file) {
  compiler ??= require("ts-node").create({ project: join(ROOT, "tsconfig.json"), swc: true });
  return compiler.compile(source, file);
}

function keep(place, prefix, code) {
  try {
    mkdirSync(KEPT, { recursive: true });
    // Of a file that changed, the older output is of no more use.
    for (const name of readdirSync(KEPT))
      if (name.startsWith(prefix)) rmSync(join(KEPT, name), { force: true });
    // Another process may read at this moment: a file appears whole or not at all.
    writeFileSync(`${place}.${process.pid}`, code);
    renameSync(`${place}.${process.pid}`, place);
  } catch {
    // A folder that cannot be written costs time, and nothing else.
  }
}

require.extensions[".ts"] = (module, file) => {
  const source = read(file);
  const prefix = `${hash(file).slice(0, 16)}-`;
  const place = join(KEPT, `${prefix}${hash(settings, source).slice(0, 32)}.js`);
  let code;
  try {
    code = read(place);
  } catch {
    code = compile(source, file);
    keep(place, prefix, code);
  }
  module._compile(code, file);
};
