type Json = Record<string, unknown>;
type Project = (value: unknown) => unknown;

/**
 * Makes the function that writes an operation's answers, from the JSON Schema of the answer. What an object's schema does
 * not declare stays inside, whatever a handler returns: a copy with the declared fields alone is what JSON.stringify gets
 * to see. (On Node 24 that takes half the time of a serializer compiled from the same schema: ADR 8.)
 *
 * A choice of several shapes goes out as it is (rich text above all, which was checked when it was written), and so does
 * what a schema leaves open.
 */
export function answerSerializer(schema: Json): (answer: unknown) => string {
  const project = projection(schema);
  return (answer) => JSON.stringify(project ? project(answer) : answer) ?? 'null';
}

/** The function that copies what a schema declares; undefined where nothing can be undeclared. */
function projection(root: Json): Project | undefined {
  const definitions = isJson(root.definitions) ? root.definitions : isJson(root.$defs) ? root.$defs : {};
  const named = new Map<string, { project: Project | undefined }>();
  const compile = (node: unknown): Project | undefined => {
    if (!isJson(node)) return undefined;
    if (typeof node.$ref === 'string') return follow(node.$ref.slice(node.$ref.lastIndexOf('/') + 1));
    const choices = node.anyOf ?? node.oneOf;
    if (Array.isArray(choices)) {
      const shapes = choices.filter((choice: unknown) => !isJson(choice) || choice.type !== 'null');
      return shapes.length === 1 ? compile(shapes[0]) : undefined;
    }
    if (isJson(node.properties) && node.additionalProperties === false) return copyFields(node.properties, compile);
    if (isJson(node.items)) return copyItems(compile(node.items));
    if (isJson(node.additionalProperties)) return copyValues(compile(node.additionalProperties));
    return undefined;
  };
  // A part that contains itself is looked up when it is used, since it is not finished when it is met.
  const follow = (name: string): Project => {
    let part = named.get(name);
    if (!part) {
      part = { project: undefined };
      named.set(name, part);
      part.project = compile(name === '#' ? root : definitions[name]);
    }
    const known = part;
    return (value) => (known.project ? known.project(value) : value);
  };
  return compile(root);
}

/**
 * The function's source is put together from the names of the fields (quoted as JSON), once per operation, so that the
 * engine sees an object literal. A field that is undefined is left out by JSON.stringify.
 */
function copyFields(properties: Json, compile: (node: unknown) => Project | undefined): Project {
  const projects = Object.values(properties).map(compile);
  const fields = Object.keys(properties).map((name, n) => {
    const key = JSON.stringify(name);
    return `[${key}]: ${projects[n] ? `p[${n}](v[${key}])` : `v[${key}]`}`;
  });
  const source = `return (v) => typeof v === 'object' && v !== null ? { ${fields.join(', ')} } : v`;
  return new Function('p', source)(projects);
}

function copyItems(project: Project | undefined): Project | undefined {
  return project && ((value) => (Array.isArray(value) ? value.map(project) : value));
}

function copyValues(project: Project | undefined): Project | undefined {
  if (!project) return undefined;
  return (value) =>
    isJson(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, project(inner)])) : value;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
