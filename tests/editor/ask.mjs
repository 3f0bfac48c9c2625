// Asks VS Code's JSON language service. One question a line on standard input, one answer a line on standard output.
//
// A question has `uri` and `text` of a document, `schemas` (as the setting `json.schemas`, with URLs that are whole) and,
// where completion or help at a place is wanted, its `offset`. The service loads schemas from files only.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import service from "vscode-json-languageservice";

const { getLanguageService, TextDocument } = service;

async function load(uri) {
  if (!uri.startsWith("file://")) throw new Error("only files are loaded here");
  return readFileSync(new URL(uri), "utf8");
}

const plain = (text) => (typeof text === "string" ? text : (text?.value ?? ""));

async function answer({ uri, text, schemas, offset }) {
  const json = getLanguageService({
    schemaRequestService: load,
    workspaceContext: { resolveRelativePath: (path, base) => new URL(path, base).toString() },
  });
  json.configure({
    validate: true,
    schemas: schemas.map(({ url, fileMatch, schema }) => ({ uri: url, fileMatch, schema })),
  });
  const document = TextDocument.create(uri, "json", 1, text);
  const parsed = json.parseJSONDocument(document);
  const found = await json.doValidation(document, parsed, { schemaRequest: "warning" });
  const problems = found.map(({ message, range }) => ({
    message,
    at: [document.offsetAt(range.start), document.offsetAt(range.end)],
  }));
  if (offset === undefined) return { problems };
  const position = document.positionAt(offset);
  const [completion, hover] = [
    await json.doComplete(document, position, parsed),
    await json.doHover(document, position, parsed),
  ];
  return {
    problems,
    hover: (hover?.contents ?? []).map(plain).join("\n").replace(/\\(?=[^A-Za-z0-9\s])/g, ""),
    items: completion.items.map(({ label, documentation, insertText }) => ({
      label,
      documentation: plain(documentation),
      insertText,
    })),
  };
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (line) console.log(JSON.stringify(await answer(JSON.parse(line))));
}
