// Builds ../static from the theme: `npm ci && npm run build`, or `make assets`.
// The same input gives the same bytes, so that a check can build again and compare.
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import rtlcss from "rtlcss";
import * as sass from "sass";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const shipped = (path) => here(`node_modules/@uswds/uswds/${path}`);
const built = (path) => here(`../static/${path}`);

for (const folder of ["css", "js", "fonts", "img"]) {
  await rm(built(folder), { recursive: true, force: true });
  await mkdir(built(folder), { recursive: true });
}

// USWDS writes some rules for [dir=rtl] itself; turned once more they would point the wrong way.
const leaveDirRulesAlone = {
  pre(root, postcss) {
    root.walkRules(/\[dir/, (rule) => {
      rule.before(postcss.comment({ text: "rtl:begin:ignore" }));
      rule.after(postcss.comment({ text: "rtl:end:ignore" }));
    });
  },
};

const { css } = sass.compile(here("scss/portal.scss"), {
  loadPaths: [shipped("packages")],
  style: "compressed",
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin", "if-function"],
});
const turned = rtlcss
  .configure({ hooks: leaveDirRulesAlone })
  .process(css, { from: undefined, map: false }).css;
await writeFile(built("css/portal.css"), css);
await writeFile(built("css/portal.rtl.css"), turned);

await esbuild.build({
  entryPoints: [here("js/portal.js")],
  outfile: built("js/portal.js"),
  bundle: true,
  format: "iife",
  minify: true,
  target: "es2019",
});

const fonts = ["merriweather-bold", "source-sans-regular", "source-sans-bold"];
for (const font of fonts) {
  await cp(here(`fonts/${font}.woff2`), built(`fonts/${font}.woff2`));
}
await cp(here("img"), built("img"), { recursive: true });
for (const picture of ["us_flag_small.png", "icon-dot-gov.svg", "icon-https.svg"]) {
  await cp(shipped(`dist/img/${picture}`), built(`img/${picture}`));
}
