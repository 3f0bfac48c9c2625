// Reads one JSON value a line from standard input and prints `true` or `false` for each: is it valid?
// Usage: node ajv.mjs SCHEMA < values.ndjson
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import Ajv2020 from "ajv/dist/2020.js";

const schema = JSON.parse(readFileSync(process.argv[2], "utf8"));
const ajv = new Ajv2020({ strict: true, allErrors: false });
// The keywords of our own are annotations; strict mode wants them declared.
ajv.addVocabulary(["x-codelist", "x-refers-to", "x-definition", "x-synonyms"]);
const validate = ajv.compile(schema);
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (line) console.log(validate(JSON.parse(line)));
}
