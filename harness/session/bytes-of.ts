import type WebSocket from 'ws';

/** The bytes of a message, in whatever form `ws` hands them over. */
export function bytesOf(data: WebSocket.RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
