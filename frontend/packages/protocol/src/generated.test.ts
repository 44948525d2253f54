import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
// The generator is plain JavaScript, run by node alone.
// @ts-expect-error it has no types
import { generatedFiles, readDocument, readGenerated } from '../../../tools/generate-protocol.mjs';
import { clientV2, serverV1, serverV2 } from './schemas.ts';

const files: Record<string, string> = generatedFiles(readDocument());
const validator = (schema: object) => new Ajv({ strict: false }).compile(schema);
const timestamp = '2026-01-02T03:04:05.678Z';

describe('what is generated from api/signalling.json', () => {
  it.each(Object.keys(files))('%s is current (else: npm run generate)', (path) => {
    expect(readGenerated(path)).toBe(files[path]);
  });
});

describe('the schemas of server messages', () => {
  it('accept a version 1 message with exactly its fields, and refuse one more', () => {
    const valid = validator(serverV1);

    expect(valid({ type: 'user_left', userId: 'a', roomId: 'b', timestamp })).toBe(true);
    expect(valid({ type: 'user_left', userId: 'a', roomId: 'b', timestamp, seq: 1 })).toBe(false);
    expect(valid({ type: 'user_left', userId: 'a', timestamp })).toBe(false);
  });

  it('know no version 2 message in version 1', () => {
    const message = { type: 'ack', id: '1', timestamp, seq: 1 };

    expect(validator(serverV2)(message)).toBe(true);
    expect(validator(serverV1)(message)).toBe(false);
  });

  it('ask for seq in version 2, and for a code in its errors', () => {
    const valid = validator(serverV2);

    expect(valid({ type: 'pong', timestamp })).toBe(false);
    expect(valid({ type: 'error', message: 'm', timestamp, seq: 1 })).toBe(false);
    expect(valid({ type: 'error', message: 'm', code: 'gone', timestamp, seq: 1 })).toBe(true);
  });

  it('refuse a time that is not to the millisecond', () => {
    expect(validator(serverV1)({ type: 'pong', timestamp: '2026-01-02T03:04:05Z' })).toBe(false);
  });
});

describe('the schemas of client messages', () => {
  it('let a client send fields that the server will not look at', () => {
    expect(validator(clientV2)({ type: 'ping', timestamp, id: 'x', ack: 4 })).toBe(true);
  });

  it('refuse names with control characters', () => {
    expect(validator(clientV2)({ type: 'join_room', roomId: 'a\nb' })).toBe(false);
  });
});
