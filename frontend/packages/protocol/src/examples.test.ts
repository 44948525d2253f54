import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { clientV2, serverV2 } from './schemas.ts';

interface Schema {
  readonly $ref?: string;
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}
interface Document extends Schema {
  readonly definitions: Readonly<Record<string, Schema>>;
}
interface Message {
  readonly type: string;
}

/** One message of version 2 a line: the server's tests read and write these very lines. */
function examples(side: 'client' | 'server'): Message[] {
  const path = fileURLToPath(new URL(`../../../../api/examples/${side}.jsonl`, import.meta.url));
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Message);
}

const anything = Symbol('a value that has every member');

/** The members that a value has at any depth, by their schemas, as `ContactView.heldBy`. */
function membersOf(document: Document, schema: Schema, value: unknown, owner = ''): string[] {
  const name = schema.$ref?.slice('#/definitions/'.length) ?? owner;
  const { items, properties = {} } = name === owner ? schema : (document.definitions[name] ?? {});
  if (items) return (value === anything ? [anything] : (value as unknown[])).flatMap((item) => membersOf(document, items, item, name));
  const members = value === anything ? properties : Object(value);
  return Object.entries(properties)
    .filter(([key]) => key in members)
    .flatMap(([key, member]) => [`${name}.${key}`, ...membersOf(document, member, value === anything ? anything : members[key], name)]);
}

describe.each([
  { side: 'client', prefix: 'Client', document: clientV2 as Document },
  { side: 'server', prefix: 'Server', document: serverV2 as Document },
] as const)('the examples of $side messages', ({ side, prefix, document }) => {
  const messages = examples(side);
  const valid = new Ajv({ strict: false }).compile(document);

  it.each(messages)('keep to the schemas: $type', (message) => {
    expect(valid(message), JSON.stringify(message)).toBe(true);
  });

  it('show every member of every message', () => {
    // Every client message may have these two; not every example has to.
    const common = (member: string) => /^Client\.\w+\.(id|ack)$/.test(member);
    const schemaOf = (message: Message) => ({ $ref: `#/definitions/${prefix}.${message.type}` });
    const shown = new Set(messages.flatMap((message) => membersOf(document, schemaOf(message), message)));
    const all = (document.oneOf ?? []).flatMap((schema) => membersOf(document, schema, anything));

    expect([...new Set(all)].filter((member) => !shown.has(member) && !common(member))).toEqual([]);
  });
});
