import { WebSocketClient } from './websocket-client.ts';

Object.assign(globalThis, { WebSocketClient });
