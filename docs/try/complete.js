// What the schema offers where the cursor is: names of properties that the object does not have yet, and codes.
import { syntaxTree } from "@codemirror/language";

const text = (state, node) => state.sliceDoc(node.from, node.to);

const named = (state, node) => {
  try {
    return JSON.parse(text(state, node));
  } catch {
    return null;
  }
};

// The names and "*" for entries of lists that lead from the root to a node.
const pathOf = (state, node) => {
  const path = [];
  for (let at = node; at; at = at.parent) {
    if (at.name === "Property") path.unshift(named(state, at.firstChild));
    else if (at.parent?.name === "Array") path.unshift("*");
  }
  return path;
};

// What a reference of the schema leads to.
const target = (schema, part) =>
  part.$ref?.startsWith("#/") ? part.$ref.slice(2).split("/").reduce((inner, key) => inner?.[key], schema) : undefined;

// Every part of the schema that holds for a value at a path.
const partsAt = (schema, path) => {
  const spread = (part, seen = new Set()) => {
    if (!part || typeof part !== "object" || seen.has(part)) return [];
    seen.add(part);
    const others = [...(part.allOf ?? []), ...(part.anyOf ?? []), ...(part.oneOf ?? []), part.then, part.else, target(schema, part)];
    return [part, ...others.flatMap((other) => spread(other, seen))];
  };
  return path.reduce(
    (parts, key) => parts.flatMap((part) => spread(key === "*" ? part.items : part.properties?.[key])),
    spread(schema),
  );
};

export const completing = (schema) => (context) => {
  const { state, pos } = context;
  const node = syntaxTree(state).resolveInner(pos, -1);
  const isName = node.name === "PropertyName" || node.name === "{" || node.name === "Object" || node.name === ",";
  const from = ["PropertyName", "String"].includes(node.name) ? node.from : pos;
  if (from === pos && !context.explicit) return null;
  const to = from === node.from ? node.to : pos;

  const object = isName && (node.name === "Object" ? node : node.parent?.name === "Property" ? node.parent.parent : node.parent);
  if (object?.name === "Object") {
    const there = new Set(object.getChildren("Property").map((property) => named(state, property.firstChild)));
    const parts = partsAt(schema, pathOf(state, object));
    const options = new Map();
    for (const part of parts) {
      for (const [name, of] of Object.entries(part.properties ?? {})) {
        if (there.has(name)) continue;
        const label = JSON.stringify(name);
        options.set(name, { label, apply: `${label}: `, type: "property", info: of.description ?? target(schema, of)?.description });
      }
    }
    return options.size ? { from, to, options: [...options.values()] } : null;
  }
  const parts = partsAt(schema, pathOf(state, node));
  const codes = parts.flatMap((part) => part.enum ?? (part.const === undefined ? [] : [part.const]));
  const options = [...new Set(codes)].map((code) => ({ label: JSON.stringify(code), type: "enum" }));
  return options.length ? { from, to, options } : null;
};
