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

/**
 * The function that copies what a schema declares; undefined where nothing can be undeclared. Its source is put together
 * from the names of the fields (quoted as JSON), once per operation and all in one piece: the engine then sees object
 * literals, and knows each function that another one calls. A field that is undefined is left out by JSON.stringify.
 */
function projection(root: Json): Project | undefined {
  const definitions = isJson(root.definitions) ? root.definitions : isJson(root.$defs) ? root.$defs : {};
  const sources: string[] = [];
  const named = new Map<string, string>();
  let count = 0;
  /** Declares a function of `v` and gives its name. */
  const declare = (body: string, name = `f${count++}`): string => {
    sources.push(`function ${name}(v) { ${body} }`);
    return name;
  };
  /** The name of the function for a part of the schema. */
  const compile = (node: unknown): string | undefined => {
    if (!isJson(node)) return undefined;
    if (typeof node.$ref === 'string') return follow(node.$ref.slice(node.$ref.lastIndexOf('/') + 1));
    const choices = node.anyOf ?? node.oneOf;
    if (Array.isArray(choices)) {
      const shapes = choices.filter((choice: unknown) => !isJson(choice) || choice.type !== 'null');
      return shapes.length === 1 ? compile(shapes[0]) : undefined;
    }
    if (isJson(node.properties) && node.additionalProperties === false) return copyFields(node.properties);
    if (isJson(node.items)) return copyItems(compile(node.items));
    if (isJson(node.additionalProperties)) return copyValues(compile(node.additionalProperties));
    return undefined;
  };
  // A part that contains itself is called by a name that is known before the part is finished.
  const follow = (part: string): string => {
    const known = named.get(part);
    if (known) return known;
    const name = `f${count++}`;
    named.set(part, name);
    const copy = compile(part === '#' ? root : definitions[part]);
    return declare(`return ${copy ? `${copy}(v)` : 'v'};`, name);
  };
  const copyFields = (properties: Json): string => {
    const fields = Object.entries(properties).map(([field, node]) => {
      const key = JSON.stringify(field);
      const copy = compile(node);
      // Not as a computed name, which takes longer; but that is what `__proto__` has to be.
      return `${field === '__proto__' ? `[${key}]` : key}: ${copy ? `${copy}(v[${key}])` : `v[${key}]`}`;
    });
    return declare(`return typeof v === 'object' && v !== null ? { ${fields.join(', ')} } : v;`);
  };
  const copyItems = (copy: string | undefined): string | undefined =>
    copy &&
    declare(`if (!Array.isArray(v)) return v;
      const items = new Array(v.length);
      for (let n = 0; n < v.length; n += 1) items[n] = ${copy}(v[n]);
      return items;`);
  const copyValues = (copy: string | undefined): string | undefined =>
    copy &&
    declare(`if (!isJson(v)) return v;
      return Object.fromEntries(Object.entries(v).map(([key, value]) => [key, ${copy}(value)]));`);
  const whole = compile(root);
  return whole ? new Function('isJson', `${sources.join('\n')}\nreturn ${whole};`)(isJson) : undefined;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
