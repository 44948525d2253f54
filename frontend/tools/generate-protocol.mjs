// Writes what follows from api/signalling.json: the TypeScript types, the strict JSON Schemas of each protocol version,
// and the reference page. A test holds the checked-in files against it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const refPrefix = '#/components/schemas/';

/** The name that a `$ref` points at. */
const target = (schema) => schema.$ref.slice(refPrefix.length);

/** `Server.room_joined` -> `ServerRoomJoined`. */
const pascal = (name) => name.replace(/(^|[._])([a-z])/g, (_, _separator, letter) => letter.toUpperCase()).replace(/[._]/g, '');

const comment = (text, indent) => (text ? `${indent}/** ${text} */\n` : '');

/** The TypeScript type of a schema. */
export function typeOf(schema, indent = '') {
  if (schema.$ref) return pascal(target(schema));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array': {
      const items = typeOf(schema.items, indent);
      return items.includes('|') ? `readonly (${items})[]` : `readonly ${items}[]`;
    }
    case 'object':
      return fieldsOf(schema, Object.keys(schema.properties), schema.required ?? [], indent);
    default:
      return 'unknown';
  }
}

function fieldsOf(schema, names, required, indent) {
  const inner = `${indent}  `;
  const lines = names.map((name) => {
    const property = schema.properties[name];
    return `${comment(property.description, inner)}${inner}readonly ${name}${required.includes(name) ? '' : '?'}: ${typeOf(property, inner)};`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

/** The properties and required names that a message has in one protocol version. */
function shapeIn(version, schema) {
  const second = schema['x-v2'] ?? { properties: [], required: [] };
  const names = Object.keys(schema.properties).filter((name) => version === 2 || !second.properties.includes(name));
  return { names, required: version === 2 ? [...schema.required, ...second.required] : schema.required };
}

const isMessage = (name) => /^(Client|Server)\./.test(name);

/** The types of both versions. Messages of version 1 have `V1` in their name where version 2 differs: everywhere. */
export function typescript(document) {
  const { schemas } = document.components;
  const parts = ['// Generated from api/signalling.json by `npm run generate`. Do not edit.\n'];
  for (const [name, schema] of Object.entries(schemas).filter(([name]) => !isMessage(name))) {
    const head = comment(schema.description, '');
    parts.push(
      schema.type === 'object'
        ? `${head}export interface ${pascal(name)} ${typeOf(schema)}\n`
        : `${head}export type ${pascal(name)} = ${typeOf(schema)};\n`,
    );
  }
  for (const side of ['Client', 'Server']) {
    for (const version of [2, 1]) {
      const suffix = version === 1 ? 'V1' : '';
      const members = [];
      for (const [name, schema] of Object.entries(schemas)) {
        if (!name.startsWith(`${side}.`) || schema['x-since'] > version) continue;
        const { names, required } = shapeIn(version, schema);
        const typeName = pascal(name) + suffix;
        members.push(typeName);
        parts.push(`${comment(schema.description, '')}export interface ${typeName} ${fieldsOf(schema, names, required, '')}\n`);
      }
      const what = side === 'Client' ? 'a client of' : 'the server of';
      parts.push(
        `/** Whatever ${what} version ${version} says. */\nexport type ${side}Message${suffix} =\n  | ${members.join('\n  | ')};\n`,
      );
    }
  }
  return parts.join('\n');
}

/** One standalone JSON Schema (draft 7) of every message that one side sends in one version. */
export function jsonSchema(document, side, version) {
  const { schemas } = document.components;
  const definitions = {};
  const messages = [];
  const localised = (value) => JSON.parse(JSON.stringify(value).replaceAll(refPrefix, '#/definitions/'));
  for (const [name, schema] of Object.entries(schemas)) {
    if (!isMessage(name)) {
      definitions[name] = localised(schema);
    } else if (name.startsWith(`${side}.`) && schema['x-since'] <= version) {
      const { names, required } = shapeIn(version, schema);
      const properties = Object.fromEntries(names.map((key) => [key, schema.properties[key]]));
      definitions[name] = localised({
        type: 'object',
        description: schema.description,
        required,
        properties,
        additionalProperties: schema.additionalProperties,
      });
      messages.push({ $ref: `#/definitions/${name}` });
    }
  }
  const title = `What ${side === 'Client' ? 'a client' : 'the server'} sends in version ${version}`;
  return `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', title, type: 'object', required: ['type'], oneOf: messages, definitions }, null, 2)}\n`;
}

const typeInWords = (schema) => {
  if (schema.$ref) return `[${target(schema)}](#${target(schema).toLowerCase()})`;
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.type === 'array') return `list of ${typeInWords(schema.items)}`;
  if (schema.type === 'string' && schema.maxLength) return `text, at most ${schema.maxLength} characters`;
  return { string: 'text', integer: 'whole number', boolean: 'true or false' }[schema.type] ?? 'any JSON';
};

function fieldTable(schema) {
  const second = schema['x-v2'] ?? { properties: [], required: [] };
  const rows = Object.entries(schema.properties)
    .filter(
      ([name, property]) =>
        property.const === undefined &&
        name !== 'timestamp' &&
        !['seq', 'id', 'ack', 'trace'].some((common) => common === name && second.properties.includes(name)),
    )
    .map(([name, property]) => {
      const only = second.properties.includes(name) && schema['x-since'] !== 2 ? 'version 2 only' : '';
      const optional = schema.required.includes(name) || second.required.includes(name) ? '' : 'optional';
      return `| \`${name}\` | ${typeInWords(property)} | ${[optional, only].filter(Boolean).join(', ')} | ${(property.description ?? '').replaceAll('|', '\\|')} |`;
    });
  return rows.length > 0 ? `\n| field | type | | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n` : '\nNo fields of its own.\n';
}

/** docs/protocol-reference.md. */
export function reference(document) {
  const { schemas } = document.components;
  const section = (side) =>
    Object.entries(schemas)
      .filter(([name]) => name.startsWith(`${side}.`))
      .map(
        ([name, schema]) =>
          `### ${name.slice(side.length + 1)}${schema['x-since'] === 2 ? ' (version 2)' : ''}\n\n${schema.description}.\n${fieldTable(schema)}`,
      )
      .join('\n');
  const values = Object.entries(schemas)
    .filter(([name]) => !isMessage(name))
    .map(
      ([name, schema]) =>
        `### ${name}\n\n${schema.description}.\n${schema.type === 'object' ? fieldTable(schema) : `\n${typeInWords(schema)}\n`}`,
    )
    .join('\n');
  return `# Protocol reference

Every message and every field, generated from [\`api/signalling.json\`](../api/signalling.json). [protocol.md](protocol.md) says how
they work together. Every message has its \`type\`; every server message has \`timestamp\`, and in version 2 \`seq\`; every client
message of version 2 may have \`id\` (asks for an \`ack\` or \`error\`), \`ack\` (the last \`seq\` seen) and \`trace\` (1 to 64 letters, digits and hyphens:
names a person's action, in the server's log too).

## What a client sends

${section('Client')}
## What the server sends

${section('Server')}
## Values

${values}`;
}

/** Every generated file, by its path in the repository. */
export function generatedFiles(document) {
  return {
    'frontend/packages/protocol/src/generated.ts': typescript(document),
    'api/schemas/client-v1.json': jsonSchema(document, 'Client', 1),
    'api/schemas/client-v2.json': jsonSchema(document, 'Client', 2),
    'api/schemas/server-v1.json': jsonSchema(document, 'Server', 1),
    'api/schemas/server-v2.json': jsonSchema(document, 'Server', 2),
    'docs/protocol-reference.md': reference(document),
  };
}

export const readDocument = () => JSON.parse(readFileSync(join(root, 'api/signalling.json'), 'utf8'));
export const readGenerated = (path) => readFileSync(join(root, path), 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(generatedFiles(readDocument()))) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
