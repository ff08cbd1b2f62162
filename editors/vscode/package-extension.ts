/**
 * Packs the extension: `npm run package:vscode` writes `editors/vscode/qapi.vsix`, which
 * `code --install-extension` takes. A `.vsix` is a zip of the extension's folder with a manifest and a
 * list of content types beside it.
 */
import { build, type BuildOptions } from "esbuild";
import { strToU8, zipSync, type Zippable } from "fflate";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import description from "./package.json" with { type: "json" };

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const asTheyAre = [
  "package.json",
  "language-configuration.json",
  "hx-configuration.json",
  "syntaxes/qapi.tmLanguage.json",
  "syntaxes/hx.tmLanguage.json",
  "README.md",
];

/** Always the same bytes: zip knows no earlier time. */
const time = new Date(1980, 0, 2);

const common: BuildOptions = {
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20.19",
  write: false,
};

async function bundle(options: BuildOptions): Promise<Uint8Array> {
  const { outputFiles = [] } = await build({ ...common, ...options });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const manifest = `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${description.name}" Version="${description.version}" Publisher="${description.publisher}" />
    <DisplayName>${escape(description.displayName)}</DisplayName>
    <Description xml:space="preserve">${escape(description.description)}</Description>
    <Categories>${escape(description.categories.join(","))}</Categories>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${escape(description.engines.vscode)}" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace" />
    </Properties>
    <License>extension/LICENSE.txt</License>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code" /></Installation>
  <Dependencies />
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true" />
  </Assets>
</PackageManifest>
`;

const contentTypes = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension=".json" ContentType="application/json" />
  <Default Extension=".cjs" ContentType="application/javascript" />
  <Default Extension=".mjs" ContentType="application/javascript" />
  <Default Extension=".md" ContentType="text/markdown" />
  <Default Extension=".txt" ContentType="text/plain" />
  <Default Extension=".vsixmanifest" ContentType="text/xml" />
</Types>
`;

const [extension, server] = await Promise.all([
  bundle({ entryPoints: [here("src/extension.ts")], format: "cjs", external: ["vscode"] }),
  bundle({
    entryPoints: [here("src/server.ts")],
    format: "esm",
    // Packages in CommonJS ask for Node's own modules.
    banner: {
      js: 'import { createRequire } from "node:module";const require = createRequire(import.meta.url);',
    },
    tsconfig: here("../../tsconfig.json"),
  }),
]);
const files: Zippable = {
  "[Content_Types].xml": strToU8(contentTypes),
  "extension.vsixmanifest": strToU8(manifest),
  "extension/extension.cjs": extension,
  "extension/server.mjs": server,
  "extension/LICENSE.txt": readFileSync(here("../../LICENSE")),
};
for (const name of asTheyAre) files[`extension/${name}`] = readFileSync(here(name));
writeFileSync(process.argv[2] ?? here("qapi.vsix"), zipSync(files, { mtime: time, level: 9 }));
