// Builds one script from our own code and htmx, named by its content, so that a browser may keep it for ever.
import { build } from "esbuild";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

const out = new URL("../static/built/", import.meta.url).pathname;
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const made = await build({
  entryPoints: { app: new URL("app.js", import.meta.url).pathname },
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome90", "firefox90", "safari14"],
  entryNames: "[name]-[hash]",
  outdir: out,
  metafile: true,
  legalComments: "eof",
});
const script = Object.keys(made.metafile.outputs).find((name) => name.endsWith(".js"));
writeFileSync(`${out}manifest.json`, `${JSON.stringify({ script: basename(script) })}\n`);
